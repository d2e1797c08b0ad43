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

/** The time of day; with the date when it is not that of `now`, with the year when it is not this one. Milliseconds. */
export function clockWords(at: number, now: number, timeZone: string): string {
  const words = (time: number, format: string): string => dateTimeFormat(time, { format, timeZone });
  if (words(at, 'YYYY') !== words(now, 'YYYY')) return words(at, 'YYYY-MM-DD HH:mm');
  return words(at, words(at, 'MM-DD') === words(now, 'MM-DD') ? 'HH:mm' : 'MM-DD HH:mm');
}

/** The full time with its zone. */
export function fullTime(at: number, timeZone: string): string {
  return `${dateTimeFormat(at, { format: 'YYYY-MM-DD HH:mm:ss', timeZone })} ${timeZoneAbbrevation(at, { timeZone })}`;
}
