import { CORRELATION_ID, DEVICE_ID } from '../../trace/attribute-names.ts';
import type { RecordedValue, SpanRecord } from '../../trace/span-record.ts';
import type { TraceSummary } from './trace-summary.ts';

const MILLISECOND = 1000;

const textOf = (value: RecordedValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** The first value of an attribute, in the order of time. */
function firstText(spans: readonly SpanRecord[], name: string): string | null {
  for (const { attributes } of spans) {
    const text = textOf(attributes[name]);
    if (text !== null) return text;
  }
  return null;
}

/** The begin of a trace: a span without a parent, or, where its parent is not here, the earliest of such. */
function rootOf(byStart: readonly [SpanRecord, ...SpanRecord[]]): SpanRecord {
  const ids = new Set(byStart.map(({ spanId }) => spanId));
  return (
    byStart.find(({ parentSpanId }) => parentSpanId === undefined) ??
    byStart.find(({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId)) ??
    byStart[0]
  );
}

/** What a failed span says, in words. */
function wordsOf({ statusMessage, events, attributes }: SpanRecord): string | null {
  const message = textOf(statusMessage);
  if (message !== null) return message;
  const exception = events.findLast(({ name }) => name === 'exception')?.attributes;
  const status = attributes['http.response.status_code'];
  return (
    textOf(exception?.['exception.message']) ??
    textOf(exception?.['exception.type']) ??
    (typeof status === 'number' ? `HTTP ${status}` : textOf(attributes['error.type']))
  );
}

/** The words of where it began to go wrong: of the failed span that started last, which the others waited for. */
function errorOf(failed: readonly SpanRecord[]): string | null {
  if (failed.length === 0) return null;
  for (const span of failed.toReversed()) {
    const words = wordsOf(span);
    if (words !== null) return words;
  }
  return `${failed.at(-1)?.name ?? 'a span'} failed`;
}

/** What a list shows of a trace, of one span or more. */
export function summarize(traceId: string, spans: readonly SpanRecord[]): TraceSummary {
  const [first, ...rest] = spans.toSorted((a, b) => a.start - b.start);
  if (first === undefined) throw new RangeError('a trace has at least one span');
  const byStart = [first, ...rest] as const;
  const root = rootOf([first, ...rest]);
  const failed = byStart.filter(({ status }) => status === 'error');
  const end = byStart.reduce((latest, { start, duration }) => Math.max(latest, start + duration), 0);
  const status = root.attributes['http.response.status_code'];
  return {
    ...{ traceId, service: root.service, operation: root.name, kind: root.kind },
    start: first.start / MILLISECOND,
    durationMs: (end - first.start) / MILLISECOND,
    status: failed.length > 0 ? 'error' : 'ok',
    error: errorOf(failed),
    spanCount: spans.length,
    errorCount: failed.length,
    services: [...new Set(byStart.map(({ service }) => service))],
    method: textOf(root.attributes['http.request.method']),
    route: textOf(root.attributes['http.route']),
    httpStatus: typeof status === 'number' ? status : null,
    deviceId: firstText(byStart, DEVICE_ID),
    correlationId: firstText(byStart, CORRELATION_ID),
  };
}
