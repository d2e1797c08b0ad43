/** Value of an attribute. Numbers and booleans stay what they are, so that a store can compare them. */
export type AttributeValue = string | number | boolean | readonly string[];
/** Attributes by their names of the semantic conventions; what is undefined is left out. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

/** In the order of OpenTelemetry's numbers, which begin with 1. */
export const SPAN_KINDS = ['internal', 'server', 'client', 'producer', 'consumer'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/** Which span of which trace: what travels in `traceparent` and `tracestate` (W3C Trace Context). */
export interface SpanContext {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  readonly sampled: boolean;
  readonly traceState?: string;
  readonly baggage?: string;
}

export interface SpanOptions {
  /** `internal` when left out. */
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** Instead of the active span: what came with a request or a message, or `root` for a trace of its own. */
  readonly parent?: SpanContext | 'root';
  /** Spans that this one follows without being their child, for example those of the messages of a batch. */
  readonly links?: readonly SpanContext[];
  /** Milliseconds since the epoch, UTC; now when left out. */
  readonly startTime?: number;
}

/** A series of a histogram whose buckets can point at a trace. */
export interface ExemplarCell {
  /** Marks the bucket of `value` with the trace, as its newest. */
  exemplar(value: number, trace: { readonly traceId: string; readonly spanId: string }): void;
}

/** One piece of work that is being timed. After its end nothing of it changes. */
export interface Span {
  readonly context: SpanContext;
  /** Calls it otherwise: a server learns the route only after it began. */
  rename(name: string): void;
  set(attributes: Attributes): void;
  event(name: string, attributes?: Attributes): void;
  /** Says that the work failed, with the error as an event. */
  fail(error: unknown): void;
  /** Once it is decided that the trace is kept, the bucket of `value` points at this span. */
  exemplar(cell: ExemplarCell, value: number): void;
  /** Ends it; a second call does nothing. */
  end(endTime?: number): void;
}

/** Makes spans. Nothing of it throws, and nothing of it waits: work is never lost to its tracing. */
export interface Tracer {
  /** False when no span goes anywhere: who would have to collect attributes first need not. */
  readonly enabled: boolean;
  /** Begins a span that the caller ends. It is not the active one. */
  start(name: string, options?: SpanOptions): Span;
  /**
   * Does the work inside of a span of its own, which is the active one for as long as the work takes, promises
   * included. What the work throws or rejects with is recorded and passed on.
   */
  span<T>(name: string, options: SpanOptions, work: (span: Span) => T): T;
  /** Does the work with that span as the active one; does not end it. */
  within<T>(span: Span, work: () => T): T;
  /**
   * Does the work with no active span. For what begins inside of a piece of work and lives on after it: a connection, a
   * timer, a loop. Whatever that does later would else be told as a part of the work that began it.
   */
  outside<T>(work: () => T): T;
  /** The span that new ones become children of. */
  active(): Span | undefined;
}

/** Ids of no trace and of no span (W3C Trace Context). */
export const NO_TRACE_ID = '0'.repeat(32);
export const NO_SPAN_ID = '0'.repeat(16);

const NO_CONTEXT: SpanContext = { traceId: NO_TRACE_ID, spanId: NO_SPAN_ID, sampled: false };

/** The span of who does not trace: takes everything and keeps nothing. */
const NO_SPAN: Span = {
  context: NO_CONTEXT,
  rename: () => undefined,
  set: () => undefined,
  event: () => undefined,
  fail: () => undefined,
  exemplar: () => undefined,
  end: () => undefined,
};

/** Tracing that is switched off. */
export const NO_TRACER: Tracer = {
  enabled: false,
  start: () => NO_SPAN,
  span: (_name, _options, work) => work(NO_SPAN),
  within: (_span, work) => work(),
  outside: (work) => work(),
  active: () => undefined,
};
