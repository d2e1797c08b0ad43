import { bind, unbindAll } from './binding.ts';
import { countedLabelValue, labelValue } from './caps.ts';
import { type FleetCore, FOREIGN } from './core.ts';
import { type DeviceRecord, NO_STATUS } from './device-table.ts';
import type { InventoryRow, InventorySource } from './fleet.ts';
import { applyRow } from './inventory-row.ts';
import { createDevice, remembered, removeDevice } from './lifecycle.ts';
import { evaluate, silenceChanged } from './liveness.ts';
import { hasHistory, mergeDevice } from './merge.ts';

const ZERO = 48;
const NINE = 57;

/** The number after the last dash of the id, or undefined when it does not end in `-<number>`. */
export function numberSuffix(id: string): string | undefined {
  let start = id.length;
  for (; start > 0; start -= 1) {
    const unit = id.charCodeAt(start - 1);
    if (unit < ZERO || unit > NINE) break;
  }
  return start > 0 && start < id.length && id[start - 1] === '-' ? id.slice(start) : undefined;
}

/** Rebuilds the meaning of bare numbers from all listed ids, those of other shards included. */
function indexSuffixes(core: FleetCore, rows: readonly InventoryRow[]): void {
  core.bySuffix.clear();
  const ambiguous = new Set<string>();
  for (const id of new Set(rows.map((row) => labelValue(row.identity.deviceId)))) {
    const suffix = numberSuffix(id);
    if (suffix === undefined) continue;
    if (core.bySuffix.has(suffix)) ambiguous.add(suffix);
    core.bySuffix.set(suffix, core.byId.get(id) ?? FOREIGN);
  }
  for (const suffix of ambiguous) core.bySuffix.delete(suffix);
}

/** Devices heard under a bare number before their registered device was known become that device. */
function mergeNumbers(core: FleetCore, now: number): DeviceRecord[] {
  const grown: DeviceRecord[] = [];
  for (const record of core.table.records) {
    if (record === undefined || record.registered) continue;
    const target = core.bySuffix.get(record.id);
    if (target === FOREIGN) removeDevice(core, record);
    else if (target !== undefined) {
      mergeDevice(core, record, target, now);
      grown.push(target);
    }
  }
  return grown;
}

/** Makes the listed device a registered one; an earlier first guess at the date of its status is given up. */
function register(core: FleetCore, record: DeviceRecord): void {
  if (!hasHistory(core, record)) core.table.status.set(record.row, NO_STATUS);
  record.registered = true;
}

/** Lets the devices go that the last list does not have; returns how many. */
function leave(core: FleetCore, now: number): number {
  let count = 0;
  for (const record of core.table.records) {
    if (record?.registered !== true || record.generation === core.generation) continue;
    core.memory.keep(remembered(core, record), now + core.drift);
    removeDevice(core, record);
    count += 1;
  }
  return count;
}

/** What a list changed, so that the rest need not be looked at again. */
interface ListChanges {
  /** Devices whose status has to be computed. */
  readonly touched: Set<DeviceRecord>;
  /** Whether bare numbers may mean something else now. */
  members: boolean;
}

function applyRows(
  core: FleetCore,
  source: InventorySource,
  rows: readonly InventoryRow[],
  now: number,
): ListChanges {
  const changes: ListChanges = { touched: new Set(), members: false };
  for (const row of rows) {
    const id = countedLabelValue(row.identity.deviceId, core.drops);
    const known = core.byId.get(id);
    if (known?.generation === core.generation) continue;
    if (known === undefined && !core.owns(id)) {
      changes.members = true;
      continue;
    }
    const record = known ?? createDevice(core, id, true, now);
    const joins = known?.registered !== true;
    if (!record.registered) register(core, record);
    changes.members ||= joins;
    record.generation = core.generation;
    if (applyRow(core, record, source, row, now) || joins) changes.touched.add(record);
  }
  return changes;
}

/** The list of the inventory that decides: who is not in it leaves. The first of several rows of an id counts. */
export function applyDeciding(
  core: FleetCore,
  source: InventorySource,
  rows: readonly InventoryRow[],
  now: number,
): void {
  core.generation += 1;
  core.available = true;
  const { touched, members } = applyRows(core, source, rows, now);
  if (leave(core, now) > 0 || members) {
    indexSuffixes(core, rows);
    for (const record of mergeNumbers(core, now)) touched.add(record);
  }
  for (const record of core.table.records) {
    if (record?.registered !== true) continue;
    if (touched.has(record) || silenceChanged(core, record, now)) evaluate(core, record, now);
    bind(core, record);
  }
  core.decided = true;
}

/** The list of the other inventory: reports, and names for devices that the deciding one does not know. */
export function applySecondary(
  core: FleetCore,
  source: InventorySource,
  rows: readonly InventoryRow[],
  now: number,
): void {
  const { secondaryRows } = core;
  secondaryRows.clear();
  for (const row of rows) {
    const id = countedLabelValue(row.identity.deviceId, core.drops);
    if (core.owns(id) && !secondaryRows.has(id)) secondaryRows.set(id, row);
  }
  for (const record of core.table.records) {
    if (record === undefined) continue;
    const row = secondaryRows.get(record.id);
    const changed =
      row === undefined ? forgetSource(core, record, source) : applyRow(core, record, source, row, now);
    if (changed || silenceChanged(core, record, now)) evaluate(core, record, now);
  }
}

/** The source does not list the device any more. Returns whether it did before. */
function forgetSource(core: FleetCore, record: DeviceRecord, source: InventorySource): boolean {
  if (record.reports[source] === undefined) return false;
  record.reports[source] = undefined;
  if (!record.registered) {
    record.identity = undefined;
    record.type = core.points.unknown;
  }
  return true;
}

/** The per-device families go; the devices stay, so that they continue when their inventory returns. */
export function withdrawFleet(core: FleetCore): void {
  core.available = false;
  unbindAll(core);
}
