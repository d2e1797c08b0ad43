import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { type Alert, ALERT_STATES, type AlertSource, type AlertState } from '../alert.ts';
import type { Database, Dialect, Sql } from './sql.ts';
import { type Notified, notifiedColumn, notifiedSchema } from './notified.ts';
import { json, alertRow } from './rows.ts';

/** What a list shows; every part narrows it. */
export interface AlertQuery {
  readonly state?: AlertState;
  /** In any case. */
  readonly severity?: string;
  readonly source?: AlertSource;
  readonly name?: string;
  /** Label `device_id`. */
  readonly deviceId?: string;
  /** Part of name, message or a label's value, ASCII letters in any case. */
  readonly text?: string;
  /** Raised at or after, and before: milliseconds since the epoch, of the beginning. */
  readonly from?: number;
  readonly to?: number;
  /** Not over before: milliseconds since the epoch. */
  readonly openSince?: number;
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

/** An alert with whom it was told to. */
export interface ListedAlert extends Alert {
  /** The newest word that it fires, of each receiver. */
  readonly notified: readonly Notified[];
}

export interface AlertPage {
  readonly items: readonly ListedAlert[];
  readonly nextCursor: string | null;
}

const CURSOR = /^\d{1,15}$/;

/** Whether the text can be a cursor of ours. */
export function isCursor(text: string): boolean {
  return CURSOR.test(text);
}

const pageRow = z.intersection(alertRow, z.object({ notified: json(z.array(notifiedSchema)) }));

/** Whether JSON writes the text as it is: then labels whose JSON lacks it need not be taken apart. */
function isPlain(part: string): boolean {
  return JSON.stringify(part) === `"${part}"`;
}

/** A LIKE pattern for texts that hold the part. */
function pattern(part: string): string {
  return `%${part.replaceAll(/[!%_]/g, '!$&')}%`;
}

/** Rows that are looked at between two breaths of the event loop, and most that are read there. */
const SLICE = 500;
const READ = 50;

/** Whether the text is a part of name, message or a label's value, as a condition with one value. */
function textCondition(text: string, { like, labelValues, labelsText }: Dialect): string {
  const holds = (expression: string): string => `${expression} ${like} ? escape '!'`;
  const inLabels = `exists (select 1 from ${labelValues('a.labels')} where ${holds('l.value')})`;
  const mayBeInLabels = isPlain(text) ? `${holds(labelsText('a.labels'))} and ${inLabels}` : inLabels;
  return `(${holds('a.name')} or ${holds('a.message')} or (${mayBeInLabels}))`;
}

/** The condition of the query and its values. */
function conditionOf(what: 'current' | 'history', query: AlertQuery, dialect: Dialect) {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, value: string | number | undefined, times = 1): void => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(...Array<string | number>(times).fill(value));
  };
  add('a.state = ?', query.state);
  add('lower(trim(a.severity)) = lower(trim(?))', query.severity);
  add('a.source = ?', query.source);
  add('a.name = ?', query.name);
  add(`${dialect.label('a.labels', 'device_id')} = ?`, query.deviceId);
  if (query.text !== undefined) {
    const text = textCondition(query.text, dialect);
    add(text, pattern(query.text), text.split('?').length - 1);
  }
  add('a.starts_at >= ?', query.from);
  add('a.starts_at < ?', query.to);
  add("(a.state <> 'resolved' or a.resolved_at >= ?)", query.openSince);
  const newest = 'not exists (select 1 from alerts n where n.fingerprint = a.fingerprint and n.id > a.id)';
  return { condition: [...conditions, what === 'current' ? newest : 'true'].join(' and '), values };
}

const boundaryRow = z.object({ id: z.number() });

/**
 * A page of alerts, the last raised first. `current` lists each fingerprint once, by its newest alert; `history`
 * lists every alert that is kept. Takes its time in steps of a few milliseconds, between which others may work:
 * a search for what is rare looks at all that is kept.
 */
