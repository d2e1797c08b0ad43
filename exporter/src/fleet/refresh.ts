import {
  DEVICE_STATUSES,
  DEVICES,
  DEVICES_TOTAL,
  type DeviceStatus,
  STATUS_CODES,
} from '../metrics/catalogue/devices.ts';
import { MQTT_UNREGISTERED, TELEMETRY_INGEST_LAG } from '../metrics/catalogue/platform.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { bind, dropCell, exposeLastSeen, isBound } from './binding.ts';
import type { FleetData } from './fleet-data.ts';
import type { DeviceRecord } from './device-table.ts';
import { removeDevice } from './lifecycle.ts';
import { evaluate, silenceChanged } from './liveness.ts';
import { expireValues } from './telemetry.ts';

/** How often the state is written only because devices were heard, milliseconds. */
const HEARD_MARK_MS = 60_000;

/** Number of registered devices by effective status. */
export function countByStatus(data: FleetData): Record<DeviceStatus, number> {
  const byCode = DEVICE_STATUSES.map(() => 0);
  for (const record of data.table.records) {
    if (record?.registered !== true) continue;
    const code = data.table.status.get(record.row);
    byCode[code] = (byCode[code] ?? 0) + 1;
  }
  const count = (status: DeviceStatus): number => byCode[STATUS_CODES[status]] ?? 0;
  return {
    online: count('online'),
    warning: count('warning'),
    error: count('error'),
    offline: count('offline'),
    maintenance: count('maintenance'),
    unknown: count('unknown'),
  };
}

/** Number of registered devices by type. */
export function countByType(data: FleetData): Map<string, number> {
  const counts = new Map<string, number>();
  for (const record of data.table.records) {
    if (record?.registered !== true) continue;
    const type = record.identity?.deviceType ?? '';
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

/** A device that no inventory stands for is forgotten when it has been silent for too long. */
function isExpired(data: FleetData, record: DeviceRecord, now: number): boolean {
  if (record.registered && data.deciding !== undefined) return false;
  const { lastSeen, firstKnown } = data.table;
  const heard = lastSeen.get(record.row);
  const from = Number.isNaN(heard) ? firstKnown.get(record.row) : heard;
  return now + data.drift - from > data.limits.deviceExpireAfter;
}

function refreshDevice(data: FleetData, record: DeviceRecord, now: number): void {
  const { table } = data;
  const { row } = record;
  if (isExpired(data, record, now)) {
    removeDevice(data, record);
    return;
  }
  const time = now + data.drift;
  if (table.lastSeen.get(row) > time) table.lastSeen.set(row, time);
  if (table.quietFrom.get(row) > time) table.quietFrom.set(row, time);
  if (silenceChanged(data, record, now)) evaluate(data, record, now);
  if (isBound(data, record)) exposeLastSeen(data, record);
  else bind(data, record);
}

/** Recomputes what only time changes, in one pass over the devices and one over their values. */
export function refreshDevices(data: FleetData, now: number): void {
  for (const record of data.table.records) {
    if (record !== undefined) refreshDevice(data, record, now);
  }
  const time = now + data.drift;
  expireValues(data, time, (record, cell) => dropCell(data, record, cell));
  data.memory.prune(time);
  if (!data.heard || time - data.heardMarkedAt < HEARD_MARK_MS) return;
  data.heard = false;
  data.heardMarkedAt = time;
  data.memory.changedAll();
}

/**
 * Publishes the fleet's own families, or withdraws them while nothing stands behind the fleet. Without an
 * inventory nobody knows who is unregistered, so that gauge is absent then.
 */
export function publishFleet(data: FleetData, metrics: Metrics, lagIsMeasured: boolean): void {
  if (lagIsMeasured) metrics.publish(TELEMETRY_INGEST_LAG, [{ labels: {}, value: data.lag.settle() }]);
  if (!data.available) {
    for (const family of [DEVICES_TOTAL, DEVICES, MQTT_UNREGISTERED]) metrics.withdraw(family);
    return;
  }
  const counts = countByStatus(data);
  const samples = DEVICE_STATUSES.map((status) => ({ labels: { status }, value: counts[status] }));
  metrics.publish(DEVICES_TOTAL, samples);
  metrics.publish(DEVICES, samples);
  if (!data.mqtt || data.deciding === undefined) return;
  const registered = samples.reduce((sum, { value }) => sum + value, 0);
  metrics.publish(MQTT_UNREGISTERED, [{ labels: {}, value: data.table.count - registered }]);
}
