import type { Family, FamilySnapshot, Labels } from './family.ts';

/** One series of a counter, kept by who counts: a cell, so that an increment costs nanoseconds. */
export interface CounterCell {
  /** Adds to the counter; `by` is 1 when left out and never negative. */
  inc(by?: number): void;
  readonly value: number;
}

/** One series of a histogram. */
export interface HistogramCell {
  observe(value: number): void;
  /** Marks the bucket of `value`, which was observed before, with a kept trace, as its newest; shown in OpenMetrics only. */
  exemplar(value: number, trace: TraceReference): void;
}

/** Which span of which trace. */
export interface TraceReference {
  readonly traceId: string;
  readonly spanId: string;
}

/** One sample of a published family. */
export interface LabelledValue<L extends string> {
  readonly labels: Labels<L>;
  readonly value: number;
}

/**
 * The low-cardinality families. Events go to cells that live as long as the process; polled values are
 * published as one snapshot that replaces the one before, so that no scrape sees half of it.
 */
export interface Metrics {
  /** The cell of these label values, made at 0 on first use. Label values are taken as they are: cap before. */
  counter<L extends string>(family: Family<L>, labels: Labels<L>): CounterCell;
  histogram<L extends string>(family: Family<L>, labels: Labels<L>): HistogramCell;
  /** Replaces all samples of a gauge or untyped family (or of a counter kept by somebody else) at once. */
  publish<L extends string>(family: Family<L>, samples: readonly LabelledValue<L>[]): void;
  /** Takes the family's published samples away; it is then absent from the exposition. */
  withdraw(family: Family): void;
  /**
   * All families that have samples now (published, counted, process and runtime), sorted by name, without
   * the per-device ones. Atomic: no publication happens in between.
   */
  snapshot(): Promise<readonly FamilySnapshot[]>;
}
