import type { CollectContext } from '../../src/collectors/collector.ts';

/** What an attempt of `timeout` milliseconds may use, for a test that calls a collector without the runner. */
export function attemptContext(
  timeout: number,
  signal: AbortSignal = new AbortController().signal,
): CollectContext {
  const end = performance.now() + timeout;
  return { signal, left: () => Math.floor(end - performance.now()) };
}
