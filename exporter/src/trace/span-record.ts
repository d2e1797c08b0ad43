import type { SpanKind } from './tracer.ts';

/** A value as it is kept: cut to 1,024 characters, without secrets. */
export type RecordedValue = string | number | boolean | readonly string[];

export interface SpanEvent {
  readonly name: string;
  /** Microseconds since the epoch, UTC. */
  readonly time: number;
  readonly attributes: Readonly<Record<string, RecordedValue>>;
}

/** A span that is over, wherever it was made: what is kept, counted and drawn. */
export interface SpanRecord {
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined for the first span of a trace. */
  readonly parentSpanId: string | undefined;
  /** `service.name` of who made it. */
  readonly service: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** Microseconds since the epoch, UTC. */
  readonly start: number;
  /** Microseconds. */
  readonly duration: number;
  readonly status: 'unset' | 'ok' | 'error';
  /** In words, where it failed. */
  readonly statusMessage: string | undefined;
  readonly attributes: Readonly<Record<string, RecordedValue>>;
  readonly events: readonly SpanEvent[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

/** Takes finished spans, one by one or as a kept trace. Never throws and never waits. */
export interface SpanSink {
  /** Every span that ends, kept or not: what counts and adds up. */
  ended(span: SpanRecord): void;
  /** The spans of a trace that was decided to be kept, those of this process; later ones of the same trace may follow. */
  kept(spans: readonly SpanRecord[]): void;
}
