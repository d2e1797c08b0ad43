import { EvaluationError } from './errors.ts';
import type { At } from './expression.ts';
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
  /** The names of all metrics, for selectors that name none; without it they find nothing. */
  metrics?(): Iterable<string>;
}

/** What an evaluation needs beside its expression. Times are milliseconds, `time` since the epoch. */
export interface Context {
  readonly source: SampleSource;
  readonly time: number;
  /** How old a sample may be that an instant selector shows. */
  readonly lookback: number;
  /** Step of subqueries that name none. */
  readonly interval: number;
  /**
   * Whether a range has no sample that is as old as it is long, nor the lookback, as in Prometheus 3. By default it
   * has, as in Prometheus 2: `up[1m]` at scrapes of 15 s then holds five samples, not four. Rates are extrapolated as
   * that Prometheus does.
   */
  readonly leftOpen?: boolean;
  /** How many samples and steps the evaluation may look at in all, by default `DEFAULT_MAX_SAMPLES`. */
  readonly maxSamples?: number;
}

/** Enough for a rule over a hundred thousand series, and done within a second or two. */
export const DEFAULT_MAX_SAMPLES = 5_000_000;

/** The context inside an evaluation: what was asked for, and what is left of the samples. */
export interface Inner extends Context {
  /** The moment that was asked for, whatever subquery this is in. */
  readonly asked: number;
  /** Counts samples or steps. Throws an EvaluationError when there are too many. */
  readonly count: (samples: number) => void;
}

/** Begins an evaluation. */
export function innerContext(context: Context): Inner {
  const { time, maxSamples = DEFAULT_MAX_SAMPLES } = context;
  let used = 0;
  return {
    ...context,
    asked: time,
    count: (samples) => {
      used += samples;
      if (used > maxSamples)
        throw new EvaluationError(
          `the evaluation needs more than ${maxSamples} samples: shorten its ranges or lengthen the steps of its subqueries`,
        );
    },
  };
}

/** The moment that a selector or subquery looks at when it is evaluated at `time`. */
export function momentOf(
  { time: fixed, offset }: { readonly time: At | undefined; readonly offset: number },
  time: number,
  asked: number,
): number {
  const from = fixed === undefined ? time : typeof fixed === 'number' ? fixed : asked;
  return from - offset;
}
