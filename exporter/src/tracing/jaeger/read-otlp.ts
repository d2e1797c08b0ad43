import { z } from 'zod';
import type { RecordedValue, SpanRecord } from '../../trace/span-record.ts';
import { SPAN_KINDS, type SpanKind } from '../../trace/tracer.ts';
import type { TraceData } from '../store/trace-data.ts';

const id = (digits: number) =>
  z
    .string()
    .regex(/^[\da-f]+$/i)
    .transform((text) => text.toLowerCase().padStart(digits, '0'));

/** Nanoseconds since the epoch, which JSON has as text, in microseconds. */
const microseconds = z
  .union([z.string().regex(/^\d+$/), z.number().min(0)])
  .transform((value) => Number(value) / 1000)
  .default(0);

interface AnyValue {
  readonly stringValue?: string | undefined;
  readonly boolValue?: boolean | undefined;
  readonly intValue?: string | number | undefined;
  readonly doubleValue?: number | string | undefined;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] | undefined } | undefined;
}
const anyValue: z.ZodType<AnyValue> = z.lazy(() =>
  z.object({
    stringValue: z.string().optional(),
    boolValue: z.boolean().optional(),
    intValue: z.union([z.string(), z.number()]).optional(),
    doubleValue: z.union([z.number(), z.string()]).optional(),
    arrayValue: z.object({ values: z.array(anyValue).optional() }).optional(),
  }),
);
const attributeList = z
  .array(z.object({ key: z.string(), value: anyValue.optional() }))
  .nullish()
  .transform((list) => Object.fromEntries((list ?? []).map(({ key, value }) => [key, valueOf(value ?? {})])));

function valueOf(value: AnyValue): RecordedValue {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue } = value;
  if (stringValue !== undefined) return stringValue;
  if (boolValue !== undefined) return boolValue;
  const number = intValue ?? doubleValue;
  if (number !== undefined) return Number(number);
  if (arrayValue !== undefined) return (arrayValue.values ?? []).map((one) => String(valueOf(one)));
  return JSON.stringify(value);
}

/** Enumerations of protobuf are written as numbers or by their names. */
const kind = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value): SpanKind => {
    if (typeof value === 'number') return SPAN_KINDS[value - 1] ?? 'internal';
    return SPAN_KINDS.find((name) => value === `SPAN_KIND_${name.toUpperCase()}`) ?? 'internal';
  });
const status = z
  .object({ code: z.union([z.number(), z.string()]).nullish(), message: z.string().nullish() })
  .nullish()
  .transform((value) => {
    const { code, message } = value ?? {};
    const isError = code === 2 || code === 'STATUS_CODE_ERROR';
    const isOk = code === 1 || code === 'STATUS_CODE_OK';
    const word = isError ? ('error' as const) : isOk ? ('ok' as const) : ('unset' as const);
    return { status: word, statusMessage: message === '' ? undefined : (message ?? undefined) };
  });

const span = z.object({
  traceId: id(32),
  spanId: id(16),
  parentSpanId: z.union([z.literal(''), id(16)]).nullish(),
  name: z.string().default(''),
  kind,
  startTimeUnixNano: microseconds,
  endTimeUnixNano: microseconds,
  attributes: attributeList,
  status,
  events: z
    .array(z.object({ name: z.string().default(''), timeUnixNano: microseconds, attributes: attributeList }))
    .nullish(),
  links: z.array(z.object({ traceId: id(32), spanId: id(16) })).nullish(),
});

const resourceSpans = z.object({
  resource: z.object({ attributes: attributeList }).nullish(),
  scopeSpans: z.array(z.object({ spans: z.array(span).nullish() })).nullish(),
});

/** The answer of Jaeger's `/api/v3/traces…`: OTLP in JSON within `result`. */
export const otlpTraces = z
  .object({ result: z.object({ resourceSpans: z.array(resourceSpans).nullish() }) })
  .transform(({ result }) => tracesOf(result.resourceSpans ?? []));

function recordOf(read: z.output<typeof span>, service: string): SpanRecord {
  const { traceId, spanId, parentSpanId, name, startTimeUnixNano: start, endTimeUnixNano: end } = read;
  return {
    ...{ traceId, spanId, service, name, kind: read.kind, ...read.status, start },
    parentSpanId: parentSpanId === '' || parentSpanId === null ? undefined : parentSpanId,
    duration: Math.max(0, end - start),
    attributes: read.attributes,
    events: (read.events ?? []).map((event) => ({
      ...{ name: event.name, time: event.timeUnixNano, attributes: event.attributes },
    })),
    links: read.links ?? [],
  };
}

function tracesOf(resources: readonly z.output<typeof resourceSpans>[]): TraceData[] {
  const traces = new Map<string, SpanRecord[]>();
  const known = new Map<string, Readonly<Record<string, RecordedValue>>>();
  for (const { resource, scopeSpans } of resources) {
    const { 'service.name': named, ...attributes } = resource?.attributes ?? {};
    const service = typeof named === 'string' ? named : 'unknown_service';
    known.set(service, attributes);
    for (const one of (scopeSpans ?? []).flatMap(({ spans }) => spans ?? [])) {
      const spans = traces.get(one.traceId) ?? [];
      traces.set(one.traceId, spans);
      spans.push(recordOf(one, service));
    }
  }
  return [...traces].map(([traceId, spans]) => ({ traceId, spans, resources: known, warnings: [] }));
}
