const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in milliseconds in its two largest units at most: `8 s`, `12 min`, `3 h 5 min`, `4 d 2 h`. Negative counts as none. */
export function formatDuration(milliseconds: number): string {
  const time = Math.max(0, milliseconds);
  if (time < MINUTE) return `${Math.floor(time / SECOND)} s`;
  if (time < HOUR) return `${Math.floor(time / MINUTE)} min`;
  if (time < DAY) return withRest(Math.floor(time / HOUR), 'h', Math.floor((time % HOUR) / MINUTE), 'min');
  return withRest(Math.floor(time / DAY), 'd', Math.floor((time % DAY) / HOUR), 'h');
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 || whole >= 10 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;
}
