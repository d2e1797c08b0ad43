import { severityRank, statusOfCode, type DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { DeviceValue, ExporterDevice } from '../../api/exporterTypes';
import type { InstantRow, Labels } from '../../api/prometheusShapes';

/** A device in a picture of the fleet. Times are milliseconds since the epoch; null where nobody knows. */
export interface FleetDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly deviceType: string;
  readonly location: string;
  readonly status: DeviceStatus;
  readonly since: number | null;
  readonly lastSeen: number | null;
  /** Firing alerts of the device; null where no alert names devices. */
  readonly alerts: number | null;
}

/** The fleet at one moment. */
export interface FleetPicture {
  readonly devices: readonly FleetDevice[];
  /** The moment that it shows, milliseconds since the epoch. */
  readonly at: number;
  readonly source: 'prometheus' | 'exporter';
  /** Newest values by device, where the source gives them along with the list. */
  readonly values?: ReadonlyMap<string, readonly DeviceValue[]>;
  /** False when there are more devices than the page asks the exporter for. */
  readonly complete: boolean;
}

/** Rows of the queries in `FLEET_QUERIES`. */
export interface FleetRows {
  readonly status: readonly InstantRow[];
  readonly since: readonly InstantRow[];
  readonly lastSeen: readonly InstantRow[];
  readonly info: readonly InstantRow[];
  readonly alerts: readonly InstantRow[];
}

function byDevice(rows: readonly InstantRow[]): Map<string, number> {
  const values = new Map<string, number>();
  for (const { labels, value } of rows) values.set(labels.device_id ?? '', value);
  return values;
}

/** Rows after which other work gets its turn: some milliseconds of a slow machine. */
const CHUNK = 4000;

function milliseconds(seconds: number | undefined): number | null {
  return seconds === undefined || !Number.isFinite(seconds) ? null : seconds * 1000;
}

/** The worst first; of equals those with most alerts, then what broke last: old troubles are known already. */
export function compareSeverity(a: FleetDevice, b: FleetDevice): number {
  return (
    severityRank(a.status) - severityRank(b.status) ||
    (b.alerts ?? 0) - (a.alerts ?? 0) ||
    (b.since ?? 0) - (a.since ?? 0) ||
    (a.deviceId < b.deviceId ? -1 : 1)
  );
}

/**
 * The devices in Prometheus' answers, one for every row of `status`. Calls `pause` between pieces of work, so that
 * a large fleet never keeps the page from answering; what `pause` throws ends it.
 */
export async function devicesFromRows(rows: FleetRows, pause: () => Promise<void>): Promise<FleetDevice[]> {
  const isLarge = rows.status.length > CHUNK;
  const rest = async (): Promise<void> => {
    if (isLarge) await pause();
  };
  const since = byDevice(rows.since);
  await rest();
  const lastSeen = byDevice(rows.lastSeen);
  const alerts = byDevice(rows.alerts);
  await rest();
  const info = new Map<string, Labels>();
  for (const { labels } of rows.info) info.set(labels.device_id ?? '', labels);
  const devices: FleetDevice[] = [];
  for (const { labels, value } of rows.status) {
    if (devices.length % CHUNK === 0) await rest();
    const deviceId = labels.device_id ?? '';
    const identity = info.get(deviceId);
    devices.push({
      deviceId,
      name: identity?.name ?? '',
      deviceType: labels.device_type ?? '',
      location: identity?.location ?? '',
      status: statusOfCode(value),
      since: milliseconds(since.get(deviceId)),
      lastSeen: milliseconds(lastSeen.get(deviceId)),
      alerts: alerts.size === 0 ? null : (alerts.get(deviceId) ?? 0),
    });
  }
  await rest();
  return devices;
}

/** The registered devices of the exporter's list, for when Prometheus cannot be asked. */
export function devicesFromExporter(devices: readonly ExporterDevice[]): FleetDevice[] {
  return devices
    .filter(({ registered }) => registered)
    .map(({ deviceId, name, deviceType, location, status, statusSince, lastSeen }) => ({
      deviceId,
      name,
      deviceType,
      location,
      status,
      since: statusSince,
      lastSeen,
      alerts: null,
    }));
}
