/** A value that is said of a span. */
export interface TraceTag {
  readonly key: string;
  readonly value: string | number | boolean;
}

/** Something that happened within a span. */
export interface SpanEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly fields: readonly TraceTag[];
}

/** Another span, perhaps of another trace, that this one came of without being part of it. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

export interface TraceSpan {
  readonly spanId: string;
  /** Null at the beginning of the trace; the parent of others may be missing all the same. */
  readonly parentId: string | null;
  readonly service: string;
  readonly operation: string;
  /** Milliseconds since the epoch, with fractions. */
  readonly start: number;
  /** Milliseconds, with fractions. */
  readonly duration: number;
  readonly isFailed: boolean;
  /** `span.kind`; empty when nobody said. */
  readonly kind: string;
  readonly tags: readonly TraceTag[];
  /** What is said of the service, the same for all of its spans. */
  readonly serviceTags: readonly TraceTag[];
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly warnings: readonly string[];
}

/** A trace with all of its spans, the earliest first. */
export interface OpenedTrace {
  readonly traceId: string;
  readonly spans: readonly TraceSpan[];
}
