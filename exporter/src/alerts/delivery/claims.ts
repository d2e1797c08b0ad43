import { z } from 'zod';
import type { Database } from '../store/sql.ts';

/**
 * Which exporter tells which notice, where several share the outbox: one claims it for a while, tells it and says what
 * became of that. When it died meanwhile another one tells it afterwards, under the same key.
 */
export interface Claims {
  /** When the notice of table alias `d` may be told: what another exporter has claimed, after that. */
  readonly dueAt: string;
  /** Those of them that this exporter may tell now. */
  take(ids: readonly number[]): Promise<ReadonlySet<number>>;
  /** What was not told after all: another may tell it at once. */
  giveBack(ids: readonly number[]): Promise<void>;
}

/** Of an outbox that is one exporter's own. */
export const UNSHARED: Claims = {
  dueAt: 'd.due_at',
  take: (ids) => Promise.resolve(new Set(ids)),
  giveBack: () => Promise.resolve(),
};

/** How long a claim lasts, milliseconds: longer than the longest sending (10 s) and what it takes to write it down. */
const LEASE = 20_000;
/** By the clock of the database: those of the exporters may differ. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

const claimedRow = z.object({ id: z.number() });
const placesOf = (ids: readonly number[]): string => ids.map(() => '?').join(', ');

/** The claims of the exporter of that name on notices in PostgreSQL. */
export function createClaims(database: Database, exporter: string): Claims {
  return {
    dueAt: 'greatest(d.due_at, coalesce(d.claimed_until, 0))',
    take: (ids) =>
      database.read(async (sql) => {
        if (ids.length === 0) return new Set();
        const rows = await sql.all(
          claimedRow,
          `update deliveries set claimed_by = ?, claimed_until = ${NOW} + ${LEASE} where id in (
             select id from deliveries where id in (${placesOf(ids)}) and state = 'pending' and held = 0
             and coalesce(claimed_until, 0) <= ${NOW} order by id for update skip locked) returning id`,
          ...[exporter, ...ids],
        );
        return new Set(rows.map(({ id }) => id));
      }),
    giveBack: (ids) =>
      database.read(async (sql) => {
        if (ids.length === 0) return;
        await sql.run(
          `update deliveries set claimed_until = null where claimed_by = ? and id in (${placesOf(ids)})`,
          ...[exporter, ...ids],
        );
      }),
  };
}