export async function listAlerts(
  database: Pick<Database, 'read'>,
  what: 'current' | 'history',
  query: AlertQuery,
): Promise<AlertPage> {
  const found: z.output<typeof pageRow>[] = [];
  let before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(query.cursor);
  for (;;) {
    const wanted = Math.min(READ, query.limit + 1 - found.length);
    const { rows, from } = await database.read(async (sql) => {
      const boundary = `select id from alerts where id < ? order by id desc limit 1 offset ${SLICE - 1}`;
      const from = (await sql.first(boundaryRow, boundary, before))?.id;
      const { condition, values } = conditionOf(what, query, sql.dialect);
      const text = `select a.*, ${notifiedColumn(sql.dialect)} from alerts a
        where a.id < ? and a.id >= ? and ${condition} order by a.id desc limit ?`;
      return { from, rows: await sql.all(pageRow, text, before, from ?? 0, ...values, wanted) };
    });
    found.push(...rows);
    const last = rows.at(-1)?.id;
    if (found.length > query.limit) break;
    if (rows.length === wanted && last !== undefined) before = last;
    else if (from === undefined) break;
    else before = from;
    // The event loop breathes.
    await nextTurn();
  }
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map(({ alert, notified }) => ({ ...alert, notified })),
    nextCursor: found.length > query.limit && last !== undefined ? String(last.id) : null,
  };
}

const openRow = z.object({ fingerprint: z.string(), state: z.enum(ALERT_STATES) });

/** The open alerts of the source by fingerprint, with their states; but for those that `except` raised. */
export async function openAlerts(
  sql: Sql,
  source: AlertSource,
  except?: string,
): Promise<ReadonlyMap<string, AlertState>> {
  const rows = await sql.all(
    openRow,
    `select fingerprint, state from alerts
     where state <> 'resolved' and source = ?1 and raised_by is distinct from ?2`,
    source,
    except ?? '',
  );
  return new Map(rows.map(({ fingerprint, state }) => [fingerprint, state]));
}

/** The open alerts of the source as they are. */
export async function openAlertsOf(sql: Sql, source: AlertSource): Promise<Alert[]> {
  return (
    await sql.all(alertRow, "select * from alerts where state <> 'resolved' and source = ?", source)
  ).map(({ alert }) => alert);
}

/** Alerts that began between the moments, both included, the last first. */
export async function alertsBegunBetween(sql: Sql, from: number, to: number, most: number): Promise<Alert[]> {
  return (
    await sql.all(
      alertRow,
      'select * from alerts where starts_at >= ? and starts_at <= ? order by starts_at desc limit ?',
      ...[from, to, most],
    )
  ).map(({ alert }) => alert);
}

/** Fingerprints of some open alerts of the source whose time is over. */
export async function expiredAlerts(
  sql: Sql,
  source: AlertSource,
  now: number,
  most: number,
): Promise<string[]> {
  return (
    await sql.all(
      z.object({ fingerprint: z.string() }),
      `select fingerprint from alerts
       where expires_at is not null and state <> 'resolved' and expires_at <= ? and source = ? limit ?`,
      ...[now, source, most],
    )
  ).map(({ fingerprint }) => fingerprint);
}

/** The newest alert of the source about the device and of the type, open or not. */
export async function newestOfDevice(
  sql: Sql,
  source: AlertSource,
  deviceId: string,
  alertType: string,
): Promise<Alert | undefined> {
  return (
    await sql.first(
      alertRow,
      `select * from alerts where ${sql.dialect.label('labels', 'device_id')} = ? and source = ?
     and ${sql.dialect.label('labels', 'alert_type')} = ? order by id desc limit 1`,
      ...[deviceId, source, alertType],
    )
  )?.alert;
}

const eventRow = z
  .object({
    at: z.number(),
    action: z.string(),
    actor_kind: z.string(),
    actor: z.string(),
    comment: z.string(),
  })
  .transform(({ actor_kind, ...row }) => ({ ...row, actorKind: actor_kind }));

/** One line of the audit log. */
export type AuditEntry = z.output<typeof eventRow>;

/** Number of the newest line of the audit log; 0 for none. While it is the same, no alert began or ended. */
export async function newestChange(sql: Sql): Promise<number> {
  const row = await sql.first(
    z.object({ newest: z.number().nullable() }),
    'select max(id) as newest from audit',
  );
  return row?.newest ?? 0;
}

/** What happened to all alerts of the fingerprint, newest first. */
export function auditOf(sql: Sql, fingerprint: string, limit: number): Promise<AuditEntry[]> {
  return sql.all(
    eventRow,
    `select at, action, actor_kind, actor, comment from audit
     where alert_id in (select id from alerts where fingerprint = ?) order by id desc limit ?`,
    fingerprint,
    limit,
  );
}
