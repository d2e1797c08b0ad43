import { z } from 'zod';
import type { RecordedValue, SpanRecord } from '../../trace/span-record.ts';
import { SPAN_KINDS } from '../../trace/tracer.ts';
import type { TraceData } from '../store/trace-data.ts';

const id = (digits: number) => z.string().transform((text) => text.toLowerCase().padStart(digits, '0'));

const tags = z
  .array(z.object({ key: z.string(), type: z.string().default('string'), value: z.unknown() }))
  .nullish()
  .transform((list) =>
    Object.fromEntries((list ?? []).map(({ key, type, value }) => [key, valueOf(type, value)])),
  );

/** Jaeger writes integers that JavaScript could not hold as text. */
function valueOf(type: string, value: unknown): RecordedValue {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  const isNumber = (type === 'int64' || type === 'float64') && value !== '' && Number.isFinite(Number(value));
  return isNumber ? Number(value) : value;
}

const warnings = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const span = z.object({
  traceID: id(32),
  spanID: id(16),
  operationName: z.string(),
  references: z.array(z.object({ refType: z.string(), traceID: id(32), spanID: id(16) })).nullish(),
  parentSpanID: id(16).optional(),
  startTime: z.number(),
  duration: z.number(),
  tags,
  logs: z.array(z.object({ timestamp: z.number(), fields: tags })).nullish(),
  processID: z.string(),
  warnings,
});

/** The answer of Jaeger's `/api/traces…`. */
export const jaegerTraces = z
  .object({
    data: z
      .array(
        z.object({
          traceID: id(32),
          spans: z.array(span),
          processes: z.record(z.string(), z.object({ serviceName: z.string(), tags })),
          warnings,
        }),
      )
      .nullish(),
  })
  .transform(({ data }) =>
    (data ?? []).map(({ traceID, spans, processes, warnings: own }): TraceData => {
      const services = Object.values(processes);
      return {
        traceId: traceID,
        spans: spans.map((one) => recordOf(one, processes[one.processID]?.serviceName ?? 'unknown_service')),
        resources: new Map(services.map(({ serviceName, tags: known }) => [serviceName, known])),
        warnings: [...own, ...new Set(spans.flatMap((one) => one.warnings))],
      };
    }),
  );

function recordOf(read: z.output<typeof span>, service: string): SpanRecord {
  const {
    'span.kind': kind,
    'otel.status_code': code,
    'otel.status_description': message,
    error,
    ...attributes
  } = read.tags;
  const isError = code === 'ERROR' || error === true || error === 'true';
  const references = read.references ?? [];
  const parent = references.find(
    ({ refType, traceID }) => refType === 'CHILD_OF' && traceID === read.traceID,
  );
  return {
    ...{ traceId: read.traceID, spanId: read.spanID, service, name: read.operationName },
    ...{ start: read.startTime, duration: read.duration, attributes },
    parentSpanId: parent?.spanID ?? read.parentSpanID,
    kind: SPAN_KINDS.find((name) => name === kind) ?? 'internal',
    status: isError ? 'error' : code === 'OK' ? 'ok' : 'unset',
    statusMessage: typeof message === 'string' ? message : undefined,
    events: (read.logs ?? []).map(({ timestamp, fields: { event, ...rest } }) => ({
      name: typeof event === 'string' ? event : 'log',
      time: timestamp,
      attributes: rest,
    })),
    links: references
      .filter((reference) => reference !== parent)
      .map(({ traceID, spanID }) => ({ traceId: traceID, spanId: spanID })),
  };
}
