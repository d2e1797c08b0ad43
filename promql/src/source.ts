import type { Labels } from './labels.ts';

/** One series with its samples in order of time; samples are known by index, 0 the oldest that is kept. */
export interface Series {
  readonly labels: Labels;
  /** Index of the newest sample at or before the time (milliseconds since the epoch), -1 without one. */
  indexAt(time: number): number;
  time(index: number): number;
  value(index: number): number;
  /** Whether the sample says that the series ended there. */
  ended(index: number): boolean;
}

/** Where selectors find their series. */
export interface SampleSource {
  /** Every series of the metric. */
  series(metric: string): Iterable<Series>;
}

/** What an evaluation needs beside its expression. Times are milliseconds, `time` since the epoch. */
export interface Context {
  readonly source: SampleSource;
  readonly time: number;
  /** How old a sample may be that an instant selector shows. */
  readonly lookback: number;
  /** Step of subqueries that name none. */
  readonly interval: number;
}
