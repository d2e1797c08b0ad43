import {
  type Attributes as SdkAttributes,
  type Context,
  ROOT_CONTEXT,
  type Span as StartedSpan,
  SpanKind as SdkKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  createAlwaysRecordSampler,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { SamplerName } from '../config/trace-sections.ts';
import type { RecordedValue, SpanRecord } from '../trace/span-record.ts';
import type { SpanContext, SpanKind } from '../trace/tracer.ts';

// The only module that knows OpenTelemetry's SDK, which is loaded with it: nobody imports it but by `import()`.

/** A moment as the SDK has it: seconds since the epoch and nanoseconds of the second. */
export type Moment = [seconds: number, nanoseconds: number];

/** A span that runs, as the SDK has it. */
export type SdkSpan = StartedSpan;
/** Where a span stands among others: its ancestors, as the SDK has it. */
export type SdkContext = Context;

/** A span that is over, for ourselves and for sending. */
export interface EndedSpan {
  readonly record: SpanRecord;
  readonly sampled: boolean;
  readonly sendable: ReadableSpan;
}

export interface SdkOptions {
  /** What is said of the service in each trace. */
  readonly resource: Readonly<Record<string, string>>;
  readonly service: string;
  readonly version: string;
  readonly sampler: SamplerName;
  /** Share of traces, for the samplers with a ratio. */
  readonly ratio: number;
  readonly onEnd: (span: EndedSpan) => void;
}

/** The SDK's side of the spans of one service. */
export interface SdkSpans {
  start(
    name: string,
    kind: SpanKind,
    parent: SdkContext,
    time: Moment,
    links: readonly SpanContext[],
  ): SdkSpan;
}

const KINDS: Readonly<Record<SpanKind, SdkKind>> = {
  internal: SdkKind.INTERNAL,
  server: SdkKind.SERVER,
  client: SdkKind.CLIENT,
  producer: SdkKind.PRODUCER,
  consumer: SdkKind.CONSUMER,
};
const KIND_NAMES = new Map<SdkKind, SpanKind>([
  [SdkKind.INTERNAL, 'internal'],
  [SdkKind.SERVER, 'server'],
  [SdkKind.CLIENT, 'client'],
  [SdkKind.PRODUCER, 'producer'],
  [SdkKind.CONSUMER, 'consumer'],
]);
const LIMITS = {
  attributeCountLimit: 64,
  attributeValueLengthLimit: 1024,
  eventCountLimit: 32,
  attributePerEventCountLimit: 16,
  linkCountLimit: 128,
  attributePerLinkCountLimit: 0,
};

/** What begins a trace of its own. */
export const ROOT = ROOT_CONTEXT;

function samplerOf(name: SamplerName, ratio: number): Sampler {
  const parentBased = 'parentbased_';
  if (name.startsWith(parentBased)) {
    const root = samplerNamed(name.slice(parentBased.length), ratio);
    return new ParentBasedSampler({ root });
  }
  return samplerNamed(name, ratio);
}

function samplerNamed(name: string, ratio: number): Sampler {
  if (name === 'always_on') return new AlwaysOnSampler();
  return name === 'always_off' ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
}

function toMicroseconds([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds * 1_000_000 + Math.round(nanoseconds / 1000);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The attributes as they were set, all of which were of these types. */
function recorded(attributes: SdkAttributes | undefined): Record<string, RecordedValue> {
  const values: Record<string, RecordedValue> = {};
  for (const name in attributes) {
    const value: unknown = attributes[name];
    if (isText(value) || typeof value === 'number' || typeof value === 'boolean') values[name] = value;
    else if (Array.isArray(value)) values[name] = value.filter(isText);
  }
  return values;
}

const STATUS = {
  [SpanStatusCode.UNSET]: 'unset',
  [SpanStatusCode.OK]: 'ok',
  [SpanStatusCode.ERROR]: 'error',
} as const;

function recordOf(span: ReadableSpan, service: string): SpanRecord {
  const { traceId, spanId } = span.spanContext();
  return {
    ...{ traceId, spanId, service },
    parentSpanId: span.parentSpanContext?.spanId,
    name: span.name,
    kind: KIND_NAMES.get(span.kind) ?? 'internal',
    start: toMicroseconds(span.startTime),
    duration: toMicroseconds(span.duration),
    status: STATUS[span.status.code],
    statusMessage: span.status.message,
    attributes: recorded(span.attributes),
    events: span.events.map(({ name, time, attributes }) => ({
      ...{ name, time: toMicroseconds(time), attributes: recorded(attributes) },
    })),
    links: span.links.map(({ context }) => ({ traceId: context.traceId, spanId: context.spanId })),
  };
}

function toSdkContext({ traceId, spanId, sampled, traceState }: SpanContext) {
  return {
    ...{ traceId, spanId },
    traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    ...(traceState === undefined ? {} : { traceState: new TraceState(traceState) }),
  };
}

/** Among the children of a span of this process. */
export function below(span: SdkSpan): SdkContext {
  return trace.setSpan(ROOT_CONTEXT, span);
}

/** Among the children of a span that somebody else made. */
export function belowRemote(context: SpanContext): SdkContext {
  return trace.setSpanContext(ROOT_CONTEXT, { ...toSdkContext(context), isRemote: true });
}

/** Says that the work of a span failed. */
export function markFailed(span: SdkSpan, message: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** Makes spans of a service. All of them are recorded, whatever the sampler says: what is kept is decided at the end. */
export function createSdkSpans(options: SdkOptions): SdkSpans {
  const { resource, service, version, onEnd } = options;
  const nothing = (): Promise<void> => Promise.resolve();
  const provider = new TracerProvider({
    // Of the default one the name of the SDK is of use; it has no command line.
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.version': version, ...resource, 'service.name': service }),
    ),
    sampler: createAlwaysRecordSampler(samplerOf(options.sampler, options.ratio)),
    spanLimits: LIMITS,
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: (span) => {
          const sampled = (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
          onEnd({ record: recordOf(span, service), sampled, sendable: span });
        },
        forceFlush: nothing,
        shutdown: nothing,
      },
    ],
  });
  const tracer = provider.getTracer('valtronics', version);
  return {
    start: (name, kind, parent, startTime, links) =>
      tracer.startSpan(
        name,
        {
          ...{ kind: KINDS[kind], startTime },
          ...(links.length === 0 ? {} : { links: links.map((link) => ({ context: toSdkContext(link) })) }),
        },
        parent,
      ),
  };
}

/** The body of a request to a collector: OTLP in protobuf. */
export function encode(spans: readonly EndedSpan[]): Uint8Array {
  return ProtobufTraceSerializer.serializeRequest(spans.map(({ sendable }) => sendable)) ?? new Uint8Array();
}

/** What a collector says of a body that it took: how many of the spans it refused, and why. Throws for what is no such answer. */
export function decodeAnswer(body: Uint8Array): { readonly rejected: number; readonly message: string } {
  const { partialSuccess } = ProtobufTraceSerializer.deserializeResponse(body);
  return {
    rejected: partialSuccess?.rejectedSpans ?? 0,
    message: partialSuccess?.errorMessage ?? '',
  };
}
