import type { Logger } from '../log/logger.ts';
import { createLoop, type Loop } from './loop.ts';
import { StoreError } from '../state/sqlite/errors.ts';

/**
 * Looks at the store and does a part of what is due, at most for some milliseconds: `more` when it has to go on,
 * `told` when receivers have something new to hear.
 */
export type Policy = (now: number) => Promise<'idle' | 'told' | 'more'>;

export interface PoliciesOptions {
  readonly policies: readonly Policy[];
  readonly wake: () => void;
  readonly logger: Logger;
  readonly now: () => number;
  /** Whether this exporter does what time brings, of several that share the store. Default: it does. */
  readonly isLeader?: () => boolean;
  /** Those that each exporter has to do for itself. */
  readonly own?: readonly Policy[];
}

/** How late a policy may be, milliseconds. */
const INTERVAL = 5000;

/**
 * What has to happen as time passes, without anybody's doing: runs the policies at the start, every five seconds and
 * when woken. A store that fails is tried again.
 */
export function createPolicies(options: PoliciesOptions): Loop {
  const { policies, wake, logger, now, isLeader = () => true, own = [] } = options;
  let failure: string | undefined;

  async function run(): Promise<number> {
    try {
      const results: Awaited<ReturnType<Policy>>[] = [];
      for (const policy of isLeader() ? [...policies, ...own] : own) results.push(await policy(now()));
      failure = undefined;
      if (results.some((result) => result !== 'idle')) wake();
      // The event loop breathes in between.
      return results.includes('more') ? 0 : INTERVAL;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (failure !== error.message)
        logger.error(
          { error: error.message },
          'maintenance windows and escalation cannot be looked after; it is tried again',
        );
      failure = error.message;
      return INTERVAL;
    }
  }

  return createLoop({
    name: 'maintenance and escalation',
    logger,
    turn: run,
  });
}
