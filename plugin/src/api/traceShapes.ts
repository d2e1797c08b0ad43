import type { OpenedTrace, TraceSpan, TraceTag } from '../domain/traces/openedTrace';
import { NODE_TYPES, type ServiceMap } from '../domain/traces/serviceMap';
import type { TraceSource, TraceSummary } from '../domain/traces/traceSummary';
import {
  asList,
  asNumber,
  asNumberOrNull,
  asObject,
  asText,
  asTextOrNull,
  asTime,
  asTimeOrNull,
  objectOrUndefined,
  ShapeError,
  type JsonObject,
} from './json';

/** Traces with where they come from. */
export interface TracePage {
  readonly items: readonly TraceSummary[];
  readonly source: TraceSource;
  /** How far back the source reaches, milliseconds since the epoch; null when it has nothing, or cannot tell. */
  readonly oldest: number | null;
  /** How many traces are kept in all. */
  readonly kept: number;
  /** Why Jaeger was not asked although there is one; null when it was, or when there is none. */
  readonly problem: string | null;
}

/** A service and what it does, by the traces that are kept. */
export interface TracedService {
  readonly service: string;
  readonly operations: readonly string[];
}

/** What is not said by a name that is known is not off: newer exporters may have more sources. */
function readSource(value: unknown): TraceSource {
  return value === 'off' || value === 'jaeger' ? value : 'buffer';
}

function readSummary(value: unknown, where: string): TraceSummary {
  const json = asObject(value, where);
  const text = (key: string): string => asText(json[key], `${where}.${key}`);
  const textOrNull = (key: string): string | null => asTextOrNull(json[key], `${where}.${key}`);
  const number = (key: string): number => asNumber(json[key], `${where}.${key}`);
  return {
    traceId: text('traceId'),
    service: text('service'),
    operation: text('operation'),
    kind: textOrNull('kind') ?? 'internal',
    start: asTime(json.start, `${where}.start`),
    duration: number('durationMs'),
    isFailed: json.status === 'error',
    error: textOrNull('error'),
    spanCount: number('spanCount'),
    errorCount: number('errorCount'),
    services: asList(json.services, `${where}.services`, asText),
    method: textOrNull('method'),
    route: textOrNull('route'),
    httpStatus: asNumberOrNull(json.httpStatus, `${where}.httpStatus`),
    deviceId: textOrNull('deviceId'),
    correlationId: textOrNull('correlationId'),
  };
}

/** A list of traces. Throws `ShapeError`. */
export function readTracePage(value: unknown): TracePage {
  const page = asObject(value, 'traces');
  return {
    items: asList(page.items, 'traces.items', readSummary),
    source: readSource(page.source),
    oldest: asTimeOrNull(page.oldest, 'traces.oldest'),
    kept: asNumber(page.kept ?? 0, 'traces.kept'),
    problem: asTextOrNull(page.problem, 'traces.problem'),
  };
}

/** Services by name. Throws `ShapeError`. */
export function readTracedServices(value: unknown): TracedService[] {
  const services = asList(asObject(value, 'services').items, 'services.items', (entry, where) => {
    const one = asObject(entry, where);
    return {
      service: asText(one.service, `${where}.service`),
      operations: asList(one.operations, `${where}.operations`, asText),
    };
  });
  return services.sort((a, b) => (a.service < b.service ? -1 : 1));
}

/** Jaeger writes long integers as text, and bytes as base64: both stay what they are. */
function readTag(value: unknown, where: string): TraceTag {
  const tag = asObject(value, where);
  const known = tag.value;
  const isPlain = typeof known === 'string' || typeof known === 'number' || typeof known === 'boolean';
  return { key: asText(tag.key, `${where}.key`), value: isPlain ? known : JSON.stringify(known ?? null) };
}

const readTags = (value: unknown, where: string): TraceTag[] => asList(value ?? [], where, readTag);

const milliseconds = (value: unknown, where: string): number => asNumber(value, where) / 1000;

/** True where the span says of itself that it failed, in the words of OpenTelemetry or of Jaeger. */
function saysFailed(tags: readonly TraceTag[]): boolean {
  return tags.some(
    ({ key, value }) =>
      (key === 'error' && (value === true || value === 'true')) ||
      (key === 'otel.status_code' && value === 'ERROR'),
  );
}

