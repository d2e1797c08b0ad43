import type { Logger } from '../../log/logger.ts';
import type { Deliveries } from '../delivery/delivery.ts';
import type { Maintenance } from '../maintenance/maintenance.ts';
import type { RuleView } from '../rules/rule-view.ts';
import type { AlertStore } from '../store/store.ts';

/** What the routes of the alerts are made from. */
export interface AlertRouteDependencies {
  /** The store of the present settings; a reload replaces it. Undefined while alerts are switched off. */
  readonly store: () => AlertStore | undefined;
  /** The outbox and its receivers, likewise. */
  readonly delivery: () => Deliveries | undefined;
  /** The maintenance windows, likewise. */
  readonly maintenance: () => Maintenance | undefined;
  /** The rules that the exporter evaluates itself; left out or undefined where it evaluates none. */
  readonly rules?: () => readonly RuleView[] | undefined;
  readonly now: () => number;
  readonly logger: Logger;
}
