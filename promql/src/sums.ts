/** The sum of the values, with what rounding loses carried along (Kahan and Neumaier, as Prometheus does). */
export function preciseSum(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  // The correction of an infinite sum is no number.
  return Number.isFinite(sum) ? sum + lost : sum;
}

export function mean(values: readonly number[]): number {
  return preciseSum(values) / values.length;
}

/** Population variance. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return preciseSum(values.map((value) => (value - middle) ** 2)) / values.length;
}

/** The largest (or smallest) value; NaN only where there is nothing else. */
export function extreme(values: readonly number[], isBetter: (a: number, b: number) => boolean): number {
  return values.reduce((best, value) => (Number.isNaN(best) || isBetter(value, best) ? value : best));
}

/** The quantile of the values, between neighbours in proportion; infinite outside 0 to 1. */
export function quantile(q: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const sorted = values.toSorted((a, b) =>
    Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : Number.isNaN(b) ? 1 : a - b,
  );
  const rank = q * (sorted.length - 1);
  const lower = Math.floor(rank);
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - lower;
  return (sorted[lower] ?? NaN) * (1 - weight) + (sorted[upper] ?? NaN) * weight;
}

/** Slope per second and value at `at` of the line through the samples (least squares). Times in milliseconds. */
export function regression(
  times: readonly number[],
  values: readonly number[],
  at: number,
): { readonly slope: number; readonly intercept: number } {
  const [first = NaN] = values;
  if (Number.isFinite(first) && values.every((value) => value === first))
    return { slope: 0, intercept: first };
  const count = times.length;
  const seconds = times.map((time) => (time - at) / 1000);
  const sumX = preciseSum(seconds);
  const sumY = preciseSum(values);
  const covariance =
    preciseSum(seconds.map((x, index) => x * (values[index] ?? NaN))) - (sumX * sumY) / count;
  const spread = preciseSum(seconds.map((x) => x * x)) - (sumX * sumX) / count;
  const slope = covariance / spread;
  return { slope, intercept: sumY / count - (slope * sumX) / count };
}
