import { STATUS_CODES } from '../metrics/catalogue/devices.ts';
import { bind, dropCells, unbind } from './binding.ts';
import { countedLabelValue, labelValue, ownText } from './caps.ts';
import { type FleetCore, FOREIGN, locate } from './core.ts';
import { type DeviceRecord, NONE } from './device-table.ts';
import { silenceLimit, statusOfCode } from './effective-status.ts';
import type { FleetSource } from './fleet.ts';
import { applyRow } from './inventory-row.ts';
import { evaluate } from './liveness.ts';
import type { RememberedDevice } from './remembered-device.ts';
import { bucketOf } from './status-memory.ts';

const SOURCES: readonly FleetSource[] = ['mqtt', 'postgres', 'api'];

function isConfigured(core: FleetCore, source: FleetSource): boolean {
  return source === 'mqtt' ? core.mqtt : source === core.deciding || source === core.secondary;
}

/** Continues what an earlier run, or an earlier listing, knew of the device. */
function restore(core: FleetCore, record: DeviceRecord, known: RememberedDevice, now: number): void {
  const { table, limits } = core;
  const { row } = record;
  record.restored = true;
  table.status.set(row, STATUS_CODES[known.status]);
  table.since.set(row, Math.min(known.since, now));
  table.silent.set(row, known.silent ? 1 : 0);
  if (known.lastSeen !== null) {
    const lastSeen = Math.min(known.lastSeen, now) + core.drift;
    table.lastSeen.set(row, lastSeen);
    // Nobody listened in between: the device was not silent, we were deaf.
    const isDeaf = core.mqtt && !known.silent;
    table.quietFrom.set(row, isDeaf ? now + core.drift : lastSeen);
  }
  if (known.interval !== null) {
    table.gaps.add(row, known.interval);
    table.limit.set(row, silenceLimit(limits.offlineAfter, table.gaps.median(row)));
  }
  for (const { source, status, at } of known.reports) {
    if (isConfigured(core, source))
      record.reports[source] = { status, at: Math.min(at, now), restored: true };
  }
}

/** Makes a device. `id` is a label value already; `now` in milliseconds since the epoch. */
export function createDevice(core: FleetCore, id: string, registered: boolean, now: number): DeviceRecord {
  const { table } = core;
  const own = ownText(id);
  const row = table.take(core.limits.offlineAfter, now + core.drift);
  const record: DeviceRecord = {
    row,
    id: own,
    bucket: bucketOf(own),
    registered,
    capped: false,
    type: core.points.unknown,
    identity: undefined,
    reports: {},
    restored: false,
    generation: 0,
  };
  table.records[row] = record;
  core.byId.set(own, record);
  const known = core.memory.take(own);
  if (known !== undefined) restore(core, record, known, now);
  const listed = core.secondaryRows.get(own);
  if (listed !== undefined && core.secondary !== undefined)
    applyRow(core, record, core.secondary, listed, now);
  return record;
}

/** Forgets the device: series, values, everything. */
export function removeDevice(core: FleetCore, record: DeviceRecord): void {
  unbind(core, record);
  dropCells(core, record);
  core.byId.delete(record.id);
  core.table.give(record.row);
  core.memory.changed(record.bucket);
}

/** What is worth keeping of a device. */
export function remembered(core: FleetCore, record: DeviceRecord): RememberedDevice {
  const { table } = core;
  const { row } = record;
  const lastSeen = table.lastSeen.get(row) - core.drift;
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
export function rememberedOf(core: FleetCore, bucket: number): RememberedDevice[] {
  const devices: RememberedDevice[] = [];
  for (const record of core.table.records) {
    if (record?.bucket === bucket && core.table.status.get(record.row) !== NONE)
      devices.push(remembered(core, record));
  }
  return devices;
}

/**
 * The device that a message from MQTT means, made when it is heard for the first time: one of its own, or the
 * registered one that its number stands for. FOREIGN when another shard watches it; undefined when the cap
 * leaves no room.
 */
export function discover(
  core: FleetCore,
  found: string,
  at: number,
): DeviceRecord | typeof FOREIGN | undefined {
  const id = labelValue(found);
  const known = id === found ? undefined : locate(core, id);
  if (known !== undefined) return known;
  if (!core.owns(id)) return FOREIGN;
  if (core.table.count >= core.limits.maxDevices) {
    core.drops.once('devices', id);
    return undefined;
  }
  countedLabelValue(found, core.drops);
  const now = Number.isFinite(at) ? at : core.clock.wall();
  const record = createDevice(core, id, core.deciding === undefined, now);
  evaluate(core, record, now);
  bind(core, record);
  return record;
}
