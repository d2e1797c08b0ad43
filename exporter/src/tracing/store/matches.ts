import type { SpanRecord } from '../../trace/span-record.ts';
import { CORRELATION_ID, DEVICE_ID } from '../../trace/attribute-names.ts';
import type { TraceQuery } from './trace-query.ts';
import type { TraceSummary } from './trace-summary.ts';

/** Whether a trace is one of those that are wanted. */
export function matches(query: TraceQuery, summary: TraceSummary, spans: readonly SpanRecord[]): boolean {
  const { service, operation, minDurationMs, errors, deviceId, correlationId, from, to } = query;
  return (
    (from === undefined || summary.start >= from) &&
    (to === undefined || summary.start < to) &&
    (minDurationMs === undefined || summary.durationMs >= minDurationMs) &&
    (errors !== true || summary.errorCount > 0) &&
    (service === undefined || summary.services.includes(service)) &&
    (operation === undefined ||
      spans.some((span) => span.name === operation && (service === undefined || span.service === service))) &&
    (deviceId === undefined || spans.some(({ attributes }) => attributes[DEVICE_ID] === deviceId)) &&
    (correlationId === undefined ||
      spans.some(({ attributes }) => attributes[CORRELATION_ID] === correlationId))
  );
}
