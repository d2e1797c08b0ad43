import { Gauge, Registry } from 'prom-client';
import { family } from '../src/metrics/family.ts';
import { createSeriesStore } from '../src/metrics/series-store.ts';
import type { SeriesStore } from '../src/metrics/series.ts';

const METRICS = [
  'temperature',
  'humidity',
  'voltage',
  'current',
  'power',
  'pressure',
  'rssi',
  'battery',
  'uptime',
  'errors',
] as const;

/** The family that the Go peer serves too: same names, labels and values, hence the same bytes. */
export const DEVICE_VALUE = family({
  name: 'valtronics_device_value',
  type: 'gauge',
  help: 'Last telemetry value of a device',
  labels: ['device_id', 'metric_name'],
  owner: 'fleet',
  cardinality: 'of the bench',
});
type DeviceLabel = (typeof DEVICE_VALUE.labels)[number];

export interface DeviceSeries {
  readonly labels: Readonly<Record<DeviceLabel, string>>;
  readonly value: number;
}

/** That many series, ten metrics a device, values with two decimals. */
export function deviceSeries(count: number): readonly DeviceSeries[] {
  return Array.from({ length: count }, (_, index) => ({
    labels: {
      device_id: `dev-${String(Math.floor(index / METRICS.length)).padStart(6, '0')}`,
      metric_name: METRICS[index % METRICS.length] ?? METRICS[0],
    },
    value: ((index * 2654435761) % 100_000) / 100,
  }));
}

/** The series in our store. */
export function storeOf(series: readonly DeviceSeries[]): SeriesStore<DeviceLabel> {
  const store = createSeriesStore(DEVICE_VALUE);
  for (const { labels, value } of series) store.set(store.add(labels), value);
  return store;
}

/** The series in a gauge of prom-client. */
export function promClientRegistry(series: readonly DeviceSeries[]): Registry {
  const registry = new Registry();
  const { name, help, labels: labelNames } = DEVICE_VALUE;
  const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
  for (const { labels, value } of series) gauge.set(labels, value);
  return registry;
}

function escapeValue(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
}

/** The exposition as anybody would write it first: one string, label by label. */
export function naiveConcatenation(series: readonly DeviceSeries[]): Buffer {
  let text = `# HELP ${DEVICE_VALUE.name} ${DEVICE_VALUE.help}\n# TYPE ${DEVICE_VALUE.name} gauge\n`;
  for (const { labels, value } of series) {
    text += `${DEVICE_VALUE.name}{device_id="${escapeValue(labels.device_id)}",`;
    text += `metric_name="${escapeValue(labels.metric_name)}"} ${value}\n`;
  }
  return Buffer.from(text);
}
