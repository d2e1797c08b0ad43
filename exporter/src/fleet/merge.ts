import type { FleetData } from './fleet-data.ts';
import { type DeviceRecord, NO_STATUS, NONE } from './device-table.ts';
import { removeDevice } from './lifecycle.ts';
import { seen } from './liveness.ts';
import { setValue, valueTime } from './telemetry.ts';

/** Whether the device's status changed since we know of it: its date then says more than any first sight. */
export function hasHistory(data: FleetData, record: DeviceRecord): boolean {
  const { table } = data;
  return record.restored || table.since.get(record.row) > table.firstKnown.get(record.row) - data.drift;
}

function mergeLiveness(data: FleetData, from: DeviceRecord, into: DeviceRecord, now: number): void {
  const { table } = data;
  if (table.status.get(into.row) === NO_STATUS && hasHistory(data, from)) {
    table.status.set(into.row, table.status.get(from.row));
    table.since.set(into.row, table.since.get(from.row));
    table.silent.set(into.row, table.silent.get(from.row));
    table.wokeAt.set(into.row, table.wokeAt.get(from.row));
  }
  const message = table.lastMessage.get(from.row);
  if (!(table.lastMessage.get(into.row) >= message)) {
    table.lastMessage.set(into.row, message);
    if (table.gaps.count(from.row) >= table.gaps.count(into.row)) {
      table.gaps.copy(from.row, into.row);
      table.limit.set(into.row, table.limit.get(from.row));
    }
  }
  const lastSeen = table.lastSeen.get(from.row);
  if (!Number.isNaN(lastSeen)) seen(data, into, lastSeen - data.drift, now, false);
}

function mergeValues(data: FleetData, from: DeviceRecord, into: DeviceRecord): void {
  const { table, cells } = data;
  for (let cell = table.firstCell.get(from.row); cell !== NONE; cell = cells.next(cell)) {
    const metric = cells.metric(cell);
    const at = cells.at.get(cell);
    if (valueTime(data, into, metric) >= at) continue;
    setValue(data, into, metric, data.unitNames.name(cells.unit.get(cell)), cells.value.get(cell), at);
  }
}

/**
 * Moves everything that was heard under a bare number to the registered device it turned out to be, and
 * forgets the number as a device.
 */
export function mergeDevice(data: FleetData, from: DeviceRecord, into: DeviceRecord, now: number): void {
  const theirs = from.reports.mqtt;
  if (theirs !== undefined && !((into.reports.mqtt?.at ?? -1) >= theirs.at)) into.reports.mqtt = theirs;
  mergeLiveness(data, from, into, now);
  mergeValues(data, from, into);
  removeDevice(data, from);
}
