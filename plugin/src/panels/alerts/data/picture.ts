import type { AlertClients } from '../../../api/clients';
import { loadAlerts } from '../../../features/alerts/data/loadAlerts';
import { loadSharedHistory } from '../../../features/alerts/history/loadHistory';
import type { Silence } from '../../../domain/alerts/silence';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { Problem } from '../../../domain/problem';
import type { PrometheusClient, Span } from '../../../api/prometheusClient';
import type { AlertsOptions } from '../options/options';
import { rowOfPast } from './changes';

/** What the panel shows, from wherever. */
export interface Picture {
  /** The worst first. */
  readonly alerts: readonly AlertRow[];
  readonly silences: readonly Silence[];
  /** Why a source shows nothing. */
  readonly problems: readonly (Problem & { readonly knownAt?: number | undefined })[];
  /** The time that changes are taken from. */
  readonly span: Span;
}

type Clients = AlertClients & { readonly prometheus: PrometheusClient };

/** The alerts that are there now, or those of the time; `asker` is the panel. Throws `AbortedError` only. */
export async function loadPicture(
  clients: Clients,
  mode: AlertsOptions['mode'],
  span: Span,
  signal: AbortSignal,
  asker: object,
): Promise<Picture> {
  if (mode === 'current') {
    const { alerts, silences, problems } = await loadAlerts(clients, signal, asker);
    return { alerts, silences, problems, span };
  }
  const { alerts, problems } = await loadSharedHistory(clients, span, signal, asker);
  return { alerts: alerts.map(rowOfPast), silences: [], problems, span };
}
