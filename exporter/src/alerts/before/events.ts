import { z } from 'zod';
import type { Database } from '../store/sql.ts';

/** What may explain an alert besides other alerts: somebody deployed or changed something, or a source came or went. */
export const EVENT_KINDS = ['deployment', 'change', 'broker', 'database', 'source'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface PlatformEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: EventKind;
  readonly title: string;
  /** Empty when there is no more to say. */
  readonly detail: string;
  /** Who said so. */
  readonly by: string;
}

/** Remembers them in the store's own file. Every method may reject with a StoreError. */
export interface EventBook {
  add(event: PlatformEvent): Promise<void>;
  /** Those of the time, newest first, at most so many. */
  list(from: number, to: number, most: number): Promise<PlatformEvent[]>;
}

const eventRow: z.ZodType<PlatformEvent> = z.object({
  at: z.number(),
  kind: z.enum(EVENT_KINDS),
  title: z.string(),
  detail: z.string(),
  by: z.string(),
});

/** Most events that are kept. */
const MOST = 10_000;

export function createEventBook(database: Database): EventBook {
  return {
    add: ({ at, kind, title, detail, by }) =>
      database.write(async (sql) => {
        await sql.run(
          'insert into events (at, kind, title, detail, "by") values (?, ?, ?, ?, ?)',
          ...[at, kind, title, detail, by],
        );
        await sql.run('delete from events where id <= (select max(id) from events) - ?', MOST);
      }),
    list: (from, to, most) =>
      database.read((sql) =>
        sql.all(
          eventRow,
          'select at, kind, title, detail, "by" from events where at >= ? and at <= ? order by at desc, id desc limit ?',
          ...[from, to, most],
        ),
      ),
  };
}
