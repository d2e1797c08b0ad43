import type { Logger } from '../log/logger.ts';
import { StoreError } from './store/errors.ts';

/**
 * Looks at the store and does a part of what is due, at most for some milliseconds: `more` when it has to go on,
 * `told` when receivers have something new to hear.
 */
export type Policy = (now: number) => 'idle' | 'told' | 'more';

/** What has to happen as time passes, without anybody's doing. */
export interface Policies {
  start(): void;
  /** Looks now: something has changed. */
  run(): void;
  stop(): void;
}

export interface PoliciesOptions {
  readonly policies: readonly Policy[];
  readonly wake: () => void;
  readonly logger: Logger;
  readonly now: () => number;
}

/** How late a policy may be, milliseconds. */
const INTERVAL = 5000;

/** Runs the policies at the start, every five seconds and when asked. A store that fails is tried again. */
export function createPolicies({ policies, wake, logger, now }: PoliciesOptions): Policies {
  let timer: NodeJS.Timeout | undefined;
  let again: NodeJS.Immediate | undefined;
  let failure: string | undefined;

  function run(): void {
    clearImmediate(again);
    try {
      const results = policies.map((policy) => policy(now()));
      failure = undefined;
      if (results.some((result) => result !== 'idle')) wake();
      // The event loop breathes in between.
      if (results.includes('more')) again = setImmediate(run);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (failure !== error.message)
        logger.error(
          { error: error.message },
          'maintenance windows and escalation cannot be looked after; it is tried again',
        );
      failure = error.message;
    }
  }

  return {
    run,
    start: () => {
      run();
      timer = setInterval(run, INTERVAL).unref();
    },
    stop: () => {
      clearInterval(timer);
      clearImmediate(again);
    },
  };
}
