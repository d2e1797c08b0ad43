/** Samples of a window and its bounds, milliseconds since the epoch. */
export interface RateWindow {
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** How much it rose (or changed, for a gauge) between the first and the last sample; resets begin at 0. */
function rise(values: readonly number[], isCounter: boolean): number {
  let total = (values.at(-1) ?? NaN) - (values[0] ?? NaN);
  if (!isCounter) return total;
  let previous = values[0] ?? NaN;
  for (const value of values) {
    if (value < previous) total += previous;
    previous = value;
  }
  return total;
}

/**
 * The rise over the whole window, extrapolated to its bounds as Prometheus does: at most to where a counter
 * would have been 0, and by half an interval where the window begins long before its first sample. Undefined
 * for fewer than two samples.
 */
export function extrapolatedRise(window: RateWindow, isCounter: boolean): number | undefined {
  const { times, values } = window;
  const [firstTime] = times;
  const [first] = values;
  const lastTime = times.at(-1);
  if (times.length < 2 || firstTime === undefined || lastTime === undefined || first === undefined)
    return undefined;
  const result = rise(values, isCounter);
  const sampled = (lastTime - firstTime) / 1000;
  const interval = sampled / (times.length - 1);
  let toStart = (firstTime - window.start) / 1000;
  const toEnd = (window.end - lastTime) / 1000;
  if (isCounter && result > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / result));
  const threshold = interval * 1.1;
  const covered =
    sampled + (toStart < threshold ? toStart : interval / 2) + (toEnd < threshold ? toEnd : interval / 2);
  return result * (covered / sampled);
}

/** The change (per second for a rate) between the last two samples; undefined without two of them. */
export function lastChange(
  { times, values }: RateWindow,
  isCounter: boolean,
  perSecond: boolean,
): number | undefined {
  const [before, last] = values.slice(-2);
  const [beforeTime, lastTime] = times.slice(-2);
  if (before === undefined || last === undefined || beforeTime === undefined || lastTime === undefined)
    return undefined;
  if (lastTime === beforeTime) return undefined;
  const change = isCounter && last < before ? last : last - before;
  return perSecond ? change / ((lastTime - beforeTime) / 1000) : change;
}
