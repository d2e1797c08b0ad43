import { bind, unbindAll } from './binding.ts';
import { countedLabelValue, labelValue } from './caps.ts';
import { type FleetData, FOREIGN } from './fleet-data.ts';
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
function indexSuffixes(data: FleetData, rows: readonly InventoryRow[]): void {
  data.bySuffix.clear();
  const ambiguous = new Set<string>();
  for (const id of new Set(rows.map((row) => labelValue(row.identity.deviceId)))) {
    const suffix = numberSuffix(id);
    if (suffix === undefined) continue;
    if (data.bySuffix.has(suffix)) ambiguous.add(suffix);
    data.bySuffix.set(suffix, data.byId.get(id) ?? FOREIGN);
  }
  for (const suffix of ambiguous) data.bySuffix.delete(suffix);
}

/** Devices heard under a bare number before their registered device was known become that device. */
function mergeNumbers(data: FleetData, now: number): DeviceRecord[] {
  const grown: DeviceRecord[] = [];
  for (const record of data.table.records) {
    if (record === undefined || record.registered) continue;
    const target = data.bySuffix.get(record.id);
    if (target === FOREIGN) removeDevice(data, record);
    else if (target !== undefined) {
      mergeDevice(data, record, target, now);
      grown.push(target);
    }
  }
  return grown;
}

/** Makes the listed device a registered one; an earlier first guess at the date of its status is given up. */
function register(data: FleetData, record: DeviceRecord): void {
  if (!hasHistory(data, record)) data.table.status.set(record.row, NO_STATUS);
  record.registered = true;
}

/** Lets the devices go that the last list does not have; returns how many. */
function leave(data: FleetData, now: number): number {
  let count = 0;
  for (const record of data.table.records) {
    if (record?.registered !== true || record.generation === data.generation) continue;
    data.memory.keep(remembered(data, record), now + data.drift);
    removeDevice(data, record);
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
  data: FleetData,
  source: InventorySource,
  rows: readonly InventoryRow[],
  now: number,
): ListChanges {
  const changes: ListChanges = { touched: new Set(), members: false };
  for (const row of rows) {
    const id = countedLabelValue(row.identity.deviceId, data.drops);
    const known = data.byId.get(id);
    if (known?.generation === data.generation) continue;
    if (known === undefined && !data.owns(id)) {
      changes.members = true;
      continue;
    }
    const record = known ?? createDevice(data, id, true, now);
    const joins = known?.registered !== true;
    if (!record.registered) register(data, record);
    changes.members ||= joins;
    record.generation = data.generation;
    if (applyRow(data, record, source, row, now) || joins) changes.touched.add(record);
  }
  return changes;
}

/** The list of the inventory that decides: who is not in it leaves. The first of several rows of an id counts. */
export function applyDeciding(
  data: FleetData,
  source: InventorySource,
  rows: readonly InventoryRow[],
  now: number,
): void {
  data.generation += 1;
  data.available = true;
  const { touched, members } = applyRows(data, source, rows, now);
  if (leave(data, now) > 0 || members) {
    indexSuffixes(data, rows);
    for (const record of mergeNumbers(data, now)) touched.add(record);
  }
  for (const record of data.table.records) {
    if (record?.registered !== true) continue;
    if (touched.has(record) || silenceChanged(data, record, now)) evaluate(data, record, now);
    bind(data, record);
  }
  data.decided = true;
}

/** The list of the other inventory: reports, and names for devices that the deciding one does not know. */
export function applySecondary(
  data: FleetData,
  source: InventorySource,
  rows: readonly InventoryRow[],
  now: number,
): void {
  const { secondaryRows } = data;
  secondaryRows.clear();
  for (const row of rows) {
    const id = countedLabelValue(row.identity.deviceId, data.drops);
    if (data.owns(id) && !secondaryRows.has(id)) secondaryRows.set(id, row);
  }
  for (const record of data.table.records) {
    if (record === undefined) continue;
    const row = secondaryRows.get(record.id);
    const changed =
      row === undefined ? forgetSource(data, record, source) : applyRow(data, record, source, row, now);
    if (changed || silenceChanged(data, record, now)) evaluate(data, record, now);
  }
}

/** The source does not list the device any more. Returns whether it did before. */
function forgetSource(data: FleetData, record: DeviceRecord, source: InventorySource): boolean {
  if (record.reports[source] === undefined) return false;
  record.reports[source] = undefined;
  if (!record.registered) {
    record.identity = undefined;
    record.type = data.points.unknown;
  }
  return true;
}

/** The per-device families go; the devices stay, so that they continue when their inventory returns. */
export function withdrawFleet(data: FleetData): void {
  data.available = false;
  unbindAll(data);
}
