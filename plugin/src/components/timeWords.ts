import { dateTimeFormat, timeZoneAbbrevation } from '@grafana/data';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long, as short as a table needs it: `8 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. Milliseconds; never negative. */
export function durationWords(ms: number): string {
  const time = Math.max(0, ms);
  if (time < MINUTE) return `${Math.floor(time / SECOND)} s`;
  if (time < HOUR) return `${Math.floor(time / MINUTE)} min`;
  if (time < DAY) return twoUnits(Math.floor(time / HOUR), 'h', Math.floor((time % HOUR) / MINUTE), 'min');
  return twoUnits(Math.floor(time / DAY), 'd', Math.floor((time % DAY) / HOUR), 'h');
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** The time of day; with the date when it is not the day of `now`. Milliseconds since the epoch. */
export function clockWords(at: number, now: number, timeZone: string): string {
  const day = (time: number): string => dateTimeFormat(time, { format: 'YYYY-MM-DD', timeZone });
  const format = day(at) === day(now) ? 'HH:mm' : 'YYYY-MM-DD HH:mm';
  return dateTimeFormat(at, { format, timeZone });
}

/** The full time with its zone. */
export function fullTime(at: number, timeZone: string): string {
  return `${dateTimeFormat(at, { format: 'YYYY-MM-DD HH:mm:ss', timeZone })} ${timeZoneAbbrevation(at, { timeZone })}`;
}
