import { statusWord } from '../../kit/status/statusLook';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { columnTitle, type Column } from './columns';
import { isoTime } from '../../domain/isoTime';
import { csvFile, type CsvCell } from '../../domain/csv';
import { metricWords, type ShownValue } from '../../features/fleet/values';

/** Seconds, so that a spreadsheet can reckon with them. */
function secondsSince(at: number | null, now: number): number | null {
  return at === null ? null : Math.max(0, Math.round((now - at) / 1000));
}

type Values = ReadonlyMap<string, readonly ShownValue[]>;

function cells(device: FleetDevice, column: Column, values: Values, now: number): CsvCell[] {
  switch (column) {
    case 'status':
      return [statusWord(device.status)];
    case 'name':
      return [device.deviceId, device.name];
    case 'type':
      return [device.deviceType];
    case 'location':
      return [device.location];
    case 'lastSeen':
      return [isoTime(device.lastSeen)];
    case 'since':
      return [isoTime(device.since), secondsSince(device.since, now)];
    case 'values':
      return [(values.get(device.deviceId) ?? []).map(metricWords).join('; ')];
    case 'alerts':
      return [device.alerts];
  }
}

function titles(column: Column): string[] {
  if (column === 'name') return ['device_id', columnTitle(column)];
  if (column === 'since') return ['status_since', `${columnTitle(column)} (s)`];
  return [columnTitle(column)];
}

/** The devices as a CSV file with the columns of the table; times in ISO 8601, UTC. `now`: milliseconds since the epoch. */
export function fleetCsv(
  devices: readonly FleetDevice[],
  columns: readonly Column[],
  values: Values,
  now: number,
): string {
  return csvFile([
    columns.flatMap(titles),
    ...devices.map((device) => columns.flatMap((column) => cells(device, column, values, now))),
  ]);
}
