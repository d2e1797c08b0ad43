import { promqlOneOf, promqlText } from '../../api/prometheusClient';

/**
 * PromQL of the fleet. `max by` leaves one row a device where two exporters are scraped, and drops labels that
 * nobody reads: the answer is half as long.
 */
const status = (offset = ''): string => `max by (device_id, device_type) (valtronics_device_status${offset})`;
const ids = (offset = ''): string => `max by (device_id) (valtronics_device_status${offset})`;

export const FLEET_QUERIES = {
  status: status(),
  since: 'max by (device_id) (valtronics_device_status_since_timestamp_seconds)',
  lastSeen: 'max by (device_id) (valtronics_device_last_seen_timestamp_seconds)',
  info: 'group by (device_id, name, location, manufacturer, model, firmware_version) (valtronics_device_info)',
  alerts: 'count by (device_id) (ALERTS{alertstate="firing", device_id!=""})',
} as const;

/** Newest time, in seconds, at which the fleet was published within a day before the moment asked for. */
export const LAST_PICTURE_QUERY = 'max(max_over_time(timestamp(valtronics_devices)[1d:1m]))';

/** What is different from an hour before: few rows, whatever the size of the fleet. */
export const CHANGE_QUERIES = {
  /** The old status of devices that have another one now. */
  changed: `${ids(' offset 1h')} != on (device_id) ${ids()}`,
  added: `${ids()} unless on (device_id) ${ids(' offset 1h')}`,
  removed: `${ids(' offset 1h')} unless on (device_id) ${ids()}`,
  /** How many devices there were; no row: nothing is known of then. */
  before: 'count(valtronics_device_status offset 1h)',
} as const;

const only = (deviceId: string): string => `{device_id=${promqlText(deviceId)}}`;

/** Newest values of all devices. */
export const ALL_TELEMETRY_QUERY = 'max by (device_id, metric_name, unit) (valtronics_device_telemetry)';

/** Newest values of some devices. */
export function telemetryQuery(deviceIds: readonly string[]): string {
  return `max by (device_id, metric_name, unit) (valtronics_device_telemetry{device_id=~${promqlOneOf(deviceIds)}})`;
}

/** The course of one metric of a device. */
export function metricQuery(deviceId: string, metric: string): string {
  const labels = `device_id=${promqlText(deviceId)}, metric_name=${promqlText(metric)}`;
  return `max by (metric_name, unit) (valtronics_device_telemetry{${labels}})`;
}

/** Statuses and firing alerts over time, of some devices; of all without a list. */
export function historyQueries(deviceIds: readonly string[] | undefined) {
  const matcher = deviceIds === undefined ? 'device_id!=""' : `device_id=~${promqlOneOf(deviceIds)}`;
  return {
    status: `max by (device_id) (valtronics_device_status{${matcher}})`,
    alerts: `max by (device_id, alertname, severity) (ALERTS{alertstate="firing", ${matcher}})`,
  };
}

/** Queries about one device. */
export function deviceQueries(deviceId: string) {
  return {
    status: `max by (device_id) (valtronics_device_status${only(deviceId)})`,
    since: `max by (device_id) (valtronics_device_status_since_timestamp_seconds${only(deviceId)})`,
    lastSeen: `max by (device_id) (valtronics_device_last_seen_timestamp_seconds${only(deviceId)})`,
    telemetry: `max by (metric_name, unit) (valtronics_device_telemetry${only(deviceId)})`,
    alerts: `ALERTS{device_id=${promqlText(deviceId)}}`,
    /** Identity, of the device as it was when last published within a week. */
    lastInfo: `last_over_time(valtronics_device_info${only(deviceId)}[7d])`,
    /** When the device was last published within a week, seconds. */
    lastPublished: `max(max_over_time(timestamp(valtronics_device_status${only(deviceId)})[7d:5m]))`,
  };
}
