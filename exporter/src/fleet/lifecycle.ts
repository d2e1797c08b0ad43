import { STATUS_CODES } from '../metrics/catalogue/devices.ts';
import { bind, dropCells, unbind } from './binding.ts';
import { countedLabelValue, labelValue, ownText } from './caps.ts';
import { type FleetData, FOREIGN, locate } from './fleet-data.ts';
import { type DeviceRecord, NONE } from './device-table.ts';
import { silenceLimit, statusOfCode } from './effective-status.ts';
import type { FleetSource } from './fleet.ts';
import { applyRow } from './inventory-row.ts';
import { evaluate } from './liveness.ts';
import type { RememberedDevice } from './remembered-device.ts';
import { bucketOf } from './status-memory.ts';

const SOURCES: readonly FleetSource[] = ['mqtt', 'postgres', 'api'];

function isConfigured(data: FleetData, source: FleetSource): boolean {
  return source === 'mqtt' ? data.mqtt : source === data.deciding || source === data.secondary;
}

/** Continues what an earlier run, or an earlier listing, knew of the device. */
function restore(data: FleetData, record: DeviceRecord, known: RememberedDevice, now: number): void {
  const { table, limits } = data;
  const { row } = record;
  record.restored = true;
  table.status.set(row, STATUS_CODES[known.status]);
  table.since.set(row, Math.min(known.since, now));
  table.silent.set(row, known.silent ? 1 : 0);
  if (known.lastSeen !== null) {
    const lastSeen = Math.min(known.lastSeen, now) + data.drift;
    table.lastSeen.set(row, lastSeen);
    // Nobody listened in between: the device was not silent, we were deaf.
    const isDeaf = data.mqtt && !known.silent;
    table.quietFrom.set(row, isDeaf ? now + data.drift : lastSeen);
  }
  if (known.interval !== null) {
    table.gaps.add(row, known.interval);
    table.limit.set(row, silenceLimit(limits.offlineAfter, table.gaps.median(row)));
  }
  for (const { source, status, at } of known.reports) {
    if (isConfigured(data, source))
      record.reports[source] = { status, at: Math.min(at, now), restored: true };
  }
}

/** Makes a device. `id` is a label value already; `now` in milliseconds since the epoch. */
export function createDevice(data: FleetData, id: string, registered: boolean, now: number): DeviceRecord {
  const { table } = data;
  const own = ownText(id);
  const row = table.take(data.limits.offlineAfter, now + data.drift);
  const record: DeviceRecord = {
    row,
    id: own,
    bucket: bucketOf(own),
    registered,
    capped: false,
    type: data.points.unknown,
    identity: undefined,
    reports: {},
    restored: false,
    generation: 0,
  };
  table.records[row] = record;
  data.byId.set(own, record);
  const known = data.memory.take(own);
  if (known !== undefined) restore(data, record, known, now);
  const listed = data.secondaryRows.get(own);
  if (listed !== undefined && data.secondary !== undefined)
    applyRow(data, record, data.secondary, listed, now);
  return record;
}

/** Forgets the device: series, values, everything. */
export function removeDevice(data: FleetData, record: DeviceRecord): void {
  unbind(data, record);
  dropCells(data, record);
  data.byId.delete(record.id);
  data.table.give(record.row);
  data.memory.changed(record.bucket);
}

/** What is worth keeping of a device. */
export function remembered(data: FleetData, record: DeviceRecord): RememberedDevice {
  const { table } = data;
  const { row } = record;
  const lastSeen = table.lastSeen.get(row) - data.drift;
  const interval = table.gaps.median(row);
  const reports = SOURCES.flatMap((source) => {
    const report = record.reports[source];
    return report === undefined ? [] : [{ source, status: report.status, at: report.at }];
  });
  return {
    id: record.id,
    status: statusOfCode(table.status.get(row)),
    since: table.since.get(row),
    silent: table.silent.get(row) === 1,
    lastSeen: Number.isNaN(lastSeen) ? null : lastSeen,
    interval: Number.isNaN(interval) ? null : interval,
    reports,
  };
}

/** The devices of one state document. One without an effective status yet has nothing to remember. */
export function rememberedOf(data: FleetData, bucket: number): RememberedDevice[] {
  const devices: RememberedDevice[] = [];
  for (const record of data.table.records) {
    if (record?.bucket === bucket && data.table.status.get(record.row) !== NONE)
      devices.push(remembered(data, record));
  }
  return devices;
}

/**
 * The device that a message from MQTT means, made when it is heard for the first time: one of its own, or the
 * registered one that its number stands for. FOREIGN when another shard watches it; undefined when the cap
 * leaves no room.
 */
export function discover(
  data: FleetData,
  found: string,
  at: number,
): DeviceRecord | typeof FOREIGN | undefined {
  const id = labelValue(found);
  const known = id === found ? undefined : locate(data, id);
  if (known !== undefined) return known;
  if (!data.owns(id)) return FOREIGN;
  if (data.table.count >= data.limits.maxDevices) {
    data.drops.once('devices', id);
    return undefined;
  }
  countedLabelValue(found, data.drops);
  const now = Number.isFinite(at) ? at : data.clock.wall();
  const record = createDevice(data, id, data.deciding === undefined, now);
  evaluate(data, record, now);
  bind(data, record);
  return record;
}
