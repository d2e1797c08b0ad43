import type { Logger } from '../../log/logger.ts';
import type { Deliveries } from '../delivery/delivery.ts';
import type { AlertStore } from '../store/store.ts';

/** What the routes of the alerts are made from. */
export interface AlertRouteDependencies {
  /** The store of the present settings; a reload replaces it. Undefined while alerts are switched off. */
  readonly store: () => AlertStore | undefined;
  /** The outbox and its receivers, likewise. */
  readonly delivery: () => Deliveries | undefined;
  readonly now: () => number;
  readonly logger: Logger;
}
