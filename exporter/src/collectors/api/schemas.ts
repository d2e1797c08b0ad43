import { z } from 'zod';
import type { InventoryRow } from '../../fleet/fleet.ts';
import { parsePlatformTime } from '../platform-time.ts';

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? '');
const time = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => (value == null ? null : parsePlatformTime(value)));
const count = z.number().int().nonnegative();

export const pingSchema = z.object({ pong: z.number().nullable() });

/** `services` names anything; a value that is no text is shown as JSON. */
export const healthSchema = z.object({
  services: z.record(z.string(), z.unknown()).transform((services) =>
    Object.entries(services).map(([service, value]) => ({
      service,
      said: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  ),
});

/** The parts of `devices/stats` do not add up to the total: other statuses are not reported. */
export const deviceStatsSchema = z.object({ total_devices: count });

/** A list whose rows are judged one by one. */
export const listSchema = z.array(z.unknown());

/** A device of the list: without an id it is no device, everything else may be missing or odd. */
export const deviceSchema = z
  .object({
    id: z.number().int(),
    device_id: z.union([z.string().min(1), z.number().transform(String)]),
    name: text,
    device_type: text,
    location: text,
    manufacturer: text,
    model: text,
    firmware_version: text,
    status: z.string().nullish().catch(null),
    is_active: z.boolean().nullish().catch(null),
    created_at: time,
    updated_at: time,
    last_seen: time,
  })
  .transform((row): { readonly id: number; readonly active: boolean; readonly inventory: InventoryRow } => ({
    id: row.id,
    active: row.is_active !== false,
    inventory: {
      identity: {
        deviceId: row.device_id,
        name: row.name,
        deviceType: row.device_type,
        location: row.location,
        manufacturer: row.manufacturer,
        model: row.model,
        firmwareVersion: row.firmware_version,
      },
      status: row.status ?? null,
      writtenAt: row.updated_at ?? row.last_seen ?? row.created_at,
      lastSeen: row.last_seen,
    },
  }));

const word = z.string().min(1).catch('unknown');

export const alertSchema = z.object({
  id: count,
  severity: word,
  alert_type: word,
  device_id: z.number().int().nullish().catch(null),
  metric_name: text,
  title: text,
  description: text,
  created_at: time,
});
export type AlertRow = z.infer<typeof alertSchema>;

/** Counts by severity, of which `total` is the sum. What is no number is left out. */
export const activeStatsSchema = z
  .looseObject({ total: count })
  .transform((stats) =>
    Object.entries(stats).flatMap(([severity, value]): [string, number][] =>
      severity !== 'total' && typeof value === 'number' && value >= 0 ? [[severity, value]] : [],
    ),
  );

export const alertSummarySchema = z.object({ by_status: z.record(z.string(), count.catch(0)) });
