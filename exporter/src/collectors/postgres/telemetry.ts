import { z } from 'zod';
import type { FleetInput } from '../../fleet/fleet.ts';
import type { Query } from './connection.ts';
import { type DeviceKey, readDeviceKeys } from './devices.ts';
import { float8, timeInMs } from './columns.ts';
import type { NewRowsTable } from './new-rows.ts';

const telemetryRow = z.object({
  id: z.number(),
  device: z.number(),
  metric: z.string(),
  value: float8,
  unit: z.string().nullable(),
  at: timeInMs,
});
export type TelemetryRow = z.infer<typeof telemetryRow>;

/** The telemetry as a table to follow. */
export const TELEMETRY_TABLE: NewRowsTable<TelemetryRow> = {
  name: 'telemetry_data',
  columns:
    't.id::float8 as id, t.device_id::float8 as device, t.metric_name as metric, t.metric_value as value, t.unit, ' +
    '(extract(epoch from t."timestamp") * 1000)::float8 as at',
  row: telemetryRow,
};

interface Stored {
  readonly deviceType: string;
  readonly metric: string;
  count: number;
}

interface Newest {
  readonly deviceId: string;
  readonly row: TelemetryRow;
  readonly at: number;
}

/** Sums up the new rows of one attempt until it is known that they count. */
export interface TelemetryBatch {
  add(rows: readonly TelemetryRow[]): Promise<void>;
  /** Tells the fleet: points by type and metric, and each metric's newest finite value of active devices. */
  apply(fleet: FleetInput): void;
  /** Rows whose value is NaN or infinite: they count as points and have no value. */
  readonly notFinite: number;
}

/**
 * A batch that looks up devices in `keys` and asks the database for those that are not there, which are
 * added. A timestamp of NULL or infinity counts as `now`.
 */
export function createTelemetryBatch(
  query: Query,
  keys: Map<number, DeviceKey>,
  normaliseUnit: (unit: string) => string,
  now: number,
): TelemetryBatch {
  const stored = new Map<string, Stored>();
  const newest = new Map<string, Newest>();
  let notFinite = 0;

  function count(deviceType: string, metric: string): void {
    const key = `${deviceType}\0${metric}`;
    const entry = stored.get(key);
    if (entry === undefined) stored.set(key, { deviceType, metric, count: 1 });
    else entry.count += 1;
  }

  function keep(deviceId: string, row: TelemetryRow): void {
    const key = `${deviceId}\0${row.metric}`;
    const at = row.at ?? now;
    const known = newest.get(key);
    if (known === undefined || at > known.at || (at === known.at && row.id > known.row.id))
      newest.set(key, { deviceId, row, at });
  }

  return {
    add: async (rows) => {
      const unknown = new Set(rows.map((row) => row.device).filter((id) => !keys.has(id)));
      if (unknown.size > 0)
        for (const [id, key] of await readDeviceKeys(query, [...unknown])) keys.set(id, key);
      for (const row of rows) {
        const device = keys.get(row.device);
        count(device?.deviceType ?? 'unknown', row.metric);
        if (!Number.isFinite(row.value)) notFinite += 1;
        else if (device?.active === true) keep(device.deviceId, row);
      }
    },
    apply: (fleet) => {
      for (const { deviceType, metric, count: points } of stored.values())
        fleet.storedPoints(deviceType, metric, points);
      for (const { deviceId, row, at } of newest.values())
        fleet.value(deviceId, row.metric, normaliseUnit(row.unit ?? ''), row.value, at);
    },
    get notFinite() {
      return notFinite;
    },
  };
}
