import { z } from 'zod';
import type { Database, Sql } from '../store/database.ts';
import type { AlertAction } from '../store/store.ts';
import { alertRow, type StoredAlert } from '../store/rows.ts';
import type { Notice } from '../receivers/receiver.ts';

const STATES = ['pending', 'delivered', 'dead'] as const;
const KINDS = ['firing', 'resolved'] as const;

const deliveryRow = z
  .object({
    id: z.number(),
    fingerprint: z.string(),
    receiver: z.string(),
    kind: z.enum(KINDS),
    state: z.enum(STATES),
    attempts: z.number(),
    created_at: z.number(),
    due_at: z.number(),
    delivered_at: z.number().nullable(),
    last_error: z.string().nullable(),
  })
  .transform(({ created_at, due_at, delivered_at, last_error, ...row }) => ({
    ...row,
    createdAt: created_at,
    dueAt: due_at,
    deliveredAt: delivered_at,
    lastError: last_error,
  }));

/** What became of telling one receiver one thing. Times are milliseconds since the epoch. */
export type Delivery = z.output<typeof deliveryRow>;
export type DeliveryState = Delivery['state'];

/** A notice that is due, with the number of its delivery and how often it failed. */
export interface DueNotice extends Notice {
  readonly id: number;
  readonly attempts: number;
  readonly createdAt: number;
}

/** What has to be told, durable in the store's own file. Every method may throw StoreError. */
export interface Outbox {
  /** The store's listener: puts the notices of a change in, in the change's own transaction. */
  enqueue(sql: Sql, action: AlertAction, stored: StoredAlert, now: number): void;
  /** Notices of the receiver that are due, oldest first; one waits for an earlier one about the same alert. */
  due(receiver: string, now: number, limit: number): DueNotice[];
  /** When the receiver's next notice is due; undefined when none is pending. */
  nextDue(receiver: string): number | undefined;
  delivered(ids: readonly number[], now: number): void;
  failed(ids: readonly number[], error: string, dueAt: number): void;
  /** Gives up: a dead letter, until somebody retries it. */
  dead(ids: readonly number[], error: string): void;
  /** Puts a dead letter back; false when there is none of that number, or it was overtaken. */
  retry(id: number, now: number): boolean;
  list(
    filter: { readonly state?: DeliveryState | undefined; readonly fingerprint?: string | undefined },
    limit: number,
  ): Delivery[];
  /** Every open alert that is told to receivers. */
  open(): Notice[];
}

/** What is told about one alert is told in order. */
const FIRST_OF_ITS_ALERT = `not exists (
  select 1 from deliveries e where e.state = 'pending' and e.receiver = d.receiver
  and e.alert_id = d.alert_id and e.id < d.id)`;

/** A late word that an alert fires would undo the word that it is over. */
const NOT_OVERTAKEN = `not (kind = 'firing' and exists (
  select 1 from deliveries e where e.state = 'delivered' and e.receiver = deliveries.receiver
  and e.alert_id = deliveries.alert_id and e.id > deliveries.id))`;

const dueRow = z.object({
  delivery: z.number(),
  kind: z.enum(KINDS),
  attempts: z.number(),
  created_at: z.number(),
  alert_id: z.number(),
});

export function createOutbox(database: Database, receivers: readonly string[]): Outbox {
  const update = (text: string, ids: readonly number[], ...values: readonly (string | number)[]): void =>
    database.write((sql) => {
      for (const id of ids) sql.run(`update deliveries set ${text} where id = ?`, ...values, id);
    });

  return {
    enqueue: (sql, action, { id, alert }, now) => {
      // What came from Alertmanager is its own to tell.
      if (action === 'acknowledged' || alert.source === 'alertmanager') return;
      for (const receiver of receivers)
        sql.run(
          `insert into deliveries (alert_id, fingerprint, receiver, kind, state, attempts, created_at, due_at)
           values (?, ?, ?, ?, 'pending', 0, ?, ?)`,
          ...[id, alert.fingerprint, receiver, action === 'raised' ? 'firing' : 'resolved', now, now],
        );
    },
    due: (receiver, now, limit) =>
      database.read((sql) => {
        const rows = sql.all(
          dueRow,
          `select d.id as delivery, d.kind, d.attempts, d.created_at, d.alert_id from deliveries d
           where d.state = 'pending' and d.receiver = ? and d.due_at <= ? and ${FIRST_OF_ITS_ALERT}
           order by d.id limit ?`,
          ...[receiver, now, limit],
        );
        return rows.flatMap(({ delivery, kind, attempts, created_at, alert_id }): DueNotice[] => {
          const stored = sql.first(alertRow, 'select * from alerts where id = ?', alert_id);
          return stored === undefined
            ? []
            : [{ id: delivery, kind, attempts, createdAt: created_at, alert: stored.alert }];
        });
      }),
    nextDue: (receiver) =>
      database.read((sql) => {
        const row = sql.first(
          z.object({ due: z.number().nullable() }),
          `select min(d.due_at) as due from deliveries d
           where d.state = 'pending' and d.receiver = ? and ${FIRST_OF_ITS_ALERT}`,
          receiver,
        );
        return row?.due ?? undefined;
      }),
    delivered: (ids, now) =>
      update("state = 'delivered', attempts = attempts + 1, last_error = null, delivered_at = ?", ids, now),
    failed: (ids, error, dueAt) =>
      update('attempts = attempts + 1, last_error = ?, due_at = ?', ids, error, dueAt),
    dead: (ids, error) => update("state = 'dead', attempts = attempts + 1, last_error = ?", ids, error),
    retry: (id, now) =>
      database.write((sql) => {
        const text = `update deliveries set state = 'pending', attempts = 0, created_at = ?, due_at = ?
          where id = ? and state = 'dead' and ${NOT_OVERTAKEN}`;
        return sql.run(text, now, now, id).changes > 0;
      }),
    list: ({ state, fingerprint }, limit) =>
      database.read((sql) =>
        sql.all(
          deliveryRow,
          `select * from deliveries where (?1 is null or state = ?1) and (?2 is null or fingerprint = ?2)
           order by id desc limit ?3`,
          ...[state ?? null, fingerprint ?? null, limit],
        ),
      ),
    open: () =>
      database.read((sql) =>
        sql
          .all(
            alertRow,
            "select * from alerts where state <> 'resolved' and source <> 'alertmanager' order by id",
          )
          .map(({ alert }) => ({ kind: 'firing', alert })),
      ),
  };
}
