import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../base/errors.ts';
import type { CollectContext, Collector, Commit } from './collector.ts';

/** How one attempt ended. */
export type Outcome =
  | { readonly ok: true; readonly durationSeconds: number }
  | { readonly ok: false; readonly durationSeconds: number; readonly error: string };

export interface Attempt {
  readonly outcome: Promise<Outcome>;
  /** Resolves when the collector has let go, which is after the outcome when it ignores its signal. Never rejects. */
  readonly settled: Promise<void>;
}

async function begin(collector: Collector, context: CollectContext): Promise<Commit> {
  return collector.collect(context);
}

/** The commit, or undefined when `timeout` milliseconds passed first. Rejects with what the collector threw, or when the exporter stops. */
async function inTime(
  gathering: Promise<Commit>,
  timeout: number,
  stopping: AbortSignal,
): Promise<Commit | undefined> {
  const timer = new AbortController();
  const signal = AbortSignal.any([timer.signal, stopping]);
  try {
    return await Promise.race([gathering, delay(timeout, undefined, { signal })]);
  } finally {
    timer.abort();
  }
}

/**
 * Makes one attempt of a collector within `timeout` milliseconds. A late or failed attempt changes nothing
 * that a scrape can see; its signal is aborted so that it frees its connection.
 */
export function attempt(collector: Collector, timeout: number, stopping: AbortSignal): Attempt {
  const abort = new AbortController();
  const start = performance.now();
  const gathering = begin(collector, {
    signal: AbortSignal.any([abort.signal, stopping]),
    deadline: Date.now() + timeout,
  });
  const finish = async (): Promise<Outcome> => {
    try {
      const commit = await inTime(gathering, timeout, stopping);
      if (commit === undefined) throw new Error(`no answer from ${collector.target} within ${timeout} ms`);
      commit();
      return { ok: true, durationSeconds: (performance.now() - start) / 1000 };
    } catch (error) {
      abort.abort(error);
      return { ok: false, durationSeconds: (performance.now() - start) / 1000, error: messageOf(error) };
    }
  };
  const settled = gathering.then(
    () => undefined,
    () => undefined,
  );
  return { outcome: finish(), settled };
}
