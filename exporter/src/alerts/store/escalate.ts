import { SEVERITY_WORDS } from '../../base/severity.ts';
import { type Alert, CRITICAL_UNACKNOWLEDGED } from '../alert.ts';
import type { Sql } from './sql.ts';
import { alertRow, type StoredAlert } from './rows.ts';

/** When receivers are told again of a critical alert that nobody has taken on. Milliseconds. */
export interface EscalationPolicy {
  /** After so long since they were to be told that it fires. */
  readonly after: number;
  /** And again after so long each; 0: once. */
  readonly every: number;
}

/** When receivers were to be told first: a maintenance window or a retry begins that anew. */
const TOLD_SINCE = `coalesce(
  (select max(d.created_at) from deliveries d where d.alert_id = a.id and d.kind = 'firing'), a.raised_at)`;

/** Critical by any of its names, as index `alerts_critical` has it. */
const IS_CRITICAL = `lower(trim(severity)) in (${SEVERITY_WORDS.critical.map((word) => `'${word}'`).join(', ')})`;

/** Alerts of one escalation: what is done between two breaths of the event loop. */
const PAGE = 200;

/** By the index of open critical alerts: the sign keeps SQLite from walking all alerts in the order of their numbers. */
function duePage(
  sql: Sql,
  { after, every }: EscalationPolicy,
  now: number,
  lastId: number,
): Promise<StoredAlert[]> {
  return sql.all(
    alertRow,
    `select * from alerts a where a.state = 'active' and ${IS_CRITICAL} and a.raised_at <= ?1
       and a.source <> 'alertmanager' and a.name <> '${CRITICAL_UNACKNOWLEDGED}' and +a.id > ?4
       and case when a.escalated_at is null then ${TOLD_SINCE} <= ?1 else ?2 > 0 and a.escalated_at <= ?3 end
     order by +a.id limit ${PAGE}`,
    ...[now - after, every, now - every, lastId],
  );
}

/**
 * Some of the critical alerts that are due and not excepted, the oldest first. Those of Alertmanager are its own,
 * and none is about escalation itself.
 */
export async function dueForEscalation(
  sql: Sql,
  policy: EscalationPolicy,
  isExcepted: (alert: Alert) => boolean,
  now: number,
): Promise<StoredAlert[]> {
  let page: StoredAlert[] = [];
  do {
    page = await duePage(sql, policy, now, page.at(-1)?.id ?? 0);
    const due = page.filter(({ alert }) => !isExcepted(alert));
    if (due.length > 0) return due;
  } while (page.length === PAGE);
  return [];
}

export async function markEscalated(sql: Sql, id: number, now: number): Promise<void> {
  await sql.run('update alerts set escalated_at = ? where id = ?', now, id);
}
