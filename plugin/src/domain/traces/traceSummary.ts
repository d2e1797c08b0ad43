/** Where traces come from; `off`: the exporter makes none. */
export type TraceSource = 'buffer' | 'jaeger' | 'off';

/** A kept trace in one line of a list. */
export interface TraceSummary {
  readonly traceId: string;
  /** Service and operation that it began with. */
  readonly service: string;
  readonly operation: string;
  /** `server`, `client`, `internal`, `consumer` or `producer`; another exporter may have more. */
  readonly kind: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly isFailed: boolean;
  /** What went wrong, in the words of the one who met it; null when nothing did, or nobody said. */
  readonly error: string | null;
  readonly spanCount: number;
  readonly errorCount: number;
  /** Every service that took part. */
  readonly services: readonly string[];
  /** Of a request by HTTP; null for anything else. */
  readonly method: string | null;
  readonly route: string | null;
  readonly httpStatus: number | null;
  readonly deviceId: string | null;
  readonly correlationId: string | null;
}
