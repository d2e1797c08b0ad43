import { z } from 'zod';
import type { InventoryRow } from '../../fleet/fleet.ts';
import type { Query } from './connection.ts';
import { text, timeInMs } from './columns.ts';

/** What telemetry rows need to know of the device that their foreign key names. */
export interface DeviceKey {
  readonly deviceId: string;
  readonly deviceType: string;
  readonly active: boolean;
}

export interface DeviceTable {
  readonly rows: readonly InventoryRow[];
  /** By `devices.id`. */
  readonly keys: ReadonlyMap<number, DeviceKey>;
}

const deviceRow = z.object({
  id: z.number(),
  device_id: z.string(),
  name: text,
  device_type: text,
  location: text,
  manufacturer: text,
  model: text,
  firmware_version: text,
  status: z.string().nullable(),
  created: timeInMs,
  updated: timeInMs,
  seen: timeInMs,
});

const keyRow = z.object({ id: z.number(), device_id: z.string(), device_type: text, active: z.boolean() });

const DEVICES = `
  select id::float8 as id, device_id, name, device_type, location, manufacturer, model, firmware_version, status,
         (extract(epoch from created_at) * 1000)::float8 as created,
         (extract(epoch from updated_at) * 1000)::float8 as updated,
         (extract(epoch from last_seen) * 1000)::float8 as seen
  from devices where is_active and id > $1::bigint order by devices.id limit $2::int`;

const KEYS = `
  select id::float8 as id, device_id, device_type, coalesce(is_active, false) as active
  from devices where id = any($1::bigint[])`;

/** Rows of a page: few enough that parsing one does not hold up a scrape. */
const PAGE = 1000;
/** A server that is too slow for a page is asked for half of it next time, down to so many rows. */
const LEAST_PAGE = 25;

function toInventory(row: z.infer<typeof deviceRow>): InventoryRow {
  return {
    identity: {
      deviceId: row.device_id,
      name: row.name,
      deviceType: row.device_type,
      location: row.location,
      manufacturer: row.manufacturer,
      model: row.model,
      firmwareVersion: row.firmware_version,
    },
    status: row.status,
    writtenAt: row.updated ?? row.seen ?? row.created,
    lastSeen: row.seen,
  };
}

/** Reads the active devices (`is_active` NULL is not active, as for the API), page by page along the key. */
export interface DeviceReader {
  /** Goes on where the last call ended; undefined while there are more pages and `hasTime` says no. */
  read(query: Query, hasTime: () => boolean): Promise<DeviceTable | undefined>;
  /** The next call begins at the first row. */
  restart(): void;
}

/** A reading that spans several attempts sees each page as it was then: a table too slow for one attempt is read all the same. */
export function createDeviceReader(): DeviceReader {
  let rows: InventoryRow[] = [];
  let keys = new Map<number, DeviceKey>();
  let after = 0;
  let size = PAGE;

  async function nextPage(query: Query) {
    try {
      return await query(deviceRow, DEVICES, [after, size]);
    } catch (error) {
      size = Math.max(LEAST_PAGE, Math.floor(size / 2));
      throw error;
    }
  }

  function restart(): void {
    rows = [];
    keys = new Map();
    after = 0;
  }

  return {
    restart,
    read: async (query, hasTime) => {
      for (let full = true; full;) {
        const asked = size;
        const page = await nextPage(query);
        for (const row of page) {
          rows.push(toInventory(row));
          keys.set(row.id, { deviceId: row.device_id, deviceType: row.device_type, active: true });
        }
        after = page.at(-1)?.id ?? after;
        full = page.length === asked;
        if (full && !hasTime()) return undefined;
      }
      const table = { rows, keys };
      size = PAGE;
      restart();
      return table;
    },
  };
}

/** Reads the devices with these keys, active or not. */
export async function readDeviceKeys(
  query: Query,
  ids: readonly number[],
): Promise<ReadonlyMap<number, DeviceKey>> {
  const rows = await query(keyRow, KEYS, [ids]);
  return new Map(
    rows.map((row) => [row.id, { deviceId: row.device_id, deviceType: row.device_type, active: row.active }]),
  );
}
