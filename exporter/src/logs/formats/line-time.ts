import type { LineTime } from './format.ts';

/** A time in a line, and where the line goes on behind it. */
export interface FoundTime {
  readonly time: LineTime;
  readonly end: number;
}

const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONTHS = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, index) => [
    name,
    index + 1,
  ]),
);
const MOST_FRACTION_DIGITS = 9;
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** Whether a code, of `charCodeAt`, is that of a digit. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The number that `count` digits at an index are; -1 where one of them is none. */
export function digitsAt(text: string, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index++) {
    const code = text.charCodeAt(index);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - 0x30;
  }
  return value;
}

/** The number of a month by its English abbreviation, 1 to 12; 0 for anything else. */
export function monthAt(text: string, start: number): number {
  return MONTHS.get(text.slice(start, start + 3)) ?? 0;
}

let lastDay = -1;
let lastMidnight = 0;

/** Milliseconds since the epoch of midnight UTC, or NaN for a day that is none. Lines come day by day: the last is kept. */
export function midnight(year: number, month: number, day: number): number {
  if (year < 1000 || day < 1 || day > (MONTH_DAYS[month - 1] ?? 0)) return NaN;
  const key = (year * 16 + month) * 32 + day;
  if (key === lastDay) return lastMidnight;
  const at = Date.UTC(year, month - 1, day);
  if (new Date(at).getUTCDate() !== day) return NaN;
  lastDay = key;
  lastMidnight = at;
  return at;
}

/** Milliseconds of `23:58:24` at an index, or NaN. A leap second counts into the next minute. */
export function clockAt(text: string, start: number): number {
  if (text.charCodeAt(start + 2) !== 0x3a || text.charCodeAt(start + 5) !== 0x3a) return NaN;
  const hour = digitsAt(text, start, 2);
  const minute = digitsAt(text, start + 3, 2);
  const second = digitsAt(text, start + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return NaN;
  return (hour * 3600 + minute * 60 + second) * 1000;
}

/** How many characters a zone has that stands at an index (`Z`, `+02`, `-0530`, `+01:00`); 0 where none does. */
function zoneLength(text: string, start: number): number {
  const sign = text.charCodeAt(start);
  if (sign === 0x5a) return 1;
  if (sign !== 0x2b && sign !== 0x2d) return 0;
  const hours = digitsAt(text, start + 1, 2);
  if (hours < 0 || hours > 18) return 0;
  const colon = text.charCodeAt(start + 3) === 0x3a ? 1 : 0;
  const minutes = digitsAt(text, start + 3 + colon, 2);
  return minutes < 0 || minutes > 59 ? 3 : 5 + colon;
}

/** Milliseconds that a zone of so many characters is ahead of UTC. */
function zoneOffset(text: string, start: number, length: number): number {
  if (length < 3) return 0;
  const minutes = length === 3 ? 0 : digitsAt(text, start + length - 2, 2);
  const offset = (digitsAt(text, start + 1, 2) * 60 + minutes) * 60_000;
  return text.charCodeAt(start) === 0x2d ? -offset : offset;
}

/** How many characters the fraction of a second at an index has, with its `.` or `,`; 0 where none stands. */
export function fractionLength(text: string, start: number): number {
  const mark = text.charCodeAt(start);
  if (mark !== 0x2e && mark !== 0x2c) return 0;
  let end = start + 1;
  while (isDigit(text.charCodeAt(end))) end++;
  return end === start + 1 ? 0 : end - start;
}

/** Milliseconds of the fraction of so many characters at an index; digits beyond nanoseconds are passed over. */
export function fractionOf(text: string, start: number, length: number): number {
  const digits = Math.min(length - 1, MOST_FRACTION_DIGITS);
  return digits < 1 ? 0 : (digitsAt(text, start + 1, digits) * 1000) / (POWERS[digits] ?? 1);
}

/** Reads `2026-11-22T23:58:24`, with a blank for the T, a fraction or a zone as they come; undefined for anything else. */
export function isoTimeAt(text: string, start: number): FoundTime | undefined {
  if (text.charCodeAt(start + 4) !== 0x2d || text.charCodeAt(start + 7) !== 0x2d) return undefined;
  const separator = text.charCodeAt(start + 10);
  if (separator !== 0x20 && separator !== 0x54) return undefined;
  const day = midnight(digitsAt(text, start, 4), digitsAt(text, start + 5, 2), digitsAt(text, start + 8, 2));
  const clock = day + clockAt(text, start + 11);
  if (Number.isNaN(clock)) return undefined;
  const fraction = fractionLength(text, start + 19);
  const end = start + 19 + fraction;
  const at = clock + fractionOf(text, start + 19, fraction);
  const zone = zoneLength(text, end);
  if (zone === 0) return { time: { at, zoned: false }, end };
  return { time: { at: at - zoneOffset(text, end, zone), zoned: true }, end: end + zone };
}

/** The whole text as an ISO 8601 time; undefined for anything else. */
export function isoTime(text: string): LineTime | undefined {
  const found = isoTimeAt(text, 0);
  return found?.end === text.length ? found.time : undefined;
}

const [MILLISECONDS_FROM, MICROSECONDS_FROM, NANOSECONDS_FROM] = [1e11, 1e14, 1e17];

/** A number of seconds since the epoch, or of milli-, micro- or nanoseconds: told by its size. Undefined for none. */
export function epochTime(value: number): LineTime | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  if (value < MILLISECONDS_FROM) return { at: value * 1000, zoned: true };
  if (value < MICROSECONDS_FROM) return { at: value, zoned: true };
  if (value < NANOSECONDS_FROM) return { at: value / 1000, zoned: true };
  return value < NANOSECONDS_FROM * 1000 ? { at: value / 1e6, zoned: true } : undefined;
}

/** Days are those of a leap year, so that every day of a calendar can be told. */
const YEARLESS = 1972;

/** Reads syslog's `Nov 22 23:58:24` (a blank for the first digit of the day), which says no year and no zone. */
export function yearlessTimeAt(text: string, start: number): FoundTime | undefined {
  const month = monthAt(text, start);
  if (month === 0 || text.charCodeAt(start + 3) !== 0x20) return undefined;
  const blank = text.charCodeAt(start + 4) === 0x20;
  const day = blank ? digitsAt(text, start + 5, 1) : digitsAt(text, start + 4, 2);
  if (text.charCodeAt(start + 6) !== 0x20) return undefined;
  const at = midnight(YEARLESS, month, day) + clockAt(text, start + 7);
  if (Number.isNaN(at)) return undefined;
  const end = start + 15;
  const fraction = fractionLength(text, end);
  const time = { at: at + fractionOf(text, end, fraction), zoned: false, yearless: true };
  return { time, end: end + fraction };
}
