/** Which traces are wanted; what is left out narrows nothing. */
export interface TraceQuery {
  /** Traces that the service has a span in. */
  readonly service?: string | undefined;
  /** Traces with a span of this name. */
  readonly operation?: string | undefined;
  readonly minDurationMs?: number | undefined;
  /** Only traces in which something failed. */
  readonly errors?: boolean | undefined;
  readonly deviceId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Milliseconds since the epoch: traces that begin then or later. */
  readonly from?: number | undefined;
  /** Traces that begin before. */
  readonly to?: number | undefined;
  readonly limit: number;
  readonly order: 'newest' | 'slowest';
}
