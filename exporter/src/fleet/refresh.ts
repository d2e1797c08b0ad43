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
import type { FleetCore } from './core.ts';
import type { DeviceRecord } from './device-table.ts';
import { removeDevice } from './lifecycle.ts';
import { evaluate, silenceChanged } from './liveness.ts';
import { expireValues } from './telemetry.ts';

/** How often the state is written only because devices were heard, milliseconds. */
const HEARD_MARK_MS = 60_000;

/** Number of registered devices by effective status. */
export function countByStatus(core: FleetCore): Record<DeviceStatus, number> {
  const byCode = DEVICE_STATUSES.map(() => 0);
  for (const record of core.table.records) {
    if (record?.registered !== true) continue;
    const code = core.table.status.get(record.row);
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

/** A device that no inventory stands for is forgotten when it has been silent for too long. */
function isExpired(core: FleetCore, record: DeviceRecord, now: number): boolean {
  if (record.registered && core.deciding !== undefined) return false;
  const { lastSeen, firstKnown } = core.table;
  const heard = lastSeen.get(record.row);
  const from = Number.isNaN(heard) ? firstKnown.get(record.row) : heard;
  return now + core.drift - from > core.limits.deviceExpireAfter;
}

function refreshDevice(core: FleetCore, record: DeviceRecord, now: number): void {
  const { table } = core;
  const { row } = record;
  if (isExpired(core, record, now)) {
    removeDevice(core, record);
    return;
  }
  const time = now + core.drift;
  if (table.lastSeen.get(row) > time) table.lastSeen.set(row, time);
  if (table.quietFrom.get(row) > time) table.quietFrom.set(row, time);
  if (silenceChanged(core, record, now)) evaluate(core, record, now);
  if (isBound(core, record)) exposeLastSeen(core, record);
  else bind(core, record);
}

/** Recomputes what only time changes, in one pass over the devices and one over their values. */
export function refreshDevices(core: FleetCore, now: number): void {
  for (const record of core.table.records) {
    if (record !== undefined) refreshDevice(core, record, now);
  }
  const time = now + core.drift;
  expireValues(core, time, (record, cell) => dropCell(core, record, cell));
  core.memory.prune(time);
  if (!core.heard || time - core.heardMarkedAt < HEARD_MARK_MS) return;
  core.heard = false;
  core.heardMarkedAt = time;
  core.memory.changedAll();
}

/**
 * Publishes the fleet's own families, or withdraws them while nothing stands behind the fleet. Without an
 * inventory nobody knows who is unregistered, so that gauge is absent then.
 */
export function publishFleet(core: FleetCore, metrics: Metrics, lagIsMeasured: boolean): void {
  if (lagIsMeasured) metrics.publish(TELEMETRY_INGEST_LAG, [{ labels: {}, value: core.lag.settle() }]);
  if (!core.available) {
    for (const family of [DEVICES_TOTAL, DEVICES, MQTT_UNREGISTERED]) metrics.withdraw(family);
    return;
  }
  const counts = countByStatus(core);
  const samples = DEVICE_STATUSES.map((status) => ({ labels: { status }, value: counts[status] }));
  metrics.publish(DEVICES_TOTAL, samples);
  metrics.publish(DEVICES, samples);
  if (!core.mqtt || core.deciding === undefined) return;
  const registered = samples.reduce((sum, { value }) => sum + value, 0);
  metrics.publish(MQTT_UNREGISTERED, [{ labels: {}, value: core.table.count - registered }]);
}
