import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import { createLoop, type Loop } from '../loop.ts';
import type { AlertStore } from './store.ts';

export interface PruningOptions {
  readonly store: Pick<AlertStore, 'prune'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether this exporter does it, of several that share the store. */
  readonly isLeader: () => boolean;
}

/** How often history is pruned, milliseconds. */
const INTERVAL = 600_000;

/** Shortens the history from time to time. */
export function createPruning({ store, clock, logger, isLeader }: PruningOptions): Loop {
  let isFirst = true;
  async function prune(): Promise<void> {
    try {
      const removed = await store.prune(clock.wall());
      if (removed > 0) logger.debug({ removed }, 'old alerts left the history');
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      logger.warn({ error: error.message }, 'the alert history could not be shortened; it is tried again');
    }
  }
  return createLoop({
    name: 'shortening the alert history',
    logger,
    turn: async () => {
      // Settings that are taken back at once must not have cost anything.
      if (!isFirst && isLeader()) await prune();
      isFirst = false;
      return INTERVAL;
    },
  });
}
