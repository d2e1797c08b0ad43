import type { FleetData } from './fleet-data.ts';
import { type DeviceRecord, NONE } from './device-table.ts';
import { statusOfCode } from './effective-status.ts';
import type { DeviceValue, DeviceView, FleetSource, ReportedStatus } from './fleet.ts';

/** The last moment that a Date can show, milliseconds since the epoch. */
const LAST_DATE = 8.64e15;
const SOURCES: readonly FleetSource[] = ['api', 'postgres', 'mqtt'];

/** ISO 8601 in UTC; moments beyond what dates can show become the nearest one that they can, NaN the epoch. */
export function isoTime(at: number): string {
  if (Number.isNaN(at)) return isoTime(0);
  return new Date(Math.max(-LAST_DATE, Math.min(LAST_DATE, at))).toISOString();
}

function reportsOf(record: DeviceRecord): ReportedStatus[] {
  return SOURCES.flatMap((source) => {
    const report = record.reports[source];
    return report === undefined ? [] : [{ source, status: report.status, at: isoTime(report.at) }];
  });
}

function valuesOf(data: FleetData, record: DeviceRecord): DeviceValue[] {
  const { cells, metricNames, unitNames } = data;
  const values: DeviceValue[] = [];
  for (let cell = data.table.firstCell.get(record.row); cell !== NONE; cell = cells.next(cell)) {
    values.push({
      metric: metricNames.name(cells.metric(cell)),
      unit: unitNames.name(cells.unit.get(cell)),
      value: cells.value.get(cell),
      at: isoTime(cells.at.get(cell) - data.drift),
    });
  }
  return values.sort((a, b) => (a.metric < b.metric ? -1 : 1));
}

/** The device as `/api/v1/devices` shows it. */
export function deviceView(data: FleetData, record: DeviceRecord): DeviceView {
  const { table } = data;
  const { identity, row } = record;
  const lastSeen = table.lastSeen.get(row) - data.drift;
  return {
    deviceId: record.id,
    name: identity?.name ?? '',
    deviceType: identity?.deviceType ?? '',
    location: identity?.location ?? '',
    manufacturer: identity?.manufacturer ?? '',
    model: identity?.model ?? '',
    firmwareVersion: identity?.firmwareVersion ?? '',
    status: statusOfCode(table.status.get(row)),
    statusSince: isoTime(table.since.get(row)),
    reported: reportsOf(record),
    lastSeen: Number.isNaN(lastSeen) ? null : isoTime(lastSeen),
    registered: record.registered,
    values: valuesOf(data, record),
  };
}
