/** A sum that carries along what rounding loses (Kahan and Neumaier), as Prometheus' sums over time do. */
export class PreciseSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const sum = this.#sum;
    const next = sum + value;
    this.#lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    this.#sum = next;
  }

  /** Without what was lost. */
  get rough(): number {
    return this.#sum;
  }

  /** What was lost added; NaN where the sum is infinite. */
  get exact(): number {
    return this.#sum + this.#lost;
  }

  get total(): number {
    // The correction of an infinite sum is no number.
    return Number.isFinite(this.#sum) || Number.isNaN(this.#sum) ? this.exact : this.#sum;
  }
}

export function preciseSum(values: Iterable<number>): number {
  const sum = new PreciseSum();
  for (const value of values) sum.add(value);
  return sum.total;
}

/** Whether an infinite mean stays what it is whatever finite or equal value comes. */
function keepsMean(mean: number, value: number): boolean {
  if (Number.isFinite(mean) || Number.isNaN(mean)) return false;
  return mean === value || Number.isFinite(value);
}

/** Mean of values over time, in steps that stay finite near the largest numbers. */
export function meanOverTime(values: readonly number[]): number {
  const mean = new PreciseSum();
  for (const [index, value] of values.entries()) {
    const count = index + 1;
    if (!keepsMean(mean.rough, value)) mean.add(value / count - mean.rough / count);
  }
  return mean.total;
}

/** Population variance of values over time (Welford, with exact sums). */
export function varianceOverTime(values: readonly number[]): number {
  const mean = new PreciseSum();
  const squares = new PreciseSum();
  for (const [index, value] of values.entries()) {
    const delta = value - mean.exact;
    mean.add(delta / (index + 1));
    squares.add(delta * (value - mean.exact));
  }
  return squares.exact / values.length;
}

/** Mean of a group, as Prometheus' `avg` has it: step by step, without carrying anything along. */
export function meanOfGroup(values: readonly number[]): number {
  let mean = values[0] ?? NaN;
  for (const [index, value] of values.entries()) {
    const count = index + 1;
    if (index > 0 && !keepsMean(mean, value)) mean += value / count - mean / count;
  }
  return mean;
}

/** Population variance of a group; of one value it is 0 whatever it is, also when it is no number. */
export function varianceOfGroup(values: readonly number[]): number {
  let mean = values[0] ?? NaN;
  let squares = 0;
  for (const [index, value] of values.entries()) {
    if (index === 0) continue;
    const delta = value - mean;
    mean += delta / (index + 1);
    squares += delta * (value - mean);
  }
  return squares / values.length;
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
