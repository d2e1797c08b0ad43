/** Hours that are kept: seven days. */
export const HOURS_KEPT = 168;
const HOUR = 3_600_000;

/** The hour of a moment, counted from the epoch. */
export const hourOf = (at: number): number => Math.floor(at / HOUR);

/** The moment at which an hour begins, milliseconds since the epoch. */
export const startOfHour = (hour: number): number => hour * HOUR;

/**
 * The hour in which to count what happened at `at` and was read at `created`: never one that is to come; undefined
 * for one that is not kept.
 */
export function countedHour(at: number, created: number): number | undefined {
  const now = hourOf(created);
  const hour = Math.min(hourOf(at), now);
  return hour > now - HOURS_KEPT ? hour : undefined;
}

/** Counts of one hour, one for each column. */
export interface HourRow {
  readonly hour: number;
  readonly counts: readonly number[];
}

/** Counts by hour in some columns, for the newest {@link HOURS_KEPT} hours in which anything was counted. */
export interface HourCounts {
  /** Counts into an hour; one that is older than what is kept is left out. */
  add(hour: number, column: number, by?: number): void;
  /** Sum of a column over the hours from `from` to `to`, both included. */
  sum(column: number, from: number, to: number): number;
  /** Hours with any count from `from` to `to`, both included, oldest first. */
  rows(from: number, to: number): HourRow[];
}

/** `rows` are those of an earlier run. */
export function createHourCounts(columns: number, rows: readonly HourRow[] = []): HourCounts {
  const hours: number[] = [];
  const counts: number[] = [];

  /** Index of the hour's row, which is made when there is none; undefined for one that is too old. */
  function rowOf(hour: number): number | undefined {
    let index = hours.length - 1;
    if (hours[index] === hour) return index;
    while (index >= 0 && (hours[index] ?? 0) > hour) index--;
    if (index >= 0 && hours[index] === hour) return index;
    const newest = hours.at(-1);
    if (newest !== undefined && hour <= newest - HOURS_KEPT) return undefined;
    hours.splice(index + 1, 0, hour);
    counts.splice((index + 1) * columns, 0, ...Array<number>(columns).fill(0));
    let stale = 0;
    while ((hours[stale] ?? 0) <= (hours.at(-1) ?? 0) - HOURS_KEPT) stale++;
    hours.splice(0, stale);
    counts.splice(0, stale * columns);
    return index + 1 - stale;
  }

  function add(hour: number, column: number, by = 1): void {
    const row = rowOf(hour);
    if (row === undefined) return;
    const cell = row * columns + column;
    counts[cell] = (counts[cell] ?? 0) + by;
  }

  for (const row of rows)
    row.counts.slice(0, columns).forEach((count, column) => add(row.hour, column, count));

  return {
    add,
    sum: (column, from, to) => {
      let sum = 0;
      for (let row = hours.length - 1; row >= 0; row--) {
        const hour = hours[row] ?? 0;
        if (hour < from) break;
        if (hour <= to) sum += counts[row * columns + column] ?? 0;
      }
      return sum;
    },
    rows: (from, to) =>
      hours.flatMap((hour, row) =>
        hour < from || hour > to ? [] : [{ hour, counts: counts.slice(row * columns, (row + 1) * columns) }],
      ),
  };
}
