import { z } from 'zod';
import { type Alert, CRITICAL_UNACKNOWLEDGED } from '../alert.ts';
import type { Database, Sql } from '../store/sql.ts';
import type { AlertAction } from '../store/store.ts';
import { DELIVERY_STATES, type DeliveryState, NOTICE_KINDS, type NoticeKind } from '../store/notified.ts';
import { alertRow, type StoredAlert } from '../store/rows.ts';
import { formatTraceparent, parseTraceparent } from '../../trace/trace-context.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import type { Flap } from '../flapping/flapping.ts';
import type { TracedNotice } from './delivery-span.ts';
import type { Notice } from '../receivers/receiver.ts';
import { type Held, holdCovered, type IsCovered } from './hold.ts';
import { type Claims, UNSHARED } from './claims.ts';
import { moveWaiting, takeOver } from './waiting.ts';

const deliveryRow = z
  .object({
    id: z.number(),
    fingerprint: z.string(),
    receiver: z.string(),
    kind: z.enum(NOTICE_KINDS),
    state: z.enum(DELIVERY_STATES),
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

/** A notice that is due, with the number of its delivery and how often it failed. */
export interface DueNotice extends TracedNotice {
  readonly id: number;
  readonly attempts: number;
  readonly createdAt: number;
}

const backlogRow = z.object({
  receiver: z.string(),
  state: z.enum(['pending', 'held', 'dead']),
  count: z.number(),
  oldest: z.number(),
});

/** Notices of a receiver that are not delivered; `oldest`: when the oldest was written, milliseconds since the epoch. */
export type Backlog = z.output<typeof backlogRow>;

/** What has to be told, durable in the store's own file. Every method may reject with a StoreError. */
export interface Outbox {
  /**
   * The store's listener: puts the notices of a change in, in the change's own transaction. That an alert goes on and
   * off is told once, instead of each change.
   */
  enqueue(sql: Sql, action: AlertAction, stored: StoredAlert, now: number, flap?: Flap): Promise<void>;
  /** It no longer goes on and off: tells how it is now. */
  settle(sql: Sql, stored: StoredAlert, now: number): Promise<void>;
  /** Before anything is due: makes what an earlier run left fit the receivers and the clock of this one. */
  begin(now: number): Promise<void>;
  /** The wall clock was set by so many milliseconds: what waits goes with it. */
  moveWaiting(by: number): Promise<void>;
  /** Holds what is pending about alerts that are covered now, and lets go what no longer is: a page of alerts. */
  hold(now: number, after: number): Promise<Held>;
  /** Notices of the receiver that are due, oldest first; one waits for an earlier one of the same fingerprint. */
  due(receiver: string, now: number, limit: number): Promise<DueNotice[]>;
  /** Those of the notices that this exporter tells, now that it said so; another one that shares the outbox tells the others. */
  claim(ids: readonly number[]): Promise<ReadonlySet<number>>;
  /** What was claimed and not told after all. */
  giveBack(ids: readonly number[]): Promise<void>;
  /** When the receiver's next notice is due; undefined when none is pending. */
  nextDue(receiver: string): Promise<number | undefined>;
  delivered(ids: readonly number[], now: number): Promise<void>;
  failed(ids: readonly number[], error: string, dueAt: number): Promise<void>;
  /** Gives up: a dead letter, until somebody retries it. */
  dead(ids: readonly number[], error: string): Promise<void>;
  /** Puts a dead letter back; false when there is none of that number, or it was overtaken. */
  retry(id: number, now: number): Promise<boolean>;
  /** Puts every dead letter back, or those of one receiver, but for overtaken ones; says how many. */
  retryAll(receiver: string | undefined, now: number): Promise<number>;
  /**
   * What is not delivered, by receiver: what waits for an attempt, for the end of maintenance, and dead letters. A
   * receiver may have several entries of a state.
   */
  backlog(): Promise<Backlog[]>;
  list(
    filter: { readonly state?: DeliveryState | undefined; readonly fingerprint?: string | undefined },
    limit: number,
  ): Promise<Delivery[]>;
  /**
   * Open alerts that are told to the receiver, but for those that it may not hear of yet: a page of those raised
   * after the one of number `after`, oldest first, and the number of its last; undefined on the last page.
   */
  open(
    receiver: string,
    after: number,
    limit: number,
  ): Promise<{ readonly notices: readonly Notice[]; readonly last: number | undefined }>;
}

/**
 * What is told under one key is told in order: a late word that an earlier alert of the fingerprint is over would
 * end the one that fires now.
 */
const FIRST_OF_ITS_KEY = `not exists (
  select 1 from deliveries e where e.state = 'pending' and e.receiver = d.receiver
  and e.fingerprint = d.fingerprint and e.id < d.id)`;

/** A dead letter that comes late would undo what was said since. */
const NOT_OVERTAKEN = `not exists (
  select 1 from deliveries e where e.state = 'delivered' and e.receiver = deliveries.receiver
  and e.fingerprint = deliveries.fingerprint and e.id > deliveries.id)`;

const dueRow = z.object({
  delivery: z.number(),
  kind: z.enum(NOTICE_KINDS),
  attempts: z.number(),
  created_at: z.number(),
  alert_id: z.number(),
  trace: z.string().nullable(),
});

export interface OutboxOptions {
  readonly database: Database;
  readonly receivers: readonly string[];
  /** Tells of alerts whether nobody may be told of them at the time, as the work with `sql` sees it. */
  readonly coverage: (sql: Sql, now: number) => Promise<IsCovered>;
  /** Who is told again of critical alerts that nobody has taken on; undefined when that is none of our business. */
  readonly escalation?: { readonly to: readonly string[] } | undefined;
  readonly tracer?: Tracer;
  /** Who tells which notice where several exporters share the outbox; left out where they do not. */
  readonly claims?: Claims;
}

/** Takes back what is of no use any more. */
const WITHDRAW = "delete from deliveries where alert_id = ? and state = 'pending' and";

export function createOutbox(options: OutboxOptions): Outbox {
  const { database, receivers, coverage, escalation, tracer = NO_TRACER, claims = UNSHARED } = options;
  /** What became of a sending: lost with the power, it is sent again under the same key. */
  const update = (
    text: string,
    ids: readonly number[],
    ...values: readonly (string | number)[]
  ): Promise<void> =>
    database.writeUnsynced(async (sql) => {
      for (const id of ids) await sql.run(`update deliveries set ${text} where id = ?`, ...values, id);
    });

  async function insert(
    sql: Sql,
    { id, alert }: StoredAlert,
    receiver: string,
    kind: NoticeKind,
    held: boolean,
    now: number,
  ): Promise<void> {
    const cause = tracer.active();
    const trace = cause === undefined ? null : formatTraceparent(cause.context);
    await sql.run(
      `insert into deliveries (alert_id, fingerprint, receiver, kind, state, attempts, created_at, due_at, held, trace)
       values (?, ?, ?, ?, 'pending', 0, ?, ?, ?, ?)`,
      ...[id, alert.fingerprint, receiver, kind, now, now, held ? 1 : 0, trace],
    );
  }

  /** A receiver that was never told of it, since its device is in maintenance, is not told that it is over. */
  async function end(
    sql: Sql,
    stored: StoredAlert,
    receiver: string,
    held: boolean,
    now: number,
  ): Promise<void> {
    const { changes } = await sql.run(
      `${WITHDRAW} kind in ('firing', 'flapping') and held = 1 and attempts = 0 and receiver = ?`,
      stored.id,
      receiver,
    );
    if (changes === 0) await insert(sql, stored, receiver, 'resolved', held, now);
  }

  /**
   * What came from Alertmanager is its own to tell. The rule about unacknowledged alerts would say what the
   * escalation of each of them says.
   */
  function isTold({ source, name }: Alert): boolean {
    return source !== 'alertmanager' && (escalation === undefined || name !== CRITICAL_UNACKNOWLEDGED);
  }

  return {
    settle: async (sql, stored, now) => {
      if (!isTold(stored.alert)) return;
      const kind = stored.alert.state === 'resolved' ? 'resolved' : 'firing';
      const held = (await coverage(sql, now))(stored.alert);
      for (const receiver of receivers) await insert(sql, stored, receiver, kind, held, now);
    },
    enqueue: async (sql, action, stored, now, flap = 'no') => {
      const { alert, id } = stored;
      if (!isTold(alert)) return;
      const held = (await coverage(sql, now))(alert);
      // Whatever comes next, an earlier word that nobody has taken it on is of no use any more.
      if (action !== 'raised') await sql.run(`${WITHDRAW} kind = 'escalation'`, id);
      if (flap === 'goes on' && action !== 'escalated') return;
      if (action === 'raised') {
        const kind = flap === 'begins' ? 'flapping' : 'firing';
        for (const receiver of receivers) await insert(sql, stored, receiver, kind, held, now);
      } else if (action === 'resolved')
        for (const receiver of receivers) await end(sql, stored, receiver, held, now);
      else if (action === 'escalated')
        for (const receiver of escalation?.to ?? [])
          await insert(sql, stored, receiver, 'escalation', held, now);
    },
    begin: (now) => database.writeUnsynced((sql) => takeOver(sql, receivers, now)),
    moveWaiting: (by) => database.writeUnsynced((sql) => moveWaiting(sql, by)),
    hold: (now, after) =>
      database.write(async (sql) => holdCovered(sql, await coverage(sql, now), now, after)),
    due: (receiver, now, limit) =>
      database.read(async (sql) => {
        const rows = await sql.all(
          dueRow,
          `select d.id as delivery, d.kind, d.attempts, d.created_at, d.alert_id, d.trace from deliveries d
           where d.state = 'pending' and d.held = 0 and d.receiver = ? and ${claims.dueAt} <= ? and ${FIRST_OF_ITS_KEY}
           order by d.due_at, d.id limit ?`,
          ...[receiver, now, limit],
        );
        const notices: DueNotice[] = [];
        for (const { delivery: id, kind, attempts, created_at: createdAt, ...row } of rows) {
          const stored = await sql.first(alertRow, 'select * from alerts where id = ?', row.alert_id);
          if (stored === undefined) continue;
          const trace = row.trace === null ? undefined : parseTraceparent(row.trace);
          const { alert } = stored;
          const key = `${alert.fingerprint}-${alert.startsAt}-${kind}-${id}`;
          notices.push({ id, kind, attempts, createdAt, alert, key, trace });
        }
        return notices;
      }),
    claim: claims.take,
    giveBack: claims.giveBack,
    nextDue: (receiver) =>
      database.read(async (sql) => {
        const row = await sql.first(
          z.object({ due: z.number().nullable() }),
          `select min(${claims.dueAt}) as due from deliveries d
           where d.state = 'pending' and d.held = 0 and d.receiver = ? and ${FIRST_OF_ITS_KEY}`,
          receiver,
        );
        return row?.due ?? undefined;
      }),
    delivered: (ids, now) =>
      update("state = 'delivered', attempts = attempts + 1, last_error = null, delivered_at = ?", ids, now),
    failed: async (ids, error, dueAt) => {
      await update('attempts = attempts + 1, last_error = ?, due_at = ?', ids, error, dueAt);
      await claims.giveBack(ids);
    },
    dead: async (ids, error) => {
      await update("state = 'dead', attempts = attempts + 1, last_error = ?", ids, error);
      await claims.giveBack(ids);
    },
    retry: (id, now) =>
      database.write(async (sql) => {
        const text = `update deliveries set state = 'pending', attempts = 0, created_at = ?, due_at = ?
          where id = ? and state = 'dead' and ${NOT_OVERTAKEN}`;
        return (await sql.run(text, now, now, id)).changes > 0;
      }),
    retryAll: (receiver, now) =>
      database.write(async (sql) => {
        const text = `update deliveries set state = 'pending', attempts = 0, created_at = ?1, due_at = ?1
          where state = 'dead' and (cast(?2 as text) is null or receiver = ?2 or receiver like ?2 || ' %') and ${NOT_OVERTAKEN}`;
        const { changes } = await sql.run(text, now, receiver ?? null);
        return changes;
      }),
    backlog: () =>
      database.read((sql) =>
        sql.all(
          backlogRow,
          `select t.receiver, case when t.state = 'pending' and t.held = 1 then 'held' else t.state end as state,
             t.count, (select min(d.created_at) from deliveries d where d.state <> 'delivered'
               and d.receiver = t.receiver and d.state = t.state and d.held = t.held) as oldest
           from tally_deliveries t where t.state <> 'delivered' and t.count > 0`,
        ),
      ),
    list: ({ state, fingerprint }, limit) =>
      database.read((sql) =>
        sql.all(
          deliveryRow,
          `select * from deliveries where (cast(?1 as text) is null or state = ?1) and (cast(?2 as text) is null or fingerprint = ?2)
           order by id desc limit ?3`,
          ...[state ?? null, fingerprint ?? null, limit],
        ),
      ),
    open: (receiver, after, limit) =>
      database.read(async (sql) => {
        const rows = await sql.all(
          alertRow,
          `select * from alerts a where state <> 'resolved' and source <> 'alertmanager' and id > ?1
           and not exists (
             select 1 from deliveries d where d.alert_id = a.id and d.receiver = ?2 and d.kind = 'firing'
             and d.state = 'pending' and d.held = 1) order by id limit ?3`,
          ...[after, receiver, limit],
        );
        return {
          notices: rows.map(({ alert }) => ({ kind: 'firing', alert })),
          last: rows.length < limit ? undefined : rows.at(-1)?.id,
        };
      }),
  };
}
