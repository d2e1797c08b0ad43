import { extrapolatedRise, lastChange, type RateWindow } from './rate.ts';
import { extreme, mean, preciseSum, quantile, regression, variance } from './sums.ts';

/** A function of one series' samples in a range; undefined: the series has no result. */
export type RangeFunction = (window: RateWindow, parameter: number, time: number) => number | undefined;

/** How many neighbours differ in that way. */
function countSteps(values: readonly number[], differs: (before: number, value: number) => boolean): number {
  return values.filter((value, index) => index > 0 && differs(values[index - 1] ?? NaN, value)).length;
}

function ofValues(compute: (values: readonly number[]) => number): RangeFunction {
  return ({ values }) => compute(values);
}

/** Functions whose result keeps the metric's name. */
export const KEEPS_NAME: ReadonlySet<string> = new Set(['last_over_time']);

/** Functions of ranges by name; the parameter is that of `quantile_over_time` or `predict_linear`. */
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
    ({ times, values }, seconds, time) => {
      if (values.length < 2) return undefined;
      const { slope, intercept } = regression(times, values, time);
      return slope * seconds + intercept;
    },
  ],
  ['avg_over_time', ofValues(mean)],
  ['sum_over_time', ofValues(preciseSum)],
  ['count_over_time', ofValues((values) => values.length)],
  ['min_over_time', ofValues((values) => extreme(values, (a, b) => a < b))],
  ['max_over_time', ofValues((values) => extreme(values, (a, b) => a > b))],
  ['stddev_over_time', ofValues((values) => Math.sqrt(variance(values)))],
  ['stdvar_over_time', ofValues(variance)],
  ['last_over_time', ofValues((values) => values.at(-1) ?? NaN)],
  ['present_over_time', ofValues(() => 1)],
  ['quantile_over_time', ({ values }, q) => quantile(q, values)],
]);
