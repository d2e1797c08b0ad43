import { z } from 'zod';
import type { Sql } from '../store/sql.ts';

/** When an alert counts as flapping. */
export interface FlappingPolicy {
  /** Raised so often; 0: never. */
  readonly times: number;
  /** Within so long, milliseconds. Calm again after half of it without a change. */
  readonly window: number;
}

/** Whether an alert goes on and off: it just began to, it did before, or it does not. */
export type Flap = 'no' | 'begins' | 'goes on';

const changedRow = z.object({ fingerprint: z.string(), since: z.number() });

/**
 * An alert of the fingerprint was raised or ended. What flaps is a fact of the store, written with the change itself: a
 * restart knows it.
 */
export async function noteChange(
  sql: Sql,
  { times, window }: FlappingPolicy,
  action: 'raised' | 'resolved',
  fingerprint: string,
  now: number,
): Promise<Flap> {
  const known = await sql.run('update flapping set changed_at = ? where fingerprint = ?', now, fingerprint);
  if (known.changes > 0) return 'goes on';
  if (times === 0 || action === 'resolved') return 'no';
  const row = await sql.first(
    z.object({ count: z.number() }),
    'select count(*) as count from alerts where fingerprint = ? and raised_at > ?',
    ...[fingerprint, now - window],
  );
  if ((row?.count ?? 0) < times) return 'no';
  await sql.run(
    'insert into flapping (fingerprint, since, changed_at) values (?, ?, ?)',
    fingerprint,
    now,
    now,
  );
  return 'begins';
}

/** Since when alerts flap, milliseconds since the epoch, by fingerprint. */
export async function flappingSince(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql.all(changedRow, 'select fingerprint, since from flapping');
  return new Map(rows.map(({ fingerprint, since }) => [fingerprint, since]));
}

/** Takes some that have not changed since then out, and returns their fingerprints. */
export async function takeCalm(sql: Sql, before: number, most: number): Promise<string[]> {
  const rows = await sql.all(
    changedRow,
    'select fingerprint, since from flapping where changed_at <= ? limit ?',
    ...[before, most],
  );
  for (const { fingerprint } of rows)
    await sql.run('delete from flapping where fingerprint = ?', fingerprint);
  return rows.map(({ fingerprint }) => fingerprint);
}
