const FIRST = 1000;
const LONGEST = 300_000;

/**
 * Whole milliseconds before the next attempt after `attempts` failed ones: doubling from one second to five minutes,
 * of which a random half is taken off so that receivers that come back are not met by all at once. What the
 * receiver asked for is the least.
 */
export function nextAttempt(attempts: number, random: number, retryAfter = 0): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(attempts - 1, 20));
  return Math.ceil(Math.max(retryAfter, full * (0.5 + random / 2)));
}
