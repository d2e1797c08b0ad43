import type { RangeSeries } from '../../api/prometheusShapes';

/** The points with a null wherever samples are missing, so that a gap is not painted as data. `step` in milliseconds. */
export function withGaps(
  { times, values }: Pick<RangeSeries, 'times' | 'values'>,
  step: number,
): { readonly times: number[]; readonly values: (number | null)[] } {
  const result: { times: number[]; values: (number | null)[] } = { times: [], values: [] };
  times.forEach((time, index) => {
    const before = times[index - 1];
    if (before !== undefined && time - before > 1.5 * step) {
      result.times.push(before + step);
      result.values.push(null);
    }
    result.times.push(time);
    result.values.push(values[index] ?? null);
  });
  return result;
}
