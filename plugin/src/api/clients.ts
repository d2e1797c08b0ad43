import { createAlertmanagerClient, type AlertmanagerClient } from './alertmanagerClient';
import { createAlertStoreClient, type AlertStoreClient } from './alertStoreClient';
import type { ExporterClient } from './exporterClient';
import type { PrometheusClient } from './prometheusClient';
import { createRulesClient, type RulesClient } from './rulesClient';
import type { AppSettings } from './settings';

/** Where the fleet's values come from. */
export interface Clients {
  readonly prometheus: PrometheusClient;
  readonly exporter: ExporterClient;
}

/** Where alerts come from and go to. */
export interface AlertClients {
  readonly alertStore: AlertStoreClient;
  readonly alertmanager: AlertmanagerClient;
  readonly rules: RulesClient;
}

/** The clients of alerts for the settings. */
export function createAlertClients({
  exporterUrl,
  prometheusUid,
  alertmanagerUid,
}: AppSettings): AlertClients {
  return {
    alertStore: createAlertStoreClient(exporterUrl),
    alertmanager: createAlertmanagerClient(alertmanagerUid),
    rules: createRulesClient(prometheusUid, exporterUrl),
  };
}
