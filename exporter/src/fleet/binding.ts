import { labelValue, OTHER_INDEX } from './caps.ts';
import type { FleetCore } from './core.ts';
import { type DeviceRecord, NONE } from './device-table.ts';

const SECOND = 1000;

export function isBound(core: FleetCore, record: DeviceRecord): boolean {
  return core.table.infoSlot.get(record.row) !== NONE;
}

/** Gives the cell its series with the value it has. Folded metrics have none: two of them would be one series. */
export function bindCell(core: FleetCore, record: DeviceRecord, cell: number): void {
  const { cells, metricNames, unitNames, stores } = core;
  const metric = cells.metric(cell);
  if (metric === OTHER_INDEX || cells.slot.get(cell) !== NONE || !isBound(core, record)) return;
  const slot = stores.telemetry.add({
    device_id: record.id,
    metric_name: metricNames.name(metric),
    unit: unitNames.name(cells.unit.get(cell)),
  });
  stores.telemetry.set(slot, cells.value.get(cell));
  cells.slot.set(cell, slot);
}

export function unbindCell(core: FleetCore, cell: number): void {
  const slot = core.cells.slot.get(cell);
  if (slot === NONE) return;
  core.stores.telemetry.remove(slot);
  core.cells.slot.set(cell, NONE);
}

/** Forgets the cell of a metric of the device, with its series. */
export function dropCell(core: FleetCore, record: DeviceRecord, cell: number): void {
  const { table, cells } = core;
  unbindCell(core, cell);
  table.firstCell.set(record.row, cells.remove(table.firstCell.get(record.row), cell));
}

export function dropCells(core: FleetCore, record: DeviceRecord): void {
  const { table } = core;
  for (let cell = table.firstCell.get(record.row); cell !== NONE; cell = table.firstCell.get(record.row)) {
    dropCell(core, record, cell);
  }
}

/** Shows the effective status and its date. */
export function exposeStatus(core: FleetCore, record: DeviceRecord): void {
  const { table, stores } = core;
  if (!isBound(core, record)) return;
  stores.status.set(table.statusSlot.get(record.row), table.status.get(record.row));
  stores.since.set(table.sinceSlot.get(record.row), table.since.get(record.row) / SECOND);
}

export function exposeLastSeen(core: FleetCore, record: DeviceRecord): void {
  const { table, stores } = core;
  const at = table.lastSeen.get(record.row);
  if (!Number.isNaN(at)) stores.lastSeen.set(table.lastSeenSlot.get(record.row), (at - core.drift) / SECOND);
}

function addIdentity(core: FleetCore, record: DeviceRecord): void {
  const { table, stores } = core;
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

function removeIdentity(core: FleetCore, record: DeviceRecord): void {
  const { table, stores } = core;
  stores.info.remove(table.infoSlot.get(record.row));
  stores.status.remove(table.statusSlot.get(record.row));
  table.infoSlot.set(record.row, NONE);
  table.statusSlot.set(record.row, NONE);
}

/** Shows a changed identity: series carry it as labels, so that they are made anew. */
export function rebindIdentity(core: FleetCore, record: DeviceRecord): void {
  if (!isBound(core, record)) return;
  removeIdentity(core, record);
  addIdentity(core, record);
  exposeStatus(core, record);
}

/** Gives a registered device its series, when something stands behind the fleet and the cap leaves room. */
export function bind(core: FleetCore, record: DeviceRecord): void {
  const { table, cells, stores } = core;
  if (!core.available || !record.registered || isBound(core, record)) return;
  if (core.bound >= core.limits.maxDevices) {
    if (record.capped) return;
    record.capped = true;
    dropCells(core, record);
    core.drops.once('devices', record.id);
    return;
  }
  core.bound += 1;
  record.capped = false;
  addIdentity(core, record);
  table.sinceSlot.set(record.row, stores.since.add({ device_id: record.id }));
  table.lastSeenSlot.set(record.row, stores.lastSeen.add({ device_id: record.id }));
  exposeStatus(core, record);
  exposeLastSeen(core, record);
  for (let cell = table.firstCell.get(record.row); cell !== NONE; cell = cells.next(cell)) {
    bindCell(core, record, cell);
  }
}

/** Takes all series of the device away; its values stay known. */
export function unbind(core: FleetCore, record: DeviceRecord): void {
  const { table, cells, stores } = core;
  if (!isBound(core, record)) return;
  core.bound -= 1;
  removeIdentity(core, record);
  stores.since.remove(table.sinceSlot.get(record.row));
  stores.lastSeen.remove(table.lastSeenSlot.get(record.row));
  for (let cell = table.firstCell.get(record.row); cell !== NONE; cell = cells.next(cell))
    unbindCell(core, cell);
}

/** Takes the series of all devices away at once. */
export function unbindAll(core: FleetCore): void {
  const { table, cells, stores } = core;
  for (const record of table.records) {
    if (record === undefined) continue;
    table.infoSlot.set(record.row, NONE);
    table.statusSlot.set(record.row, NONE);
  }
  for (let cell = 0; cell < cells.size; cell += 1) cells.slot.set(cell, NONE);
  for (const store of [stores.info, stores.status, stores.since, stores.lastSeen, stores.telemetry])
    store.clear();
  core.bound = 0;
}
