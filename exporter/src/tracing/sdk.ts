import { ROOT_CONTEXT, SpanKind as SdkKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  RandomIdGenerator,
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { SamplerName } from '../config/trace-sections.ts';
import type { RecordedValue, SpanRecord } from '../trace/span-record.ts';
import type { SpanContext, SpanKind } from '../trace/tracer.ts';

// The only module that knows OpenTelemetry's SDK, which is loaded with it: nobody imports it but by `import()`.

/** A span that is over, with what only the collector is told. */
export interface EndedSpan {
  readonly record: SpanRecord;
  readonly sampled: boolean;
  readonly traceState: string | undefined;
  /** What was left out since there was too much of it. */
  readonly dropped: { readonly attributes: number; readonly events: number; readonly links: number };
}

export interface SdkOptions {
  /** What is said of every service of this process, besides its name. */
  readonly resource: Readonly<Record<string, string>>;
  readonly version: string;
  readonly sampler: SamplerName;
  /** Share of traces, for the samplers with a ratio. */
  readonly ratio: number;
}

/** What of the SDK is used: its ids, its samplers, and its words for a collector. */
export interface Sdk {
  newTraceId(): string;
  newSpanId(): string;
  /** Whether the sampler wants the trace of its first span here; `parent` is what came with a request or a message. */
  isSampled(traceId: string, name: string, kind: SpanKind, parent: SpanContext | undefined): boolean;
  /** The body of a request to a collector: OTLP in protobuf. */
  encode(spans: readonly EndedSpan[]): Uint8Array;
}

const KINDS: Readonly<Record<SpanKind, SdkKind>> = {
  internal: SdkKind.INTERNAL,
  server: SdkKind.SERVER,
  client: SdkKind.CLIENT,
  producer: SdkKind.PRODUCER,
  consumer: SdkKind.CONSUMER,
};
const STATUSES = { unset: SpanStatusCode.UNSET, ok: SpanStatusCode.OK, error: SpanStatusCode.ERROR } as const;

function samplerNamed(name: string, ratio: number): Sampler {
  if (name === 'always_on') return new AlwaysOnSampler();
  return name === 'always_off' ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
}

function samplerOf(name: SamplerName, ratio: number): Sampler {
  const parentBased = 'parentbased_';
  return name.startsWith(parentBased)
    ? new ParentBasedSampler({ root: samplerNamed(name.slice(parentBased.length), ratio) })
    : samplerNamed(name, ratio);
}

function toSdkContext(traceId: string, spanId: string, sampled: boolean, state?: string) {
  return {
    ...{ traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE },
    ...(state === undefined ? {} : { traceState: new TraceState(state) }),
  };
}

function toHrTime(microseconds: number): [seconds: number, nanoseconds: number] {
  return [Math.floor(microseconds / 1_000_000), (microseconds % 1_000_000) * 1000];
}

function toSdkAttributes(attributes: Readonly<Record<string, RecordedValue>>) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );
}

function toReadable(
  { record, sampled, traceState, dropped }: EndedSpan,
  resource: Resource,
  version: string,
): ReadableSpan {
  const { traceId, spanId, parentSpanId, start, duration, status, statusMessage } = record;
  const context = toSdkContext(traceId, spanId, sampled, traceState);
  return {
    name: record.name,
    kind: KINDS[record.kind],
    spanContext: () => context,
    ...(parentSpanId === undefined
      ? {}
      : { parentSpanContext: toSdkContext(traceId, parentSpanId, sampled) }),
    startTime: toHrTime(start),
    endTime: toHrTime(start + duration),
    duration: toHrTime(duration),
    status: { code: STATUSES[status], ...(statusMessage === undefined ? {} : { message: statusMessage }) },
    attributes: toSdkAttributes(record.attributes),
    events: record.events.map(({ name, time, attributes }) => ({
      ...{ name, time: toHrTime(time), attributes: toSdkAttributes(attributes) },
    })),
    links: record.links.map((link) => ({ context: toSdkContext(link.traceId, link.spanId, true) })),
    ended: true,
    resource,
    instrumentationScope: { name: 'valtronics', version },
    droppedAttributesCount: dropped.attributes,
    droppedEventsCount: dropped.events,
    droppedLinksCount: dropped.links,
  };
}

/** The SDK for the services of this process. */
export function createSdk({ resource, version, sampler, ratio }: SdkOptions): Sdk {
  const ids = new RandomIdGenerator();
  const chosen = samplerOf(sampler, ratio);
  const resources = new Map<string, Resource>();

  function resourceOf(service: string): Resource {
    const known = resources.get(service);
    if (known !== undefined) return known;
    const said = { 'service.version': version, ...resource, 'service.name': service };
    // Of the default one the name of the SDK is of use; it has no command line.
    const made = defaultResource().merge(resourceFromAttributes(said));
    resources.set(service, made);
    return made;
  }

  return {
    newTraceId: () => ids.generateTraceId(),
    newSpanId: () => ids.generateSpanId(),
    isSampled: (traceId, name, kind, parent) => {
      const above =
        parent === undefined
          ? ROOT_CONTEXT
          : trace.setSpanContext(ROOT_CONTEXT, {
              ...toSdkContext(parent.traceId, parent.spanId, parent.sampled),
              isRemote: true,
            });
      const { decision } = chosen.shouldSample(above, traceId, name, KINDS[kind], {}, []);
      return decision === SamplingDecision.RECORD_AND_SAMPLED;
    },
    encode: (spans) => {
      const readable = spans.map((span) => toReadable(span, resourceOf(span.record.service), version));
      return ProtobufTraceSerializer.serializeRequest(readable) ?? new Uint8Array();
    },
  };
}

/** What a collector says of a body that it took: how many of the spans it refused, and why. Throws for what is no such answer. */
export function decodeAnswer(body: Uint8Array): { readonly rejected: number; readonly message: string } {
  const { partialSuccess } = ProtobufTraceSerializer.deserializeResponse(body);
  return { rejected: partialSuccess?.rejectedSpans ?? 0, message: partialSuccess?.errorMessage ?? '' };
}
