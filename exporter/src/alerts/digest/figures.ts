import { z } from 'zod';
import type { Sql } from '../store/sql.ts';
import { type Alert, kindOf } from '../alert.ts';
import { alertRow } from '../store/rows.ts';

/** What a day of alerts came to. Times are milliseconds. */
export interface DigestFigures {
  readonly raised: number;
  readonly resolved: number;
  /** Of those that ended in the day; null when none did. */
  readonly meanTimeToResolve: number | null;
  /** Not resolved now, by severity as found, the most first. */
  readonly open: readonly { readonly word: string; readonly count: number }[];
  /** What was raised most often in the day. */
  readonly noisiest: readonly { readonly word: string; readonly count: number }[];
  /** Those that are there for longest. */
  readonly oldest: readonly { readonly what: string; readonly since: number }[];
  /** That go on and off now. */
  readonly flapping: number;
}

const MOST = 10;
const OLDEST = 5;

const number = z.object({ count: z.number(), mean: z.number().nullable() });
const word = z.object({ word: z.string(), count: z.number() });

function oldestView(alert: Alert): DigestFigures['oldest'][number] {
  const where = alert.labels['device_id'] ?? alert.labels['instance'];
  const what = [alert.severity, kindOf(alert), where ?? ''].filter((text) => text !== '').join(' ');
  return { what, since: alert.startsAt };
}

/** The figures of the time from one moment to before the other, and of now. */
export async function digestFigures(sql: Sql, from: number, to: number): Promise<DigestFigures> {
  const one = async (text: string) => (await sql.first(number, text, from, to)) ?? { count: 0, mean: null };
  const raised = await one(
    'select count(*) as count, null as mean from alerts where starts_at >= ? and starts_at < ?',
  );
  const resolved = await one(
    `select count(*) as count, avg(resolved_at - starts_at) as mean from alerts
     where state = 'resolved' and resolved_at >= ? and resolved_at < ?`,
  );
  return {
    ...{ raised: raised.count, resolved: resolved.count, meanTimeToResolve: resolved.mean },
    open: await sql.all(
      word,
      `select severity as word, sum(count) as count from tally_kinds where state <> 'resolved'
       group by 1 order by 2 desc, 1`,
    ),
    noisiest: await sql.all(
      word,
      `select kind as word, count(*) as count from alerts where starts_at >= ? and starts_at < ?
       group by 1 order by 2 desc, 1 limit ${MOST}`,
      ...[from, to],
    ),
    oldest: (
      await sql.all(
        alertRow,
        `select * from alerts where state <> 'resolved' order by starts_at limit ${OLDEST}`,
      )
    ).map(({ alert }) => oldestView(alert)),
    flapping:
      (await sql.first(z.object({ count: z.number() }), 'select count(*) as count from flapping'))?.count ??
      0,
  };
}
