import { z } from 'zod';
import type { Sql } from './sql.ts';

/** How much of the past is kept. */
export interface HistoryLimits {
  /** Most resolved alerts; older ones above it go. */
  readonly entries: number;
  /** Milliseconds after which a resolved alert goes, unless it is among the newest `ALWAYS_KEPT`. */
  readonly age: number;
}

/** So many of the newest resolved alerts stay however old they are (guide: `alert_history`, 1,000 entries). */
export const ALWAYS_KEPT = 1000;

/** How many of the newest resolved alerts stay when there are `total`, `young` of them younger than the age. */
export function keptEntries(total: number, young: number, { entries }: HistoryLimits): number {
  return Math.min(total, entries, Math.max(young, ALWAYS_KEPT));
}

const countRow = z.object({ count: z.number() });
const boundaryRow = z.object({ resolved_at: z.number(), id: z.number() });

/**
 * Removes the resolved alerts beyond the limits, with what the audit log and the outbox say of them, and maintenance
 * windows that were over before; returns how many alerts.
 */
export async function pruneHistory(sql: Sql, limits: HistoryLimits, now: number): Promise<number> {
  await sql.run('delete from maintenance where ends_at < ?', now - limits.age);
  await sql.run('delete from events where at < ?', now - limits.age);
  await sql.run('delete from expired_silences where window_id not in (select id from maintenance)');
  const counted = async (text: string, ...values: number[]): Promise<number> =>
    (await sql.first(countRow, text, ...values))?.count ?? 0;
  const total = await counted(
    "select coalesce(sum(count), 0) as count from tally_kinds where state = 'resolved'",
  );
  const young = await counted(
    "select count(*) as count from alerts where state = 'resolved' and resolved_at > ?",
    now - limits.age,
  );
  const kept = keptEntries(total, young, limits);
  if (kept === total) return 0;
  const boundary = await sql.first(
    boundaryRow,
    `select resolved_at, id from alerts where state = 'resolved'
     order by resolved_at desc, id desc limit 1 offset ?`,
    kept,
  );
  if (boundary === undefined) return 0;
  const doomed = "state = 'resolved' and (resolved_at, id) <= (?, ?)";
  const values = [boundary.resolved_at, boundary.id];
  for (const table of ['audit', 'deliveries'])
    await sql.run(
      `delete from ${table} where alert_id in (select id from alerts where ${doomed})`,
      ...values,
    );
  const { changes } = await sql.run(`delete from alerts where ${doomed}`, ...values);
  return changes;
}