function readReferences(span: JsonObject, where: string) {
  return asList(span.references ?? [], `${where}.references`, (entry, at) => {
    const reference = asObject(entry, at);
    return {
      isParent: reference.refType === 'CHILD_OF',
      traceId: asText(reference.traceID, `${at}.traceID`),
      spanId: asText(reference.spanID, `${at}.spanID`),
    };
  });
}

function readSpan(value: unknown, where: string, traceId: string, processes: JsonObject): TraceSpan {
  const span = asObject(value, where);
  const process = asObject(processes[asText(span.processID, `${where}.processID`)], `${where}.processID`);
  const tags = readTags(span.tags, `${where}.tags`);
  const references = readReferences(span, where);
  const parent = references.find((reference) => reference.isParent && reference.traceId === traceId);
  return {
    spanId: asText(span.spanID, `${where}.spanID`),
    parentId: parent?.spanId ?? null,
    service: asText(process.serviceName, `${where}.serviceName`),
    operation: asText(span.operationName, `${where}.operationName`),
    start: milliseconds(span.startTime, `${where}.startTime`),
    duration: milliseconds(span.duration, `${where}.duration`),
    isFailed: saysFailed(tags),
    kind: String(tags.find(({ key }) => key === 'span.kind')?.value ?? ''),
    tags,
    serviceTags: readTags(process.tags, `${where}.process.tags`),
    events: asList(span.logs ?? [], `${where}.logs`, (entry, at) => {
      const log = asObject(entry, at);
      return { at: milliseconds(log.timestamp, `${at}.timestamp`), fields: readTags(log.fields, at) };
    }),
    links: references
      .filter((reference) => reference !== parent)
      .map((reference) => ({ traceId: reference.traceId, spanId: reference.spanId })),
    warnings: asList(span.warnings ?? [], `${where}.warnings`, asText),
  };
}

/** The trace of Jaeger's answer. Throws `ShapeError`. */
export function readOpenedTrace(value: unknown): OpenedTrace {
  const [first] = asList(asObject(value, 'answer').data, 'answer.data', (entry) => entry);
  if (first === undefined) throw new ShapeError('answer.data', 'a list with a trace');
  const trace = asObject(first, 'trace');
  const traceId = asText(trace.traceID, 'trace.traceID');
  const processes = objectOrUndefined(trace.processes) ?? {};
  const spans = asList(trace.spans, 'trace.spans', (entry, where) =>
    readSpan(entry, where, traceId, processes),
  );
  return { traceId, spans: spans.sort((a, b) => a.start - b.start) };
}

function readTraffic(json: JsonObject, where: string) {
  return {
    rate: asNumberOrNull(json.rate, `${where}.rate`),
    errorRate: asNumberOrNull(json.errorRate, `${where}.errorRate`),
    p95: asNumberOrNull(json.p95Ms, `${where}.p95Ms`),
  };
}

/** Who calls whom. Throws `ShapeError`. */
export function readServiceMap(value: unknown): ServiceMap {
  const map = asObject(value, 'map');
  return {
    nodes: asList(map.nodes, 'map.nodes', (entry, where) => {
      const node = asObject(entry, where);
      return {
        id: asText(node.id, `${where}.id`),
        title: asText(node.title, `${where}.title`),
        type: NODE_TYPES.find((type) => type === node.type) ?? 'service',
        ...readTraffic(node, where),
        devices: asNumberOrNull(node.devices, `${where}.devices`),
      };
    }),
    edges: asList(map.edges, 'map.edges', (entry, where) => {
      const edge = asObject(entry, where);
      return {
        client: asText(edge.client, `${where}.client`),
        server: asText(edge.server, `${where}.server`),
        // Exporters that count no messages say neither.
        kind: edge.kind === 'messages' ? 'messages' : 'calls',
        unmeasured: edge.unmeasured === 'broker_away' ? edge.unmeasured : null,
        ...readTraffic(edge, where),
        requests: asNumber(edge.requests, `${where}.requests`),
        failed: asNumber(edge.failed, `${where}.failed`),
      };
    }),
    window: asNumber(map.windowSeconds, 'map.windowSeconds') * 1000,
    source: readSource(map.source),
  };
}
