import { z } from 'zod';
import { type Actor, ALERT_SOURCES, ALERT_STATES, type Alert, type Decision } from '../alert.ts';
import { textsSchema } from '../texts.ts';
import type { Sql } from './sql.ts';

/** A text column that holds JSON of the schema. */
export function json<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

export const actorSchema: z.ZodType<Actor> = z.object({
  kind: z.enum(['grafana', 'token', 'basic', 'loopback', 'system']),
  name: z.string(),
});

/** An alert with its row number, which rises with each raising. */
export interface StoredAlert {
  readonly id: number;
  readonly alert: Alert;
}

const texts = json(textsSchema);
const decision = json(
  z.object({
    by: actorSchema,
    at: z.number(),
    comment: z.string(),
  }),
).nullable();

/** A row of table `alerts`. */
export const alertRow = z
  .object({
    id: z.number(),
    fingerprint: z.string(),
    name: z.string(),
    severity: z.string(),
    source: z.enum(ALERT_SOURCES),
    state: z.enum(ALERT_STATES),
    message: z.string(),
    labels: texts,
    annotations: texts,
    generator_url: z.string(),
    starts_at: z.number(),
    last_seen: z.number(),
    acknowledgement: decision,
    first_acknowledged: z.number().nullable(),
    resolution: decision,
    source_time: z.number().nullable(),
    count: z.number(),
    expires_at: z.number().nullable(),
  })
  .transform((row): StoredAlert => {
    const { id, generator_url, starts_at, last_seen, first_acknowledged, source_time, expires_at, ...same } =
      row;
    return {
      id,
      alert: {
        ...same,
        generatorUrl: generator_url,
        startsAt: starts_at,
        sourceTime: source_time ?? starts_at,
        lastSeen: last_seen,
        expiresAt: expires_at,
        firstAcknowledged: first_acknowledged,
      },
    };
  });

const decided = (value: Alert['resolution']): string | null =>
  value === null ? null : JSON.stringify(value);

/** Labels are looked into by SQL, which does not take everything that JSON writes. */
export function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value;
}

const idRow = z.object({ id: z.number() });

/** Adds the alert as a new row, with who raised it, and returns its number. */
export async function insertAlert(sql: Sql, alert: Alert, raisedBy: string): Promise<number> {
  const row = await sql.first(
    idRow,
    `insert into alerts (fingerprint, name, severity, source, state, message, labels, annotations, generator_url,
       starts_at, raised_at, last_seen, source_time, raised_by, count, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    alert.fingerprint,
    alert.name,
    alert.severity,
    alert.source,
    alert.state,
    alert.message,
    JSON.stringify(alert.labels, wellFormed),
    JSON.stringify(alert.annotations),
    alert.generatorUrl,
    alert.startsAt,
    alert.lastSeen,
    alert.lastSeen,
    alert.sourceTime,
    raisedBy,
    alert.count,
    alert.expiresAt,
  );
  if (row === undefined) throw new Error('the database says no number of the alert that it has taken');
  return row.id;
}

/** Writes what can change of the alert. */
export async function updateAlert(sql: Sql, { id, alert }: StoredAlert): Promise<void> {
  await sql.run(
    `update alerts set state = ?, message = ?, annotations = ?, generator_url = ?, last_seen = ?, source_time = ?, count = ?, expires_at = ?,
       acknowledgement = ?, first_acknowledged = ?, resolution = ?, resolved_at = ? where id = ?`,
    alert.state,
    alert.message,
    JSON.stringify(alert.annotations),
    alert.generatorUrl,
    alert.lastSeen,
    alert.sourceTime,
    alert.count,
    alert.expiresAt,
    decided(alert.acknowledgement),
    alert.firstAcknowledged,
    decided(alert.resolution),
    alert.resolution?.at ?? null,
    id,
  );
}

/** The newest alert of the fingerprint, open or not. */
export function newestAlert(sql: Sql, fingerprint: string): Promise<StoredAlert | undefined> {
  return sql.first(
    alertRow,
    'select * from alerts where fingerprint = ? order by id desc limit 1',
    fingerprint,
  );
}

/** Adds a line to the history of the alert of that number: what was done, by whom, and what they said. */
export async function insertHistory(
  sql: Sql,
  action: string,
  id: number,
  fingerprint: string,
  { by, at, comment }: Decision,
): Promise<void> {
  await sql.run(
    'insert into audit (at, alert_id, fingerprint, action, actor_kind, actor, comment) values (?, ?, ?, ?, ?, ?, ?)',
    ...[at, id, fingerprint, action, by.kind, by.name, comment],
  );
}
