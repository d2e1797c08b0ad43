import type { SpanKind } from '../../trace/tracer.ts';

/** One trace as a list shows it. */
export interface TraceSummary {
  readonly traceId: string;
  /** Service, name and kind of its first span, or, where that is not there, of the earliest one that is. */
  readonly service: string;
  readonly operation: string;
  readonly kind: SpanKind;
  /** Milliseconds since the epoch, UTC. */
  readonly start: number;
  /** Milliseconds from the start of its first span to the end of its last. */
  readonly durationMs: number;
  readonly status: 'ok' | 'error';
  /** What went wrong, in words. */
  readonly error: string | null;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly services: readonly string[];
  readonly method: string | null;
  /** Template such as `/api/v1/devices/{device_id}`. */
  readonly route: string | null;
  readonly httpStatus: number | null;
  readonly deviceId: string | null;
  readonly correlationId: string | null;
}
