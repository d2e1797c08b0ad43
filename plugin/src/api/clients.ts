import { type AnnotationsClient, createAnnotationsClient } from './annotationsClient';
import { createAlertmanagerClient, type AlertmanagerClient } from './alertmanagerClient';
import { createAlertStoreClient, type AlertStoreClient } from './alertStoreClient';
import type { ExporterClient } from './exporterClient';
import type { LogsClient } from './logsClient';
import type { PrometheusClient } from './prometheusClient';
import { createRulesClient, type RulesClient } from './rulesClient';
import type { AppSettings } from './settings';
import type { TracesClient } from './tracesClient';

/** Where the fleet's values and the platform's lines and traces come from. */
export interface Clients {
  readonly prometheus: PrometheusClient;
  readonly exporter: ExporterClient;
  readonly logs: LogsClient;
  readonly traces: TracesClient;
}

/** Where alerts come from and go to. */
export interface AlertClients {
  readonly alertStore: AlertStoreClient;
  /** The Alertmanager of the settings. */
  readonly alertmanager: AlertmanagerClient;
  /** Grafana's own, which tells of the alerts of Grafana's rules; the same as `alertmanager` where that is it. */
  readonly grafanaAlertmanager: AlertmanagerClient;
  readonly rules: RulesClient;
  /** Where acknowledgements are told of as annotations; undefined where that is not wanted. */
  readonly annotations: AnnotationsClient | undefined;
}

/** The uid of Grafana's own Alertmanager. */
const GRAFANA = 'grafana';

const made = new Map<string, AlertClients>();

/** The clients of alerts for the settings: the same ones for the same settings, so that all parts of a window share. */
export function createAlertClients(settings: AppSettings): AlertClients {
  const { exporterUrl, prometheusUid, alertmanagerUid, annotateAcknowledged } = settings;
  const key = JSON.stringify([exporterUrl, prometheusUid, alertmanagerUid, annotateAcknowledged]);
  const before = made.get(key);
  if (before !== undefined) return before;
  const isGrafana = alertmanagerUid === GRAFANA;
  const alertmanager = createAlertmanagerClient(alertmanagerUid, isGrafana ? 'grafana' : 'own');
  const clients: AlertClients = {
    alertStore: createAlertStoreClient(exporterUrl),
    alertmanager,
    grafanaAlertmanager: isGrafana ? alertmanager : createAlertmanagerClient(GRAFANA, 'grafana'),
    rules: createRulesClient(prometheusUid, exporterUrl),
    annotations: annotateAcknowledged ? createAnnotationsClient() : undefined,
  };
  made.set(key, clients);
  return clients;
}

/** Forgets the clients and what was learned by them, as loading the page again does. */
export function forgetAlertClients(): void {
  made.clear();
}
