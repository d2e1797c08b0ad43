/** Samples of a window and its bounds, milliseconds since the epoch. */
export interface RateWindow {
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly start: number;
  readonly end: number;
  /** Whether the range has no beginning, as in Prometheus 3. */
  readonly leftOpen?: boolean;
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
 * would have been 0, and by half an interval where the window begins long before its first sample. Prometheus 3
 * takes the nearer of the two; 2, up to 2.50, takes the former where it is nearer than an interval and a tenth.
 * Undefined for fewer than two samples.
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
  const threshold = interval * 1.1;
  const near = (distance: number): number => (distance < threshold ? distance : interval / 2);
  const toStart = (firstTime - window.start) / 1000;
  const toZero = isCounter && result > 0 && first >= 0 ? sampled * (first / result) : Infinity;
  const before = window.leftOpen === true ? Math.min(near(toStart), toZero) : near(Math.min(toStart, toZero));
  const covered = sampled + before + near((window.end - lastTime) / 1000);
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
