import { z } from 'zod';
import type { Sql } from '../store/sql.ts';
import { actorSchema, json } from '../store/rows.ts';
import type { MaintenanceWindow } from './maintenance-window.ts';

const names = json(z.array(z.string()));

const windowRow = z
  .object({
    id: z.string(),
    devices: names,
    device_types: names,
    locations: names,
    starts_at: z.number(),
    ends_at: z.number(),
    created_at: z.number(),
    created_by: json(actorSchema),
    comment: z.string(),
    ended_by: json(actorSchema).nullable(),
  })
  .transform((row): MaintenanceWindow => ({
    id: row.id,
    devices: row.devices,
    deviceTypes: row.device_types,
    locations: row.locations,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    comment: row.comment,
    endedBy: row.ended_by,
  }));

export async function insertWindow(sql: Sql, window: MaintenanceWindow): Promise<void> {
  await sql.run(
    `insert into maintenance (id, devices, device_types, locations, starts_at, ends_at, created_at, created_by,
       comment) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    window.id,
    JSON.stringify(window.devices),
    JSON.stringify(window.deviceTypes),
    JSON.stringify(window.locations),
    window.startsAt,
    window.endsAt,
    window.createdAt,
    JSON.stringify(window.createdBy),
    window.comment,
  );
}

/** Writes what ends a window. */
export async function updateWindow(
  sql: Sql,
  { id, startsAt, endsAt, endedBy }: MaintenanceWindow,
): Promise<void> {
  await sql.run(
    'update maintenance set starts_at = ?, ends_at = ?, ended_by = ? where id = ?',
    ...[startsAt, endsAt, JSON.stringify(endedBy), id],
  );
}

export function findWindow(sql: Sql, id: string): Promise<MaintenanceWindow | undefined> {
  return sql.first(windowRow, 'select * from maintenance where id = ?', id);
}

/** The newest windows. */
export function newestWindows(sql: Sql, limit: number): Promise<MaintenanceWindow[]> {
  return sql.all(windowRow, 'select * from maintenance order by created_at desc, rowid desc limit ?', limit);
}

/** Windows that end after the moment, planned ones among them. */
export function windowsEndingAfter(sql: Sql, at: number): Promise<MaintenanceWindow[]> {
  return sql.all(windowRow, 'select * from maintenance where ends_at > ? order by starts_at, rowid', at);
}

const expiredRow = z.object({ window_id: z.string(), part: z.string() });

/** Silences of windows that somebody expired, as `window/part`. */
export async function expiredSilences(sql: Sql): Promise<ReadonlySet<string>> {
  const rows = await sql.all(expiredRow, 'select window_id, part from expired_silences');
  return new Set(rows.map(({ window_id: id, part }) => `${id}/${part}`));
}

export async function insertExpiredSilence(sql: Sql, id: string, part: string): Promise<void> {
  await sql.run('insert into expired_silences values (?, ?) on conflict do nothing', id, part);
}
