import { dateTimeParse } from '@grafana/data';

/** Above this a number can only be milliseconds: as seconds it would lie beyond the year 5000. */
const MILLISECONDS_FROM = 1e11;

/** Smaller numbers, as seconds before 1990, are durations or counts and no moments. */
const SECONDS_FROM = 631_152_000;

/** Milliseconds since the epoch of a cell: milliseconds or seconds as a number, or a date as text; null for anything else. */
export function momentOf(value: unknown): number | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < SECONDS_FROM) return null;
    return value >= MILLISECONDS_FROM ? value : value * 1000;
  }
  if (value instanceof Date) return momentOf(value.getTime());
  if (typeof value !== 'string' || value === '') return null;
  const asNumber = Number(value);
  if (Number.isFinite(asNumber)) return momentOf(asNumber);
  const parsed = dateTimeParse(value);
  return parsed.isValid() ? parsed.valueOf() : null;
}
