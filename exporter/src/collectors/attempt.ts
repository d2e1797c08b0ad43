import { messageOf } from '../base/errors.ts';
import type { CollectContext, Collector, Commit } from './collector.ts';
import { rejectsOnAbort } from '../base/deadline.ts';

/** How one attempt ended. */
export type Outcome =
  | { readonly ok: true; readonly durationSeconds: number }
  | { readonly ok: false; readonly durationSeconds: number; readonly error: string };

export interface Attempt {
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  /** Resolves when the collector has let go, which is after the outcome when it ignores its signal. Never rejects. */
  readonly settled: Promise<void>;
  /** Ends the attempt as a failure for this reason. */
  cancel(reason: Error): void;
}

async function begin(collector: Collector, context: CollectContext): Promise<Commit> {
  return collector.collect(context);
}

/**
 * Makes one attempt of a collector within `timeout` milliseconds. A late or failed attempt changes nothing
 * that a scrape can see; its signal is aborted so that it frees its connection. Nothing outlives the attempt:
 * its signal depends on no other one.
 */
export function attempt(collector: Collector, timeout: number): Attempt {
  const abort = new AbortController();
  const start = performance.now();
  const elapsed = (): number => performance.now() - start;
  const gathering = begin(collector, { signal: abort.signal, left: () => Math.floor(timeout - elapsed()) });
  const finish = async (): Promise<Outcome> => {
    const late = new Error(`no answer from ${collector.target} within ${timeout} ms`);
    const timer = setTimeout(() => abort.abort(late), timeout);
    try {
      const commit = await Promise.race([gathering, rejectsOnAbort(abort.signal)]);
      commit();
      return { ok: true, durationSeconds: elapsed() / 1000 };
    } catch (error) {
      abort.abort(error);
      return { ok: false, durationSeconds: elapsed() / 1000, error: messageOf(error) };
    } finally {
      clearTimeout(timer);
    }
  };
  const settled = gathering.then(
    () => undefined,
    () => undefined,
  );
  return { outcome: finish(), settled, cancel: (reason) => abort.abort(reason) };
}
