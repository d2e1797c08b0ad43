import { createAlertmanagerClient } from '../api/alertmanagerClient';
import { createAlertStoreClient } from '../api/alertStoreClient';
import { createRulesClient } from '../api/rulesClient';
import type { AppSettings } from '../api/settings';
import type { AlertClients } from './loadAlerts';

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
