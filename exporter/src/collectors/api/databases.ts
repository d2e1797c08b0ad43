import { z } from 'zod';
import { fnv1a } from '../../fleet/shard.ts';
import { absorb, forgetGaps, type Watermark, watermarkAt, watermarkSchema } from '../id-watermark.ts';
import type { AlertRow } from './schemas.ts';

/** How long an unseen id below the watermark may still appear, milliseconds, and how many gaps are kept. */
const GAP_LIFETIME = 300_000;
const GAPS = 1000;
/** Rows by which a database is known again: more than one look shows. */
const REMEMBERED = 200;
/** Databases that are followed at most; the platform scales to ten replicas. */
const MOST = 16;
/** One that so many looks in a row did not meet is gone. */
const MISSED_LOOKS = 500;

/**
 * One database behind the API, whose replicas may each have their own: how far its alert rows were counted, and
 * its newest rows as id and print.
 */
const database = z.object({
  watermark: watermarkSchema,
  rows: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** Looks since it was met last. */
  missed: z.number().int(),
});
type Database = z.infer<typeof database>;

export const databasesSchema = z.array(database);
/** The databases that are followed, the one that was met last first. */
export type Databases = readonly Database[];

/** What one look at the newest rows means. */
export interface Look {
  readonly databases: Databases;
  readonly raised: readonly AlertRow[];
  /** Set when the rows are of a database that was not followed so far. */
  readonly met: 'known' | 'first' | 'another';
}

/** What never changes of a row; ids alone are the same in every database. */
function printOf({ created_at, device_id, title, alert_type }: AlertRow): number {
  return fnv1a(JSON.stringify([created_at, device_id, title, alert_type]));
}

/** Rows that the database is known by, or undefined when a row differs or the newest ones are missing: it is another. */
function agreement(known: Database, prints: ReadonlyMap<number, number>, newest: number): number | undefined {
  let equal = 0;
  for (const [id, print] of known.rows) {
    const found = prints.get(id);
    if (id > newest || (found !== undefined && found !== print)) return undefined;
    if (found !== undefined) equal += 1;
  }
  return equal;
}

/** The followed database that shows these rows: the one with the least news, then the one known by most rows. */
function recognise(databases: Databases, prints: ReadonlyMap<number, number>): Database | undefined {
  const ids = [...prints.keys()];
  const newest = Math.max(...ids);
  const candidates = databases.flatMap((known) => {
    const equal = agreement(known, prints, newest);
    const news = ids.filter((id) => id > known.watermark.id).length;
    return equal === undefined || equal === 0 ? [] : [{ known, equal, news }];
  });
  candidates.sort((a, b) => a.news - b.news || b.equal - a.equal);
  return candidates[0]?.known;
}

/**
 * Whether further pages may tell whose rows these are: they can be the next ones of the only database there was so
 * far, whose known rows come later in the list. With several, a page may be another's: the next look tells.
 */
export function wantsMore(databases: Databases, rows: ReadonlyMap<number, AlertRow>): boolean {
  const [only, other] = databases;
  return only !== undefined && other === undefined && Math.min(...rows.keys()) > only.watermark.id;
}

function remember(rows: Iterable<readonly [number, number]>): [number, number][] {
  return [...new Map(rows)].sort(([a], [b]) => b - a).slice(0, REMEMBERED);
}

/**
 * Sorts a look at the newest rows to the database that they are of. A database that is met for the first time is
 * followed from its newest row on, and none of its rows is counted: they are old ones of a replica, or what is
 * left of a database that was reset. An empty look says nothing. `now` dates gaps.
 */
export function takeLook(databases: Databases, rows: ReadonlyMap<number, AlertRow>, now: number): Look {
  if (rows.size === 0) return { databases, raised: [], met: 'known' };
  const prints = new Map([...rows].map(([id, row]) => [id, printOf(row)]));
  const known = recognise(databases, prints);
  const others = databases
    .filter((other) => other !== known)
    .map((other) => ({ ...other, missed: other.missed + 1 }))
    .filter((other) => other.missed <= MISSED_LOOKS);
  const follow = ({ id, gaps }: Watermark, before: Database['rows']): Databases =>
    [
      { watermark: { id, gaps: [...gaps] }, rows: remember([...before, ...prints]), missed: 0 },
      ...others,
    ].slice(0, MOST);
  if (known === undefined) {
    const ids = [...rows.keys()].sort((a, b) => a - b);
    return {
      databases: follow(watermarkAt(ids, now), []),
      raised: [],
      met: databases.length === 0 ? 'first' : 'another',
    };
  }
  const { watermark, fresh } = absorb(known.watermark, rows.keys(), now);
  return {
    databases: follow(forgetGaps(watermark, now, GAP_LIFETIME, GAPS), known.rows),
    raised: fresh.flatMap((id) => rows.get(id) ?? []),
    met: 'known',
  };
}
