import type { AlertClients } from '../../../api/clients';
import type { AlertRow } from '../../../domain/alerts/alert';
import { acknowledgeAlerts, type ActionOutcome } from './actions';
import { annotateAcknowledged } from './annotate';

/** Ways of taking alerts on: those that nobody has, or those of others too. */
export type Taking = 'acknowledge' | 'takeOver';

/**
 * Takes alerts on; the outcome of each. Where the settings want annotations, one is written of those that were taken:
 * the outcomes do not wait for it.
 */
export async function takeOn(
  clients: AlertClients,
  how: Taking,
  alerts: readonly AlertRow[],
  comment: string,
): Promise<ActionOutcome[]> {
  const fingerprints = alerts.map(({ fingerprint }) => fingerprint);
  const outcomes = await acknowledgeAlerts(clients.alertStore, fingerprints, comment, how === 'takeOver');
  void annotateAcknowledged(clients.annotations, alerts, outcomes, comment);
  return outcomes;
}
