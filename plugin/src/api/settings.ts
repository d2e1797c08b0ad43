import { objectOrUndefined } from './json';

/** The uid that this project's provisioning gives to Prometheus (contract §5). */
export const DEFAULT_PROMETHEUS_UID = 'valtronics-prometheus';

/** The uid that this project's provisioning gives to Alertmanager (contract §5). */
export const DEFAULT_ALERTMANAGER_UID = 'valtronics-alertmanager';

/** What the configuration page keeps in the plugin's `jsonData`. */
export interface AppSettings {
  /** Address of the exporter as Grafana's server reaches it; empty: not configured. */
  readonly exporterUrl: string;
  /** Uid of the Prometheus data source. */
  readonly prometheusUid: string;
  /** Uid of the Alertmanager data source; `grafana` for Grafana's own. */
  readonly alertmanagerUid: string;
  /** Whether an acknowledgement becomes an annotation of Grafana. */
  readonly annotateAcknowledged: boolean;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The settings in `jsonData`, whatever is in there. */
export function readSettings(jsonData: unknown): AppSettings {
  const data = objectOrUndefined(jsonData);
  return {
    exporterUrl: text(data?.exporterUrl),
    prometheusUid: text(data?.prometheusUid) || DEFAULT_PROMETHEUS_UID,
    alertmanagerUid: text(data?.alertmanagerUid) || DEFAULT_ALERTMANAGER_UID,
    annotateAcknowledged: data?.annotateAcknowledged === true,
  };
}
