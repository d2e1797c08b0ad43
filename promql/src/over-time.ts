import { extrapolatedRise, lastChange, type RateWindow } from './rate.ts';
import { EvaluationError } from './errors.ts';
import { extreme, meanOverTime, preciseSum, quantile, regression, varianceOverTime } from './sums.ts';

/** A function of one series' samples in a range; undefined: the series has no result. */
export type RangeFunction = (
  window: RateWindow,
  time: number,
  parameter: number,
  second: number,
) => number | undefined;

/** How many neighbours differ in that way. */
function countSteps(values: readonly number[], differs: (before: number, value: number) => boolean): number {
  return values.filter((value, index) => index > 0 && differs(values[index - 1] ?? NaN, value)).length;
}

function ofValues(compute: (values: readonly number[]) => number): RangeFunction {
  return ({ values }) => compute(values);
}

/** Double exponential smoothing: a value and a trend, each the mixture of what comes and what was. */
function smooth(values: readonly number[], smoothing: number, trend: number): number | undefined {
  for (const [what, factor] of [
    ['smoothing', smoothing],
    ['trend', trend],
  ] as const)
    if (factor <= 0 || factor >= 1)
      throw new EvaluationError(`the ${what} factor must be between 0 and 1, not ${factor}`);
  const [first, second] = values;
  if (first === undefined || second === undefined) return undefined;
  let before = 0;
  let level = first;
  let slope = second - first;
  for (const [index, value] of values.entries()) {
    if (index === 0) continue;
    if (index > 1) slope = trend * (level - before) + (1 - trend) * slope;
    [before, level] = [level, smoothing * value + (1 - smoothing) * (level + slope)];
  }
  return level;
}

/** Functions whose result keeps the metric's name. */
export const KEEPS_NAME: ReadonlySet<string> = new Set(['last_over_time']);

/** Functions of ranges by name; the parameters are those of `quantile_over_time`, `predict_linear` and `holt_winters`. */
export const RANGE_FUNCTIONS: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  [
    'rate',
    (window) => {
      const total = extrapolatedRise(window, true);
      return total === undefined ? undefined : total / ((window.end - window.start) / 1000);
    },
  ],
  ['increase', (window) => extrapolatedRise(window, true)],
  ['delta', (window) => extrapolatedRise(window, false)],
  ['irate', (window) => lastChange(window, true, true)],
  ['idelta', (window) => lastChange(window, false, false)],
  [
    'changes',
    ofValues((values) => countSteps(values, (a, b) => a !== b && !(Number.isNaN(a) && Number.isNaN(b)))),
  ],
  ['resets', ofValues((values) => countSteps(values, (before, value) => value < before))],
  [
    'deriv',
    ({ times, values }) => (values.length < 2 ? undefined : regression(times, values, times[0] ?? 0).slope),
  ],
  [
    'predict_linear',
    ({ times, values }, time, seconds) => {
      if (values.length < 2) return undefined;
      const { slope, intercept } = regression(times, values, time);
      return slope * seconds + intercept;
    },
  ],
  ['avg_over_time', ofValues(meanOverTime)],
  ['sum_over_time', ofValues(preciseSum)],
  ['count_over_time', ofValues((values) => values.length)],
  ['min_over_time', ofValues((values) => extreme(values, (a, b) => a < b))],
  ['max_over_time', ofValues((values) => extreme(values, (a, b) => a > b))],
  ['stddev_over_time', ofValues((values) => Math.sqrt(varianceOverTime(values)))],
  ['stdvar_over_time', ofValues(varianceOverTime)],
  ['last_over_time', ofValues((values) => values.at(-1) ?? NaN)],
  ['present_over_time', ofValues(() => 1)],
  ['holt_winters', ({ values }, _, smoothing, trend) => smooth(values, smoothing, trend)],
  ['quantile_over_time', ({ values }, _, q) => quantile(q, values)],
]);
