import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';

/** The attempt's time is up: nothing was asked, so nothing is known. */
export class NoTimeLeft extends Error {}

/** What came of a part in one attempt; `at` is when it was asked, monotonic milliseconds. */
export type PartResult<T> =
  | { readonly kind: 'value'; readonly value: T; readonly at: number; readonly took: number }
  | { readonly kind: 'error'; readonly error: string; readonly at: number; readonly took: number }
  | { readonly kind: 'not asked'; readonly reason: 'cached' | 'no time' };

/** One part of a source that is asked for at its own pace and may fail without harm to the others. */
export interface Part<S, T> {
  /** Asks when it is due, or in any case with `force`. Never rejects. */
  read(source: S, force?: boolean): Promise<PartResult<T>>;
  /** Remembers a result; one that is not accepted leaves no trace. */
  accept(result: PartResult<T>): void;
  /** The last value, unless the part has been failing for longer than it is kept. */
  current(): T | undefined;
  /** The error of the last answer; undefined after a success or before the first answer. */
  readonly error: string | undefined;
  /** True once there was an answer or a failure. */
  readonly asked: boolean;
  /** Asks again at the next attempt, whatever the interval. */
  expire(): void;
}

export interface PartOptions<S, T> {
  /** Milliseconds between two requests, successful or not; 0 asks at every attempt. */
  readonly interval: number;
  /** The interval is at least so many times as long as the last request took, so that a slow part asks less often. */
  readonly relief?: number;
  /** How long the last value stays while the part fails, milliseconds. */
  readonly keepFor: number;
  readonly clock: Clock;
  /** Rejects with NoTimeLeft when nothing was asked. */
  readonly read: (source: S) => Promise<T>;
}

export function createPart<S, T>(options: PartOptions<S, T>): Part<S, T> {
  const { clock, relief = 0 } = options;
  let value: { readonly value: T; readonly at: number } | undefined;
  let error: string | undefined;
  let dueAt = -Infinity;
  let asked = false;

  return {
    get error() {
      return error;
    },
    get asked() {
      return asked;
    },
    read: async (source, force = false) => {
      const at = clock.monotonic();
      if (at < dueAt && !force) return { kind: 'not asked', reason: 'cached' };
      const begun = performance.now();
      const took = (): number => performance.now() - begun;
      try {
        return { kind: 'value', value: await options.read(source), at, took: took() };
      } catch (reason) {
        if (reason instanceof NoTimeLeft) return { kind: 'not asked', reason: 'no time' };
        return { kind: 'error', error: messageOf(reason), at, took: took() };
      }
    },
    accept: (result) => {
      if (result.kind === 'not asked') return;
      asked = true;
      dueAt = result.at + Math.max(options.interval, result.took * relief);
      error = result.kind === 'error' ? result.error : undefined;
      if (result.kind === 'value') value = result;
    },
    current: () => {
      if (value === undefined) return undefined;
      const tooOld = error !== undefined && clock.monotonic() - value.at > options.keepFor;
      return tooOld ? undefined : value.value;
    },
    expire: () => {
      dueAt = -Infinity;
    },
  };
}
