import { z } from 'zod';
import type { Dialect, Sql } from './sql.ts';

export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * What receivers are told about an alert: that it fires, that it goes on and off, that nobody has
 * taken it on, that it is over.
 */
export const NOTICE_KINDS = ['firing', 'flapping', 'escalation', 'resolved'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/**
 * How far telling one receiver came. `at`, milliseconds since the epoch: when it was delivered, else when it is
 * tried next, else when it was to be told first.
 */
export interface Notified {
  readonly receiver: string;
  readonly state: DeliveryState;
  readonly at: number;
}

/** The same with what was told. */
export interface ToldNotice extends Notified {
  readonly kind: NoticeKind;
}

const AT = `case d.state when 'delivered' then d.delivered_at when 'pending' then d.due_at else d.created_at end`;

const notified = { receiver: z.string(), state: z.enum(DELIVERY_STATES), at: z.number() };
export const notifiedSchema: z.ZodType<Notified> = z.object(notified);
const toldRow: z.ZodType<ToldNotice> = z.object({ ...notified, kind: z.enum(NOTICE_KINDS) });

/** A column `notified` for each alert of table alias `a`: JSON of what each receiver was last told of its firing. */
export function notifiedColumn({ jsonRows }: Dialect): string {
  const isFiring = (alias: string): string => `${alias}.kind in ('firing', 'flapping')`;
  return `(
  select ${jsonRows({ receiver: 'n.receiver', state: 'n.state', at: 'n.at' })} from (
    select d.receiver, d.state, ${AT} as at from deliveries d
    where d.alert_id = a.id and ${isFiring('d')} and not exists (
      select 1 from deliveries e
      where e.alert_id = d.alert_id and ${isFiring('e')} and e.receiver = d.receiver and e.id > d.id)
    order by d.receiver) n) as notified`;
}

/** What each receiver was last told of the newest alert of the fingerprint, by kind. */
export function toldNotices(sql: Sql, fingerprint: string): Promise<ToldNotice[]> {
  return sql.all(
    toldRow,
    `select d.receiver, d.kind, d.state, ${AT} as at from deliveries d
     where d.alert_id = (select max(id) from alerts where fingerprint = ?) and not exists (
       select 1 from deliveries e
       where e.alert_id = d.alert_id and e.receiver = d.receiver and e.kind = d.kind and e.id > d.id)
     order by d.id`,
    fingerprint,
  );
}
