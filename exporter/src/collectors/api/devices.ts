import type { InventoryRow } from '../../fleet/fleet.ts';
import type { Ask } from './ask.ts';
import { ENDPOINTS } from './endpoints.ts';
import { ApiError } from './errors.ts';
import { usableRows } from './rows.ts';
import { deviceSchema, listSchema } from './schemas.ts';

/** The active devices as the API lists them. */
export interface DeviceList {
  readonly rows: readonly InventoryRow[];
  /** Device id by the platform's own row number, which its alerts name. */
  readonly ids: ReadonlyMap<number, string>;
  readonly unusable: number;
  /** Why the whole list failed, when the rows come from the lists by status. */
  readonly listError: Error | undefined;
}

/** The platform's own limit; its list has no order, so that pages would lose and repeat devices. */
const LIMIT = 1000;
/** The only statuses that the platform lists apart. */
const LISTED_STATUSES = ['online', 'offline', 'error'];

/**
 * Lists the devices in one go. One row that the platform cannot show (status NULL) makes its whole list fail;
 * the lists by status leave such rows out and still work, so they stand in, all three or none.
 */
export async function readDeviceList(ask: Ask): Promise<DeviceList> {
  const lists: unknown[] = [];
  let listError: Error | undefined;
  try {
    lists.push(...(await ask(ENDPOINTS.devices, `?limit=${LIMIT}`, listSchema)));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === undefined || error.status < 500) throw error;
    listError = error;
  }
  if (listError !== undefined) {
    try {
      for (const status of LISTED_STATUSES)
        lists.push(...(await ask(ENDPOINTS.devicesByStatus, `/api/v1/devices/status/${status}`, listSchema)));
    } catch {
      throw listError;
    }
  }
  const { rows, unusable } = usableRows(lists, deviceSchema);
  return {
    rows: rows.filter((row) => row.active).map((row) => row.inventory),
    ids: new Map(rows.map((row) => [row.id, row.inventory.identity.deviceId])),
    unusable,
    listError,
  };
}
