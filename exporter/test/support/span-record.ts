import type { SpanRecord } from '../../src/trace/span-record.ts';

/** 2026-11-29 12:00:00 UTC, milliseconds. */
export const SPAN_AT = Date.UTC(2026, 10, 29, 12);

/** An id of so many digits. */
export const hexId = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
export const traceIdOf = (number: number): string => hexId(number, 32);
export const spanIdOf = (number: number): string => hexId(number, 16);

/** A span of the gateway of 20 ms, changed as wanted; `at` is milliseconds after `SPAN_AT`. */
export function spanRecord(changes: Partial<SpanRecord> & { readonly at?: number } = {}): SpanRecord {
  const { at = 0, ...given } = changes;
  return {
    ...{ traceId: traceIdOf(1), spanId: spanIdOf(1), parentSpanId: undefined },
    ...{ service: 'valtronics-gateway', name: 'GET /api/v1/devices/', kind: 'server' },
    ...{ start: (SPAN_AT + at) * 1000, duration: 20_000, status: 'unset', statusMessage: undefined },
    ...{ attributes: {}, events: [], links: [] },
    ...given,
  };
}
