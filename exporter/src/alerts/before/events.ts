import { z } from 'zod';
import type { Database, Sql } from '../store/sql.ts';

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
  /**
   * The same for what each of several exporters sees: nothing where the newest that was said a short time before, of it or
   * of its opposite, is the same. `opposite` is that one's title.
   */
  addSeen(event: PlatformEvent, opposite: string): Promise<void>;
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
/** How much later than another exporter one may see that a source has failed or works again, milliseconds. */
const LATER = 120_000;

async function insert(sql: Sql, { at, kind, title, detail, by }: PlatformEvent): Promise<void> {
  await sql.run(
    'insert into events (at, kind, title, detail, "by") values (?, ?, ?, ?, ?)',
    ...[at, kind, title, detail, by],
  );
  await sql.run('delete from events where id <= (select max(id) from events) - ?', MOST);
}

export function createEventBook(database: Database): EventBook {
  return {
    add: (event) => database.write((sql) => insert(sql, event)),
    addSeen: (event, opposite) =>
      database.write(async (sql) => {
        const { at, title, by } = event;
        const newest = await sql.first(
          eventRow,
          `select at, kind, title, detail, "by" from events
           where at >= ? and "by" = ? and title in (?, ?) order by id desc limit 1`,
          ...[at - LATER, by, title, opposite],
        );
        if (newest?.title !== title) await insert(sql, event);
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
