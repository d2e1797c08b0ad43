import { STATUS_CODES } from '../../domain/fleet/deviceStatus';
import type { RangeSeries } from '../../api/prometheusShapes';

/** What a status history says in numbers. */
export interface HistoryFacts {
  /** Share of the known time that the device was online, 0 to 1; undefined when nothing is known. */
  readonly online: number | undefined;
  /** How often the status changed. */
  readonly changes: number;
}

/** Shares and changes of samples taken at even steps. */
export function historyFacts({ values }: Pick<RangeSeries, 'values'>): HistoryFacts {
  let online = 0;
  let changes = 0;
  values.forEach((value, index) => {
    if (value === STATUS_CODES.online) online += 1;
    if (index > 0 && value !== values[index - 1]) changes += 1;
  });
  return { online: values.length === 0 ? undefined : online / values.length, changes };
}

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
