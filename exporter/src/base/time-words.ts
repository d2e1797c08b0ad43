const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration of milliseconds for people: `8 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. Negative counts as none. */
export function formatDuration(milliseconds: number): string {
  const total = Math.max(0, milliseconds);
  if (total < MINUTE) return `${Math.floor(total / SECOND)} s`;
  if (total < HOUR) return `${Math.floor(total / MINUTE)} min`;
  const [unit, big, part, small] = total < DAY ? [HOUR, 'h', MINUTE, 'min'] : [DAY, 'd', HOUR, 'h'];
  const rest = Math.floor((total % unit) / part);
  const whole = `${Math.floor(total / unit)} ${big}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}

/** A moment for people, in UTC: the time of day, with the date when it is not within the last day of `now`. */
export function formatClock(at: number, now: number): string {
  const iso = new Date(at).toISOString();
  const clock = `${iso.slice(11, 16)} UTC`;
  return Math.abs(now - at) < DAY ? clock : `${iso.slice(0, 10)} ${clock}`;
}

/** The moment in ISO 8601, or null. */
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
