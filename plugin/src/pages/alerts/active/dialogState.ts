import { isFiring, isOpen, type AlertRow } from '../../../domain/alerts/alert';
import type { AlertAction } from '../../../features/alerts/list/rowMark';

/** The dialog that is open, with the alerts that it is about. */
export interface OpenDialog {
  readonly kind: AlertAction;
  readonly alerts: readonly AlertRow[];
}

/** Those of the alerts that an action can do something about. */
export function concerned(kind: AlertAction, alerts: readonly AlertRow[]): AlertRow[] {
  switch (kind) {
    case 'acknowledge':
      return alerts.filter(isOpen);
    case 'takeOver':
      return alerts.filter(({ state }) => state === 'acknowledged');
    case 'resolve':
      return alerts.filter(isFiring);
    case 'silence':
      return [...alerts];
    case 'expire':
      return alerts.filter(({ silencedBy }) => silencedBy.length > 0);
  }
}
