import { dateTimeAsMoment, dateTimeForTimeZone, systemDateFormats, timeZoneAbbrevation } from '@grafana/data';
import { grafanaLanguage, numberWords } from '../words/numbers';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long, as short as a table needs it: `8 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. Milliseconds; never negative. */
export function durationWords(ms: number): string {
  const time = Math.max(0, ms);
  if (time < MINUTE) return `${numberWords(Math.floor(time / SECOND))} s`;
  if (time < HOUR) return `${numberWords(Math.floor(time / MINUTE))} min`;
  if (time < DAY) return twoUnits(Math.floor(time / HOUR), 'h', Math.floor((time % HOUR) / MINUTE), 'min');
  return twoUnits(Math.floor(time / DAY), 'd', Math.floor((time % DAY) / HOUR), 'h');
}

/** A length of work: `340 ms`, `1.5 s`, then as `durationWords`. Seconds. */
export function workWords(seconds: number): string {
  if (seconds < 1) return `${numberWords(Math.round(seconds * 1000))} ms`;
  if (seconds >= 60) return durationWords(seconds * 1000);
  return `${numberWords(seconds, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${numberWords(large)} ${largeUnit}`;
  return small === 0 ? first : `${first} ${numberWords(small)} ${smallUnit}`;
}

/**
 * The moment in Grafana's language. Grafana itself tells the library of dates the browser's language, and with it its
 * digits; one whose words are not loaded is English.
 */
function momentAt(at: number, timeZone: string) {
  const language = grafanaLanguage().toLowerCase();
  const moment = dateTimeAsMoment(dateTimeForTimeZone(timeZone, at)).locale(language);
  return moment.locale().split('-')[0] === language.split('-')[0] ? moment : moment.locale('en');
}

/**
 * The time of day; with the date when it is not that of `now`, in full when the year is another, all in the formats
 * of Grafana's `date_formats`. Milliseconds.
 */
export function clockWords(at: number, now: number, timeZone: string): string {
  const { interval, fullDate } = systemDateFormats;
  const moment = momentAt(at, timeZone);
  const present = momentAt(now, timeZone);
  if (moment.format('YYYY') !== present.format('YYYY')) return moment.format(fullDate);
  return moment.format(moment.format('MM-DD') === present.format('MM-DD') ? interval.minute : interval.hour);
}

/** The time of day to the millisecond, as lines need it; with the date when it is not that of `now`. Milliseconds. */
export function preciseWords(at: number, now: number, timeZone: string): string {
  const { interval, fullDate } = systemDateFormats;
  const moment = momentAt(at, timeZone);
  const present = momentAt(now, timeZone);
  // Grafana's settings have no format with milliseconds.
  const precise = (format: string): string => moment.format(format.replace('ss', 'ss.SSS'));
  if (moment.format('YYYY') !== present.format('YYYY')) return precise(fullDate);
  const isToday = moment.format('MM-DD') === present.format('MM-DD');
  return precise(isToday ? interval.second : `${interval.day} ${interval.second}`);
}

/** The full time with its zone. */
export function fullTime(at: number, timeZone: string): string {
  return `${momentAt(at, timeZone).format(systemDateFormats.fullDate)} ${timeZoneAbbrevation(at, { timeZone })}`;
}

/** The moment in one of Grafana's formats of dates. Milliseconds. */
export function formatWords(at: number, format: string, timeZone: string): string {
  return momentAt(at, timeZone).format(format);
}
