import { bindCell, unbindCell } from './binding.ts';
import { OTHER_INDEX } from './caps.ts';
import type { FleetData } from './fleet-data.ts';
import { type DeviceRecord, NONE } from './device-table.ts';

/**
 * Makes the value the metric's newest one. A metric over the cap of names has none; a unit that changes moves
 * the series. `at` is steady time. Allocates nothing for a metric that the device has already.
 */
export function setValue(
  data: FleetData,
  record: DeviceRecord,
  metric: number,
  unit: string,
  value: number,
  at: number,
): void {
  const { table, cells, stores } = data;
  if (metric === OTHER_INDEX || record.capped) return;
  let cell = cells.find(table.firstCell.get(record.row), metric);
  if (cell === NONE) {
    cell = addCell(data, record, metric, data.unitNames.index(unit));
    if (cell === NONE) return;
  } else if (data.unitNames.name(cells.unit.get(cell)) !== unit) changeUnit(data, cell, unit);
  cells.value.set(cell, value);
  cells.at.set(cell, at);
  const slot = cells.slot.get(cell);
  if (slot === NONE) bindCell(data, record, cell);
  else stores.telemetry.set(slot, value);
}

function changeUnit(data: FleetData, cell: number, unit: string): void {
  const index = data.unitNames.index(unit);
  if (data.cells.unit.get(cell) === index) return;
  unbindCell(data, cell);
  data.cells.unit.set(cell, index);
}

function addCell(data: FleetData, record: DeviceRecord, metric: number, unit: number): number {
  const { table, cells, limits } = data;
  const first = table.firstCell.get(record.row);
  if (cells.length(first) >= limits.maxMetricsPerDevice) {
    data.drops.once('device_metrics', `${record.id}\n${data.metricNames.name(metric)}`);
    return NONE;
  }
  const cell = cells.add(record.row, first, metric, unit);
  table.firstCell.set(record.row, cell);
  return cell;
}

/** When the metric's value was stated, NaN when there is none; steady milliseconds. */
export function valueTime(data: FleetData, record: DeviceRecord, metric: number): number {
  return data.cells.at.get(data.cells.find(data.table.firstCell.get(record.row), metric));
}

/**
 * Takes the series of values that were not renewed for `telemetryExpireAfter` or three times the device's
 * interval, and forgets values as old as a device that is forgotten. `now` is steady time.
 */
export function expireValues(
  data: FleetData,
  now: number,
  drop: (record: DeviceRecord, cell: number) => void,
): void {
  const { table, cells, limits } = data;
  for (let cell = 0; cell < cells.size; cell += 1) {
    const age = now - cells.at.get(cell);
    if (!(age > limits.telemetryExpireAfter)) continue;
    const record = table.records[cells.owner.get(cell)];
    if (record === undefined) continue;
    // The silence limit is three times the interval where that is more than `offlineAfter`.
    const patience = Math.max(limits.telemetryExpireAfter, table.limit.get(record.row));
    if (age > Math.max(limits.deviceExpireAfter, patience)) drop(record, cell);
    else if (age > patience) unbindCell(data, cell);
  }
}
