import { messageOf } from '../../base/errors.ts';
import { type Ask, NoTimeLeft } from './ask.ts';
import type { Endpoint } from './endpoints.ts';

/** What came of a part in one attempt. */
export type PartResult<T> =
  | { readonly kind: 'value'; readonly value: T; readonly at: number }
  | { readonly kind: 'error'; readonly error: string; readonly at: number }
  | { readonly kind: 'not asked'; readonly reason: 'cached' | 'no time' };

/** One document of the API that is asked for at its own pace and may fail without harm to the others. */
export interface Part<T> {
  readonly endpoint: Endpoint;
  /** Asks when it is due, or in any case with `force`. Never rejects. */
  read(ask: Ask, now: number, force?: boolean): Promise<PartResult<T>>;
  /** Remembers a result; one that is not accepted leaves no trace. */
  accept(result: PartResult<T>): void;
  /** The last value, unless the endpoint has been failing for longer than it is kept. */
  current(now: number): T | undefined;
  /** The error of the last answer; undefined after a success or before the first answer. */
  readonly error: string | undefined;
  /** True once there was an answer or a failure. */
  readonly asked: boolean;
  /** Asks again at the next attempt, whatever the interval. */
  expire(): void;
}

export interface PartOptions<T> {
  readonly endpoint: Endpoint;
  /** Milliseconds between two requests, successful or not; 0 asks at every attempt. */
  readonly interval: number;
  /** How long the last value stays while the endpoint fails, milliseconds. */
  readonly keepFor: number;
  readonly read: (ask: Ask, now: number) => Promise<T>;
}

export function createPart<T>(options: PartOptions<T>): Part<T> {
  let value: { readonly value: T; readonly at: number } | undefined;
  let error: string | undefined;
  let dueAt = 0;
  let asked = false;

  return {
    endpoint: options.endpoint,
    get error() {
      return error;
    },
    get asked() {
      return asked;
    },
    read: async (ask, now, force = false) => {
      if (now < dueAt && !force) return { kind: 'not asked', reason: 'cached' };
      try {
        return { kind: 'value', value: await options.read(ask, now), at: now };
      } catch (reason) {
        if (reason instanceof NoTimeLeft) return { kind: 'not asked', reason: 'no time' };
        return { kind: 'error', error: messageOf(reason), at: now };
      }
    },
    accept: (result) => {
      if (result.kind === 'not asked') return;
      asked = true;
      dueAt = result.at + options.interval;
      error = result.kind === 'error' ? result.error : undefined;
      if (result.kind === 'value') value = result;
    },
    current: (now) => {
      if (value === undefined) return undefined;
      return error !== undefined && now - value.at > options.keepFor ? undefined : value.value;
    },
    expire: () => {
      dueAt = 0;
    },
  };
}
