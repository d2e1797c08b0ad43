import type { AlertRow, DeviceRow, TelemetryRow } from '../platform/rows.ts';
import { zuluIso } from '../timestamps.ts';

/** A statement with its parameters; every parameter is a whole column. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** Inserts new devices and updates known ones. */
export function upsertDevices(rows: readonly DeviceRow[]): Statement {
  return {
    text: `insert into devices as d (id, name, device_id, device_type, manufacturer, model, firmware_version,
        location, status, is_active, created_at, updated_at, last_seen)
      select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::text[], $10::bool[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
      on conflict (id) do update set name = excluded.name, device_type = excluded.device_type,
        manufacturer = excluded.manufacturer, model = excluded.model,
        firmware_version = excluded.firmware_version, location = excluded.location, status = excluded.status,
        is_active = excluded.is_active, updated_at = excluded.updated_at, last_seen = excluded.last_seen`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.name),
      rows.map((row) => row.deviceId),
      rows.map((row) => row.deviceType),
      rows.map((row) => row.manufacturer),
      rows.map((row) => row.model),
      rows.map((row) => row.firmwareVersion),
      rows.map((row) => row.location),
      rows.map((row) => row.status),
      rows.map((row) => row.isActive),
      rows.map((row) => zuluIso(row.createdAt)),
      rows.map((row) => zuluIso(row.updatedAt)),
      rows.map((row) => zuluIso(row.lastSeen)),
    ],
  };
}

/** Inserts telemetry; ids are given so that REST and SQL know a point by the same number. */
export function insertTelemetry(rows: readonly TelemetryRow[]): Statement {
  return {
    text: `insert into telemetry_data (id, device_id, metric_name, metric_value, unit, timestamp)
      select * from unnest($1::int[], $2::int[], $3::text[], $4::float8[], $5::text[], $6::timestamptz[])
      on conflict (id) do nothing`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.deviceId),
      rows.map((row) => row.metricName),
      rows.map((row) => row.metricValue),
      rows.map((row) => row.unit),
      rows.map((row) => zuluIso(row.timestamp)),
    ],
  };
}

/** Inserts new alerts and updates the state of known ones. */
export function upsertAlerts(rows: readonly AlertRow[]): Statement {
  return {
    text: `insert into alerts (id, device_id, title, description, severity, alert_type, status, threshold_value,
        actual_value, metric_name, created_at, acknowledged_at, resolved_at)
      select * from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::float8[], $9::float8[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
      on conflict (id) do update set status = excluded.status, acknowledged_at = excluded.acknowledged_at,
        resolved_at = excluded.resolved_at`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.deviceId),
      rows.map((row) => row.title),
      rows.map((row) => row.description),
      rows.map((row) => row.severity),
      rows.map((row) => row.alertType),
      rows.map((row) => row.status),
      rows.map((row) => row.thresholdValue),
      rows.map((row) => row.actualValue),
      rows.map((row) => row.metricName),
      rows.map((row) => zuluIso(row.createdAt)),
      rows.map((row) => zuluIso(row.acknowledgedAt)),
      rows.map((row) => zuluIso(row.resolvedAt)),
    ],
  };
}

export function deleteRows(table: 'telemetry_data' | 'alerts', ids: readonly number[]): Statement {
  return { text: `delete from ${table} where id = any($1::int[])`, values: [ids] };
}

/** Sets the table's sequence to the last id, as if the ids had come from it. */
export function setSequence(table: 'devices' | 'telemetry_data' | 'alerts', lastId: number): Statement {
  return { text: `select setval(pg_get_serial_sequence('${table}', 'id'), $1)`, values: [lastId] };
}
