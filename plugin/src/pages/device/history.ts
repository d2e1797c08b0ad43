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
