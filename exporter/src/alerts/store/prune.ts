import { z } from 'zod';
import { type HistoryLimits, keptEntries } from '../history-limits.ts';
import type { Sql } from './database.ts';

const countRow = z.object({ count: z.number() });

/**
 * Removes the resolved alerts beyond the limits, with what the audit log and the outbox say of them, and maintenance
 * windows that were over before; returns how many alerts.
 */
export function pruneHistory(sql: Sql, limits: HistoryLimits, now: number): number {
  sql.run('delete from maintenance where ends_at < ?', now - limits.age);
  sql.run('delete from expired_silences where window_id not in (select id from maintenance)');
  const counted = (text: string, ...values: number[]): number =>
    sql.first(countRow, text, ...values)?.count ?? 0;
  const total = counted("select coalesce(sum(count), 0) as count from tally_kinds where state = 'resolved'");
  const young = counted(
    "select count(*) as count from alerts where state = 'resolved' and resolved_at > ?",
    now - limits.age,
  );
  const kept = keptEntries(total, young, limits);
  if (kept === total) return 0;
  sql.run('create temporary table if not exists doomed (id integer primary key)');
  sql.run('delete from doomed');
  const { changes } = sql.run(
    `insert into doomed select id from alerts where state = 'resolved'
     order by resolved_at desc, id desc limit -1 offset ?`,
    kept,
  );
  sql.run('delete from audit where alert_id in (select id from doomed)');
  sql.run('delete from deliveries where alert_id in (select id from doomed)');
  sql.run('delete from alerts where id in (select id from doomed)');
  return changes;
}
