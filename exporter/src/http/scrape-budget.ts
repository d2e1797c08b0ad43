/** Seconds kept back for rendering and the way to Prometheus (contract §2). */
const OFFSET_SECONDS = 0.5;
/** Prometheus' own default, for clients that say nothing. */
const DEFAULT_TIMEOUT_SECONDS = 10;
/** Longer than any sensible scrape timeout; keeps a nonsense value from keeping a request for days. */
const LONGEST_TIMEOUT_SECONDS = 120;

/**
 * Milliseconds that a scrape waits for a collection, by the header `X-Prometheus-Scrape-Timeout-Seconds`: half a second
 * less than the timeout, but never less than half of it. What is no positive number is ignored.
 */
export function scrapeBudget(header: string | undefined): number {
  const text = header?.trim() ?? '';
  const given = /^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  const timeout = given > 0 ? Math.min(given, LONGEST_TIMEOUT_SECONDS) : DEFAULT_TIMEOUT_SECONDS;
  return Math.max(timeout - OFFSET_SECONDS, timeout / 2) * 1000;
}
