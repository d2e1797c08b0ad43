import type { Logger } from '../../log/logger.ts';
import type { AlertStore } from '../store/store.ts';

/** What the routes of the alerts are made from. */
export interface AlertRouteDependencies {
  /** The store of the present settings; a reload replaces it. Undefined while alerts are switched off. */
  readonly store: () => AlertStore | undefined;
  readonly now: () => number;
  readonly logger: Logger;
}
