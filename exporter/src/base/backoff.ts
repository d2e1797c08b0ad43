export interface Backoff {
  /** Wait before the second attempt, milliseconds; doubles with each further failure. */
  readonly initial: number;
  /** Longest wait, milliseconds. */
  readonly max: number;
}

/**
 * Milliseconds to wait after `failures` failures in a row (1 after the first): exponential, with half of it
 * at random, so that the clients of a broker that comes back do not arrive together. `random` is in [0, 1).
 */
export function backoffDelay(backoff: Backoff, failures: number, random: number): number {
  const exponent = Math.min(Math.max(failures - 1, 0), 30);
  const full = Math.min(backoff.max, backoff.initial * 2 ** exponent);
  return Math.round(full / 2 + (full / 2) * random);
}
