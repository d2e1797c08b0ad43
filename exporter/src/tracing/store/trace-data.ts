import type { RecordedValue, SpanRecord } from '../../trace/span-record.ts';

/** A trace as it is found, wherever it was kept. */
export interface TraceData {
  readonly traceId: string;
  /** In any order; at least one. */
  readonly spans: readonly SpanRecord[];
  /** What is known of its services besides their names, by name. */
  readonly resources: ReadonlyMap<string, Readonly<Record<string, RecordedValue>>>;
  /** What a reader should know: spans that are missing, clocks that differ. */
  readonly warnings: readonly string[];
}
