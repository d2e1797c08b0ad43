import { z } from 'zod';
import { type HistoryLimits, keptEntries } from '../history-limits.ts';
import type { Sql } from './database.ts';

const countsRow = z.object({ total: z.number(), young: z.number() });

/**
 * Removes the resolved alerts beyond the limits, with what the audit log and the outbox say of them, and maintenance
 * windows that were over before; returns how many alerts.
 */
export function pruneHistory(sql: Sql, limits: HistoryLimits, now: number): number {
  sql.run('delete from maintenance where ends_at < ?', now - limits.age);
  const { total = 0, young = 0 } =
    sql.first(
      countsRow,
      `select count(*) as total, count(*) filter (where resolved_at > ?) as young
       from alerts where state = 'resolved'`,
      now - limits.age,
    ) ?? {};
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
