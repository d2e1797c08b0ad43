import type { Logger } from '../../log/logger.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { Policy } from '../policies.ts';
import type { Maintenance } from './maintenance.ts';

/**
 * A policy: holds what is pending when a window begins and lets it go when it ends, a page of alerts at a time.
 * What is raised meanwhile is held by the outbox itself.
 */
export function createHoldPolicy(
  maintenance: Pick<Maintenance, 'stateKey'>,
  outbox: Pick<Outbox, 'hold'>,
  logger: Logger,
): Policy {
  let key: string | undefined;
  /** Where the next page begins; undefined when all is done for the key. */
  let next: number | undefined;
  let changed = { held: 0, released: 0 };
  return async (now) => {
    const current = await maintenance.stateKey(now);
    if (current !== key) {
      next = 0;
      changed = { held: 0, released: 0 };
    }
    key = current;
    if (next === undefined) return 'idle';
    const { held, released, last } = await outbox.hold(now, next);
    next = last;
    changed = { held: changed.held + held, released: changed.released + released };
    if (last === undefined && changed.held + changed.released > 0)
      logger.info(changed, 'maintenance: receivers wait for some alerts, or hear of them now');
    if (last !== undefined) return 'more';
    return changed.released > 0 ? 'told' : 'idle';
  };
}
