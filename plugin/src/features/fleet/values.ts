import type { DeviceValue } from '../../api/exporterTypes';
import type { InstantRow } from '../../api/prometheusShapes';
import { valueWords } from '../../kit/words/numbers';

/** A newest value of a device, for people. */
export type ShownValue = Pick<DeviceValue, 'metric' | 'unit' | 'value'>;

/** Measurements of the device itself, not of what it watches: they come last. */
const HOUSEKEEPING = /battery|signal|rssi|uptime|cpu|memory|voltage|latency|packet|connected/i;

/** The measurement that says most first, then by name. */
export function compareMetrics(a: string, b: string): number {
  return Number(HOUSEKEEPING.test(a)) - Number(HOUSEKEEPING.test(b)) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The values of every device in rows of `telemetryQuery`. */
export function valuesByDevice(rows: readonly InstantRow[]): Map<string, ShownValue[]> {
  const byDevice = new Map<string, ShownValue[]>();
  for (const { labels, value } of rows) {
    const deviceId = labels.device_id ?? '';
    const list = byDevice.get(deviceId) ?? [];
    list.push({ metric: labels.metric_name ?? '', unit: labels.unit ?? '', value });
    byDevice.set(deviceId, list);
  }
  for (const list of byDevice.values()) list.sort((a, b) => compareMetrics(a.metric, b.metric));
  return byDevice;
}

/** `pressure 969 hPa`. */
export function metricWords(value: ShownValue): string {
  return `${value.metric} ${valueWords(value)}`;
}
