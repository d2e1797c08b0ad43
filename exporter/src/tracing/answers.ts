import type { JaegerTrace } from './jaeger/jaeger-trace.ts';
import type { ServiceMap } from './map/service-map.ts';
import type { TraceQuery } from './store/trace-query.ts';
import type { TraceSummary } from './store/trace-summary.ts';

/** Where traces were looked for: in memory, in Jaeger, or nowhere as none are kept. */
export type TraceSource = 'buffer' | 'jaeger' | 'off';

export interface TracePage {
  readonly items: readonly TraceSummary[];
  readonly source: TraceSource;
  /** How far back the source is known to reach, milliseconds since the epoch. */
  readonly oldest: number | null;
  /** Traces in memory. */
  readonly kept: number;
  /** Why the answer is not what was asked for, in words. */
  readonly problem: string | null;
}

export interface ServiceOperations {
  readonly service: string;
  readonly operations: readonly string[];
}

export interface ServiceList extends Pick<TracePage, 'source' | 'problem'> {
  readonly items: readonly ServiceOperations[];
}

/** A trace, or why there may be none of this id. */
export type FoundTrace = { readonly trace: JaegerTrace } | { readonly missing: string };

/** What can be asked about traces. */
export interface TraceAnswers {
  search(query: TraceQuery, signal: AbortSignal): Promise<TracePage>;
  services(signal: AbortSignal): Promise<ServiceList>;
  /** Rejects where the trace may be in a Jaeger that does not answer. */
  find(traceId: string, signal: AbortSignal): Promise<FoundTrace>;
  /** Milliseconds since the epoch; the last hour when left out. */
  map(window: { readonly from?: number | undefined; readonly to?: number | undefined }): ServiceMap & {
    readonly source: TraceSource;
  };
}
