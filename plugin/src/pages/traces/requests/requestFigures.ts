import type { InstantRow, Labels, RangeSeries } from '../../../api/prometheusShapes';

type Course = Pick<RangeSeries, 'times' | 'values'>;

/** A route, a collector or a topic: how often, how well, how fast. */
export interface RequestFigures {
  readonly name: string;
  /** Requests a second, the mean of the range. */
  readonly rate: number;
  /** Share of failed ones, 0 to 1; null where there was no request. */
  readonly errorRate: number | null;
  /** Seconds that half of them, and 95 of 100, are faster than; null where nobody knows. */
  readonly median: number | null;
  readonly slow: number | null;
  /** Over time: requests a second, failed ones, and the seconds that 95 of 100 are faster than. */
  readonly rates: Course;
  readonly failures: Course;
  readonly durations: Course;
}

/** All of them together. */
export interface RequestTotals {
  readonly rate: number;
  readonly errorRate: number | null;
  readonly slow: number | null;
}

/** What Prometheus answered, as the queries are named. */
export interface RequestAnswers {
  readonly rates: readonly RangeSeries[];
  readonly failures: readonly RangeSeries[];
  readonly durations: readonly RangeSeries[];
  readonly median: readonly InstantRow[];
  readonly slow: readonly InstantRow[];
  readonly slowOfAll: readonly InstantRow[];
}

const NOTHING: Course = { times: [], values: [] };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A quantile of no request at all is not a number. */
const known = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

/** Without the points at which nothing was measured. */
function measured({ times, values }: Course): Course {
  const places = [...values.keys()].filter((place) => Number.isFinite(values[place]));
  return {
    times: places.map((place) => times[place] ?? 0),
    values: places.map((place) => values[place] ?? 0),
  };
}

/** A counter of failures begins with the first of them: until then there were none. */
function failuresOf({ times }: Course, failures: Course | undefined): Course {
  const failed = new Map(failures?.times.map((time, place) => [time, failures.values[place] ?? 0]));
  return { times, values: times.map((time) => failed.get(time) ?? 0) };
}

/**
 * The figures of each member of a group, and of all together. The mean of each is over all the time of which there are
 * counts of any: an exporter that began five minutes ago has the rates of these five minutes.
 */
export function requestFigures(
  answers: RequestAnswers,
  nameOf: (labels: Labels) => string,
): { readonly items: RequestFigures[]; readonly totals: RequestTotals } {
  const byName = <T extends { readonly labels: Labels }>(list: readonly T[]): Map<string, T> =>
    new Map(list.map((one) => [nameOf(one.labels), one]));
  const failures = byName(answers.failures);
  const durations = byName(answers.durations);
  const median = byName(answers.median);
  const slow = byName(answers.slow);
  const points = Math.max(1, new Set(answers.rates.flatMap(({ times }) => times)).size);
  const items = answers.rates.map((rates): RequestFigures => {
    const name = nameOf(rates.labels);
    const failed = failuresOf(rates, failures.get(name));
    const all = sum(rates.values);
    return {
      name,
      rate: all / points,
      errorRate: all > 0 ? sum(failed.values) / all : null,
      median: known(median.get(name)?.value),
      slow: known(slow.get(name)?.value),
      rates,
      failures: failed,
      durations: measured(durations.get(name) ?? NOTHING),
    };
  });
  const rate = sum(items.map((item) => item.rate));
  const failing = sum(items.map((item) => item.rate * (item.errorRate ?? 0)));
  const totals = {
    rate,
    errorRate: rate > 0 ? failing / rate : null,
    slow: known(answers.slowOfAll[0]?.value),
  };
  return { items, totals };
}

/** Most lines that a chart tells apart. */
const MOST = 8;

/**
 * Those that a chart should show: the busiest, the most failing and the slowest, in an order of their names, so that a
 * refresh changes no colour without a reason.
 */
export function membersOfNote(items: readonly RequestFigures[]): RequestFigures[] {
  const top = (count: number, value: (item: RequestFigures) => number): RequestFigures[] =>
    [...items]
      .filter((item) => value(item) > 0)
      .sort((a, b) => value(b) - value(a))
      .slice(0, count);
  const chosen = new Set([
    ...top(4, ({ rate }) => rate),
    ...top(2, ({ rate, errorRate }) => rate * (errorRate ?? 0)),
    ...top(2, ({ slow }) => slow ?? 0),
    ...top(MOST, ({ rate }) => rate),
  ]);
  return [...chosen].slice(0, MOST).sort((a, b) => (a.name < b.name ? -1 : 1));
}
