import type { AlertClients } from '../../../api/clients';
import { outdateHistory } from '../history/loadHistory';
import { createAlertLoader, type AlertPicture } from './alertLoader';
import { createSharedLoad, type Asker, type SharedLoad } from './sharedLoad';

/** What is known by one and the same clients, for all panels and pages of a window. */
const known = new WeakMap<AlertClients['alertStore'], SharedLoad<AlertPicture>>();

function sharedOf(clients: AlertClients): SharedLoad<AlertPicture> {
  const before = known.get(clients.alertStore);
  if (before !== undefined) return before;
  const shared = createSharedLoad(createAlertLoader(clients));
  known.set(clients.alertStore, shared);
  return shared;
}

/**
 * The alerts that are there now, asked for once for everybody who asks at about the same time: each part of a page and
 * each panel names itself as `asker`. Throws `AbortedError` only.
 */
export async function loadAlerts(
  clients: AlertClients,
  signal?: AbortSignal,
  asker: Asker = {},
): Promise<AlertPicture> {
  return sharedOf(clients).ask(signal, asker);
}

/** Something was done: what was asked for before, of now or of a time, is shown to nobody who asks from now on. */
export function outdateAlerts(clients: AlertClients): void {
  sharedOf(clients).outdate();
  outdateHistory(clients);
}
