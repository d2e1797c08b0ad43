import { type AlertGroup, groupAlerts } from '../../platform-alerts/alert-rows.ts';
import type { Ask } from './ask.ts';
import { type Databases, type Look, takeLook, wantsMore } from './databases.ts';
import { ENDPOINTS } from './endpoints.ts';
import { usableRows } from './rows.ts';
import { type AlertRow, alertSchema, listSchema } from './schemas.ts';

/** The platform's own limit. */
const PAGE = 1000;
/** Rows of the first look for new ones: the list is newest first and mostly nothing or little is new. */
const FIRST_LOOK = 100;
/** Active rows by severity and type, as far as the paging went. */
export interface ActiveRows {
  readonly groups: readonly AlertGroup[];
  readonly rows: readonly AlertRow[];
  /** False when the paging's bound came before the last row. */
  readonly complete: boolean;
  readonly unusable: number;
}

/**
 * Pages through the active rows, newest first, at most `pages` pages. Rows that arrive meanwhile shift the
 * pages, so an id may come twice and counts once.
 */
export async function readActiveRows(ask: Ask, pages: number): Promise<ActiveRows> {
  const byId = new Map<number, AlertRow>();
  let unusable = 0;
  let complete = false;
  for (let page = 0; page < pages && !complete; page++) {
    const list = await ask(ENDPOINTS.alerts, `?status=active&limit=${PAGE}&skip=${page * PAGE}`, listSchema);
    const usable = usableRows(list, alertSchema);
    const before = byId.size;
    for (const row of usable.rows) byId.set(row.id, row);
    unusable += usable.unusable;
    // A server that ignores `skip` sends the same page for ever.
    if (usable.received < PAGE) complete = true;
    else if (byId.size === before) break;
  }
  const rows = [...byId.values()];
  return { groups: groupAlerts(rows), rows, complete, unusable };
}

/** Rows raised since the last look. */
export interface RaisedRows {
  readonly groups: readonly AlertGroup[];
  /** All databases that are followed from here on. */
  readonly databases: Databases;
  /** Whose rows these are. */
  readonly met: Look['met'];
  /** The newest id of the look; undefined when it was empty. */
  readonly newest: number | undefined;
  readonly unusable: number;
  /** The bound of the paging came before any known row: whose rows these are is not known, and none is counted. */
  readonly cut: boolean;
}

/** Looks through the newest rows of any status until it meets known ones, at most `pages` pages. */
export async function readRaisedRows(
  ask: Ask,
  databases: Databases,
  now: number,
  pages: number,
): Promise<RaisedRows> {
  const byId = new Map<number, AlertRow>();
  let unusable = 0;
  let skip = 0;
  let full = true;
  for (let page = 0; page < pages && full && (page === 0 || wantsMore(databases, byId)); page++) {
    const limit = page === 0 ? FIRST_LOOK : PAGE;
    const usable = usableRows(
      await ask(ENDPOINTS.alerts, `?limit=${limit}&skip=${skip}`, listSchema),
      alertSchema,
    );
    for (const row of usable.rows) byId.set(row.id, row);
    unusable += usable.unusable;
    skip += usable.received;
    full = usable.received >= limit;
  }
  const cut = full && wantsMore(databases, byId);
  const newest = byId.size === 0 ? undefined : Math.max(...byId.keys());
  const look = takeLook(databases, byId, now);
  return {
    groups: groupAlerts(look.raised),
    databases: look.databases,
    met: look.met,
    newest,
    unusable,
    cut,
  };
}
