import type { AlertGroup } from '../../fleet/alert-rows.ts';
import { groupAlerts } from '../alert-groups.ts';
import { absorb, forgetGaps, type Watermark, watermarkAt } from '../id-watermark.ts';
import type { Ask } from './ask.ts';
import { ENDPOINTS } from './endpoints.ts';
import { usableRows } from './rows.ts';
import { type AlertRow, alertSchema, listSchema } from './schemas.ts';

/** The platform's own limit. */
const PAGE = 1000;
/** Rows of the first look for new ones: the list is newest first and mostly nothing or little is new. */
const FIRST_LOOK = 100;
/** How long an unseen id below the watermark may still appear, milliseconds, and how many gaps are kept. */
const GAP_LIFETIME = 300_000;
const GAPS = 1000;

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

/** Rows raised since the watermark. */
export interface RaisedRows {
  readonly groups: readonly AlertGroup[];
  readonly watermark: Watermark;
  readonly unusable: number;
  /** The newest id, when it fell below the watermark. */
  readonly resetTo: number | undefined;
  /** The bound of the paging came before the last known row: there were more new rows than were counted. */
  readonly cut: boolean;
}

/**
 * Looks through the newest rows of any status until it meets known ones. Without a watermark it only sets
 * one. An empty list changes nothing: an API in several replicas may answer from several databases.
 */
export async function readRaisedRows(
  ask: Ask,
  known: Watermark | undefined,
  now: number,
  pages: number,
): Promise<RaisedRows> {
  const byId = new Map<number, AlertRow>();
  let unusable = 0;
  let skip = 0;
  let full = true;
  const reached = (): boolean => known === undefined || [...byId.keys()].some((id) => id <= known.id);
  for (let page = 0; page < pages && full && !(page > 0 && reached()); page++) {
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
  const ids = [...byId.keys()].sort((a, b) => a - b);
  const newest = ids.at(-1);
  if (known === undefined || newest === undefined) {
    const watermark = known ?? watermarkAt(ids, now);
    return { groups: [], watermark, unusable, resetTo: undefined, cut: false };
  }
  if (newest < known.id)
    return { groups: [], watermark: watermarkAt(ids, now), unusable, resetTo: newest, cut: false };
  const { watermark, fresh } = absorb(known, ids, now);
  const raised = fresh.flatMap((id) => byId.get(id) ?? []);
  return {
    groups: groupAlerts(raised),
    watermark: forgetGaps(watermark, now, GAP_LIFETIME, GAPS),
    unusable,
    resetTo: undefined,
    cut: full && !reached(),
  };
}
