import type { OpenedTrace, TraceSpan } from './openedTrace';

/** The first value of a span under one of the names, as text; null without one. */
function textOf({ tags }: Pick<TraceSpan, 'tags'>, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = tags.find(({ key }) => key === name)?.value;
    if (value !== undefined && value !== '') return String(value);
  }
  return null;
}

/** The first value of any span under one of the names, those of the earliest first. */
function anyText({ spans }: OpenedTrace, ...names: readonly string[]): string | null {
  for (const span of spans) {
    const text = textOf(span, ...names);
    if (text !== null) return text;
  }
  return null;
}

/** What a trace is about, by what its spans say. */
export interface TraceFacts {
  /** What it began with; where that span was never kept, the earliest that was. */
  readonly first: TraceSpan;
  /** True where the span that it began with is among its spans. */
  readonly isWhole: boolean;
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** Milliseconds from the first beginning to the last end. */
  readonly duration: number;
  /** By the first span, else by any. */
  readonly httpStatus: string | null;
  readonly failedSpans: number;
  /** In the order in which they come in. */
  readonly services: readonly string[];
  readonly deviceId: string | null;
  readonly correlationId: string | null;
}

/** What a trace is about; undefined without a span. */
export function traceFacts(trace: OpenedTrace): TraceFacts | undefined {
  const { spans } = trace;
  const root = spans.find(({ parentId }) => parentId === null);
  const [earliest] = spans;
  const first = root ?? earliest;
  if (first === undefined || earliest === undefined) return undefined;
  const end = spans.reduce((last, { start, duration }) => Math.max(last, start + duration), 0);
  const status = ['http.response.status_code', 'http.status_code'];
  return {
    ...{ first, isWhole: root !== undefined, start: earliest.start, duration: end - earliest.start },
    httpStatus: textOf(first, ...status) ?? anyText(trace, ...status),
    failedSpans: spans.filter(({ isFailed }) => isFailed).length,
    services: [...new Set(spans.map(({ service }) => service))],
    deviceId: anyText(trace, 'valtronics.device.id', 'device.id', 'device_id'),
    correlationId: anyText(trace, 'valtronics.correlation_id', 'http.request.id', 'correlation_id'),
  };
}

/** A span that failed by itself: nothing below it did. */
export interface TraceFailure {
  readonly span: TraceSpan;
  /** What went wrong, in the words of the one who met it; null when nobody said. */
  readonly message: string | null;
}

function eventText({ events }: TraceSpan, name: string): string | null {
  for (const { fields } of events) {
    const value = fields.find(({ key }) => key === name)?.value;
    if (value !== undefined && value !== '') return String(value);
  }
  return null;
}

function messageOf(span: TraceSpan): string | null {
  return (
    textOf(span, 'otel.status_description') ??
    eventText(span, 'exception.message') ??
    textOf(span, 'error.message', 'error.type') ??
    eventText(span, 'exception.type')
  );
}

/** Where a trace failed, in the order of time: what failed only because of what it called is left out. */
export function traceFailures({ spans }: OpenedTrace): TraceFailure[] {
  const failedBelow = new Set(spans.filter(({ isFailed }) => isFailed).map(({ parentId }) => parentId));
  return spans
    .filter(({ isFailed, spanId }) => isFailed && !failedBelow.has(spanId))
    .map((span) => ({ span, message: messageOf(span) }));
}

/** Time of all spans of one operation that none of their own children accounts for. */
export interface TimeSpent {
  readonly service: string;
  readonly operation: string;
  /** Milliseconds. */
  readonly self: number;
  readonly spans: number;
}

/** Milliseconds of a span in which none of its children was at work. */
function selfTime(span: TraceSpan, children: readonly TraceSpan[]): number {
  const end = span.start + span.duration;
  let covered = 0;
  let from = span.start;
  for (const child of [...children].sort((a, b) => a.start - b.start)) {
    const begin = Math.min(Math.max(child.start, from), end);
    const until = Math.min(Math.max(child.start + child.duration, begin), end);
    covered += until - begin;
    from = Math.max(from, until);
  }
  return span.duration - covered;
}

/** Where the time of a trace went, the most first. What runs side by side counts for each. */
export function timeSpent({ spans }: OpenedTrace): TimeSpent[] {
  const children = new Map<string, TraceSpan[]>();
  for (const span of spans) {
    if (span.parentId === null) continue;
    const siblings = children.get(span.parentId);
    if (siblings === undefined) children.set(span.parentId, [span]);
    else siblings.push(span);
  }
  const spent = new Map<string, TimeSpent>();
  for (const span of spans) {
    const { service, operation } = span;
    const key = JSON.stringify([service, operation]);
    const before = spent.get(key);
    const self = selfTime(span, children.get(span.spanId) ?? []) + (before?.self ?? 0);
    spent.set(key, { service, operation, self, spans: (before?.spans ?? 0) + 1 });
  }
  return [...spent.values()].sort((a, b) => b.self - a.self);
}
