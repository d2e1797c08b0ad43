import { labelValue, OTHER_INDEX } from './caps.ts';
import type { FleetData } from './fleet-data.ts';
import { type DeviceRecord, NONE } from './device-table.ts';

const SECOND = 1000;

export function isBound(data: FleetData, record: DeviceRecord): boolean {
  return data.table.infoSlot.get(record.row) !== NONE;
}

/** Gives the cell its series with the value it has. Folded metrics have none: two of them would be one series. */
export function bindCell(data: FleetData, record: DeviceRecord, cell: number): void {
  const { cells, metricNames, unitNames, stores } = data;
  const metric = cells.metric(cell);
  if (metric === OTHER_INDEX || cells.slot.get(cell) !== NONE || !isBound(data, record)) return;
  const slot = stores.telemetry.add({
    device_id: record.id,
    metric_name: metricNames.name(metric),
    unit: unitNames.name(cells.unit.get(cell)),
  });
  stores.telemetry.set(slot, cells.value.get(cell));
  cells.slot.set(cell, slot);
}

export function unbindCell(data: FleetData, cell: number): void {
  const slot = data.cells.slot.get(cell);
  if (slot === NONE) return;
  data.stores.telemetry.remove(slot);
  data.cells.slot.set(cell, NONE);
}

/** Forgets the cell of a metric of the device, with its series. */
export function dropCell(data: FleetData, record: DeviceRecord, cell: number): void {
  const { table, cells } = data;
  unbindCell(data, cell);
  table.firstCell.set(record.row, cells.remove(table.firstCell.get(record.row), cell));
}

export function dropCells(data: FleetData, record: DeviceRecord): void {
  const { table } = data;
  for (let cell = table.firstCell.get(record.row); cell !== NONE; cell = table.firstCell.get(record.row)) {
    dropCell(data, record, cell);
  }
}

/** Shows the effective status and its date. */
export function exposeStatus(data: FleetData, record: DeviceRecord): void {
  const { table, stores } = data;
  if (!isBound(data, record)) return;
  stores.status.set(table.statusSlot.get(record.row), table.status.get(record.row));
  stores.since.set(table.sinceSlot.get(record.row), table.since.get(record.row) / SECOND);
}

export function exposeLastSeen(data: FleetData, record: DeviceRecord): void {
  const { table, stores } = data;
  const at = table.lastSeen.get(record.row);
  if (!Number.isNaN(at)) stores.lastSeen.set(table.lastSeenSlot.get(record.row), (at - data.drift) / SECOND);
}

function addIdentity(data: FleetData, record: DeviceRecord): void {
  const { table, stores } = data;
  const { identity, type, id } = record;
  const info = stores.info.add({
    device_id: id,
    name: labelValue(identity?.name ?? ''),
    device_type: type.label,
    location: labelValue(identity?.location ?? ''),
    manufacturer: labelValue(identity?.manufacturer ?? ''),
    model: labelValue(identity?.model ?? ''),
    firmware_version: labelValue(identity?.firmwareVersion ?? ''),
  });
  stores.info.set(info, 1);
  table.infoSlot.set(record.row, info);
  table.statusSlot.set(record.row, stores.status.add({ device_id: id, device_type: type.label }));
}

function removeIdentity(data: FleetData, record: DeviceRecord): void {
  const { table, stores } = data;
  stores.info.remove(table.infoSlot.get(record.row));
  stores.status.remove(table.statusSlot.get(record.row));
  table.infoSlot.set(record.row, NONE);
  table.statusSlot.set(record.row, NONE);
}

/** Shows a changed identity: series carry it as labels, so that they are made anew. */
export function rebindIdentity(data: FleetData, record: DeviceRecord): void {
  if (!isBound(data, record)) return;
  removeIdentity(data, record);
  addIdentity(data, record);
  exposeStatus(data, record);
}

/** Gives a registered device its series, when something stands behind the fleet and the cap leaves room. */
export function bind(data: FleetData, record: DeviceRecord): void {
  const { table, cells, stores } = data;
  if (!data.available || !record.registered || isBound(data, record)) return;
  if (data.bound >= data.limits.maxDevices) {
    if (record.capped) return;
    record.capped = true;
    dropCells(data, record);
    data.drops.once('devices', record.id);
    return;
  }
  data.bound += 1;
  record.capped = false;
  addIdentity(data, record);
  table.sinceSlot.set(record.row, stores.since.add({ device_id: record.id }));
  table.lastSeenSlot.set(record.row, stores.lastSeen.add({ device_id: record.id }));
  exposeStatus(data, record);
  exposeLastSeen(data, record);
  for (let cell = table.firstCell.get(record.row); cell !== NONE; cell = cells.next(cell)) {
    bindCell(data, record, cell);
  }
}

/** Takes all series of the device away; its values stay known. */
export function unbind(data: FleetData, record: DeviceRecord): void {
  const { table, cells, stores } = data;
  if (!isBound(data, record)) return;
  data.bound -= 1;
  removeIdentity(data, record);
  stores.since.remove(table.sinceSlot.get(record.row));
  stores.lastSeen.remove(table.lastSeenSlot.get(record.row));
  for (let cell = table.firstCell.get(record.row); cell !== NONE; cell = cells.next(cell))
    unbindCell(data, cell);
}

/** Takes the series of all devices away at once. */
export function unbindAll(data: FleetData): void {
  const { table, cells, stores } = data;
  for (const record of table.records) {
    if (record === undefined) continue;
    table.infoSlot.set(record.row, NONE);
    table.statusSlot.set(record.row, NONE);
  }
  for (let cell = 0; cell < cells.size; cell += 1) cells.slot.set(cell, NONE);
  for (const store of [stores.info, stores.status, stores.since, stores.lastSeen, stores.telemetry])
    store.clear();
  data.bound = 0;
}
