const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const COMMON = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/;
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/;
/** Numbers from here on are milliseconds: as seconds they would lie beyond the year 5000. */
const MILLISECONDS_FROM = 1e11;

/** Milliseconds since the epoch of `22/Nov/2026:23:30:32 +0100`, or null when the text is no such time. */
export function parseCommonTime(text: string): number | null {
  const match = COMMON.exec(text);
  if (match === null) return null;
  const month = MONTHS.indexOf(match[2] ?? '');
  if (month === -1) return null;
  const number = (group: number): number => Number(match[group]);
  const local = Date.UTC(number(3), month, number(1), number(4), number(5), number(6));
  const offset = (number(8) * 60 + number(9)) * 60_000;
  return match[7] === '-' ? local + offset : local - offset;
}

/** Milliseconds since the epoch of an ISO 8601 time with zone; null without one: local time of an unknown place. */
export function parseIsoTime(text: string): number | null {
  if (!ISO.test(text)) return null;
  const time = Date.parse(text.replace(',', '.'));
  return Number.isNaN(time) ? null : time;
}

/** Milliseconds since the epoch of a number of seconds or milliseconds since the epoch, or null. */
export function parseEpoch(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  return value < MILLISECONDS_FROM ? value * 1000 : value;
}
