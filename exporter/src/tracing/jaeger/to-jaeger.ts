import type { RecordedValue, SpanRecord } from '../../trace/span-record.ts';
import type { TraceData } from '../store/trace-data.ts';
import type { JaegerSpan, JaegerTag, JaegerTrace } from './jaeger-trace.ts';

function tagOf(key: string, value: RecordedValue): JaegerTag {
  if (typeof value === 'string') return { key, type: 'string', value };
  if (typeof value === 'boolean') return { key, type: 'bool', value };
  if (typeof value === 'number') return { key, type: Number.isInteger(value) ? 'int64' : 'float64', value };
  return { key, type: 'string', value: JSON.stringify(value) };
}

const tagsOf = (values: Readonly<Record<string, RecordedValue>>): JaegerTag[] =>
  Object.entries(values).map(([key, value]) => tagOf(key, value));

/** Kind and outcome, which Jaeger has as tags. */
function stateTags({ kind, status, statusMessage }: SpanRecord): JaegerTag[] {
  return [
    tagOf('span.kind', kind),
    ...(status === 'unset' ? [] : [tagOf('otel.status_code', status.toUpperCase())]),
    ...(status === 'error' ? [tagOf('error', true)] : []),
    ...(statusMessage === undefined ? [] : [tagOf('otel.status_description', statusMessage)]),
  ];
}

function spanOf(span: SpanRecord, processID: string): JaegerSpan {
  const { traceId: traceID, parentSpanId } = span;
  return {
    traceID,
    spanID: span.spanId,
    operationName: span.name,
    references: [
      ...(parentSpanId === undefined
        ? []
        : [{ refType: 'CHILD_OF' as const, traceID, spanID: parentSpanId }]),
      ...span.links.map((link) => ({
        ...{ refType: 'FOLLOWS_FROM' as const, traceID: link.traceId, spanID: link.spanId },
      })),
    ],
    startTime: span.start,
    duration: span.duration,
    tags: [...tagsOf(span.attributes), ...stateTags(span)],
    logs: span.events.map(({ name, time, attributes }) => ({
      timestamp: time,
      fields: [tagOf('event', name), ...tagsOf(attributes)],
    })),
    processID,
    warnings: null,
  };
}

/** The trace in Jaeger's JSON, its spans in the order of time. */
export function toJaeger({ traceId, spans, resources, warnings }: TraceData): JaegerTrace {
  const services = [...new Set(spans.map(({ service }) => service))];
  const processes = new Map(services.map((service, index) => [service, `p${index + 1}`]));
  return {
    traceID: traceId,
    spans: spans
      .toSorted((a, b) => a.start - b.start)
      .map((span) => spanOf(span, processes.get(span.service) ?? '')),
    processes: Object.fromEntries(
      services.map((service) => [
        processes.get(service) ?? '',
        { serviceName: service, tags: tagsOf(resources.get(service) ?? {}) },
      ]),
    ),
    warnings: warnings.length > 0 ? warnings : null,
  };
}
