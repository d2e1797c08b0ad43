import { objectOrUndefined } from './json';

/** The uid that this project's provisioning gives to Prometheus (contract §5). */
export const DEFAULT_PROMETHEUS_UID = 'valtronics-prometheus';

/** What the configuration page keeps in the plugin's `jsonData`. */
export interface AppSettings {
  /** Address of the exporter as Grafana's server reaches it; empty: not configured. */
  readonly exporterUrl: string;
  /** Uid of the Prometheus data source. */
  readonly prometheusUid: string;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The settings in `jsonData`, whatever is in there. */
export function readSettings(jsonData: unknown): AppSettings {
  const data = objectOrUndefined(jsonData);
  const uid = text(data?.prometheusUid);
  return {
    exporterUrl: text(data?.exporterUrl),
    prometheusUid: uid === '' ? DEFAULT_PROMETHEUS_UID : uid,
  };
}
