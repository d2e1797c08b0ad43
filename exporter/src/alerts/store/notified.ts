import { z } from 'zod';
import type { Sql } from '../../state/sqlite/database.ts';

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
export const NOTIFIED_COLUMN = `(
  select json_group_array(json_object('receiver', n.receiver, 'state', n.state, 'at', n.at)) from (
    select d.receiver, d.state, ${AT} as at, max(d.id) from deliveries d
    where d.alert_id = a.id and d.kind in ('firing', 'flapping') group by d.receiver order by d.receiver) n) as notified`;

/** What each receiver was last told of the newest alert of the fingerprint, by kind. */
export function toldNotices(sql: Sql, fingerprint: string): ToldNotice[] {
  return sql.all(
    toldRow,
    `select d.receiver, d.kind, d.state, ${AT} as at, max(d.id) from deliveries d
     where d.alert_id = (select max(id) from alerts where fingerprint = ?)
     group by d.receiver, d.kind order by max(d.id)`,
    fingerprint,
  );
}
