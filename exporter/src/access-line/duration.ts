const UNITS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ns: 1e-9,
};
const WITH_UNIT = /^(?:\d{1,12}(?:\.\d{1,12})?(?:ns|us|µs|μs|ms|s|m|h)){1,4}$/;
const PART = /(\d{1,12}(?:\.\d{1,12})?)(ns|us|µs|μs|ms|s|m|h)/g;
const LONGEST = 64;

/** Seconds of a duration that says its unit, as Go prints it and traefik logs it (`1m2.5s`, `850µs`, `25ms`), or null. */
export function parseDurationWithUnit(text: string): number | null {
  if (text.length > LONGEST || !WITH_UNIT.test(text)) return null;
  let seconds = 0;
  for (const [, number, unit] of text.matchAll(PART)) seconds += Number(number) * (UNITS[unit ?? ''] ?? 0);
  return seconds;
}

/**
 * The sum of nginx' times of a request that went to several upstreams (`1.004, 0.012`; `: ` parts those of an internal
 * redirect, `-` stands for none), or null when there is no number or anything else.
 */
export function sumOfTimes(text: string): number | null {
  let sum: number | null = null;
  for (const part of text.slice(0, LONGEST * 8).split(/[,:]/)) {
    const time = part.trim();
    if (time === '-' || time === '') continue;
    const seconds = Number(time);
    if (!Number.isFinite(seconds) || seconds < 0) return null;
    sum = (sum ?? 0) + seconds;
  }
  return sum;
}

/** Seconds of a value in a unit (one of which is `unit` seconds); a text may say its own. Null where nothing says it. */
export function secondsOf(value: unknown, unit: number | null): number | null {
  if (typeof value === 'number')
    return unit !== null && Number.isFinite(value) && value >= 0 ? value * unit : null;
  if (typeof value !== 'string' || value === '') return null;
  const seconds = Number(value);
  if (Number.isNaN(seconds)) {
    const sum = unit === null ? null : sumOfTimes(value);
    return sum === null ? parseDurationWithUnit(value) : sum * (unit ?? 1);
  }
  return unit !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * unit : null;
}
