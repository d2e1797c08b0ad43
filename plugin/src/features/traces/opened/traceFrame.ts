import {
  dateTime,
  FieldType,
  LoadingState,
  toDataFrame,
  type PanelData,
  type TraceKeyValuePair,
  type TraceSpanRow,
} from '@grafana/data';
import type { OpenedTrace, TraceSpan } from '../../../domain/traces/openedTrace';

/** What Grafana calls a status: of OpenTelemetry's codes only that of an error is shown. */
const ERROR = 2;

/** Grafana's panel knows a failed span by this tag. */
function tagsOf({ tags, isFailed }: TraceSpan): TraceKeyValuePair[] {
  const isTagged = tags.some(({ key }) => key === 'error');
  return [...tags, ...(isFailed && !isTagged ? [{ key: 'error', value: true }] : [])];
}

function rowOf(span: TraceSpan, traceId: string): TraceSpanRow {
  return {
    traceID: traceId,
    spanID: span.spanId,
    parentSpanID: span.parentId ?? undefined,
    operationName: span.operation,
    serviceName: span.service,
    serviceTags: [...span.serviceTags],
    startTime: span.start,
    duration: span.duration,
    logs: span.events.map(({ at, fields }) => ({ timestamp: at, fields: [...fields] })),
    references: span.links.map((link) => ({ traceID: link.traceId, spanID: link.spanId })),
    tags: tagsOf(span),
    kind: span.kind,
    ...(span.isFailed ? { statusCode: ERROR } : {}),
    warnings: [...span.warnings],
  };
}

const FIELDS = [
  ...(['traceID', 'spanID', 'parentSpanID', 'operationName', 'serviceName', 'kind'] as const),
  ...([
    'serviceTags',
    'startTime',
    'duration',
    'logs',
    'references',
    'tags',
    'statusCode',
    'warnings',
  ] as const),
] satisfies readonly (keyof TraceSpanRow)[];

const TYPES: Readonly<Partial<Record<(typeof FIELDS)[number], FieldType>>> = {
  startTime: FieldType.number,
  duration: FieldType.number,
  statusCode: FieldType.number,
  serviceTags: FieldType.other,
  logs: FieldType.other,
  references: FieldType.other,
  tags: FieldType.other,
  warnings: FieldType.other,
};

/** The trace as data of Grafana's traces panel. */
export function traceData({ traceId, spans }: OpenedTrace): PanelData {
  const rows = spans.map((span) => rowOf(span, traceId));
  const frame = toDataFrame({
    name: traceId,
    meta: { preferredVisualisationType: 'trace', custom: { traceFormat: 'jaeger' } },
    fields: FIELDS.map((name) => ({
      name,
      type: TYPES[name] ?? FieldType.string,
      values: rows.map((row) => row[name]),
    })),
  });
  const from = dateTime(Math.min(...spans.map(({ start }) => start)));
  const to = dateTime(Math.max(...spans.map(({ start, duration }) => start + duration)));
  return { state: LoadingState.Done, series: [frame], timeRange: { from, to, raw: { from, to } } };
}
