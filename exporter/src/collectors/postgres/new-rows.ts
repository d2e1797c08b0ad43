import { z } from 'zod';
import { advance, fill, forgetGaps, type Watermark, watermarkAt, watermarkSchema } from '../id-watermark.ts';
import type { Query } from './connection.ts';

/** What is kept of one table between attempts and restarts. */
export interface TablePosition {
  readonly watermark: Watermark;
  /** The table was seen empty since the watermark: a lower id then means that its ids began again. */
  readonly emptied: boolean;
}

export const tablePositionSchema = z.object({ watermark: watermarkSchema, emptied: z.boolean() });

export interface NewRowsLimits {
  /** Rows of one query: small enough that parsing them does not hold up a scrape. */
  readonly page: number;
  /** Rows of one attempt; the rest follows at the next one. */
  readonly rows: number;
  /** How long an unseen id below the watermark is asked for, milliseconds. */
  readonly gapLifetime: number;
  /** Gaps that are remembered at most. */
  readonly gaps: number;
  /** Ids below the maximum that are looked through for gaps at the very start. */
  readonly lookBack: number;
  /** Whether there is time for a further page. */
  readonly hasTime: () => boolean;
}

/** A table with a serial primary key `id`, of which new rows are wanted. */
export interface NewRowsTable<R extends { readonly id: number }> {
  readonly name: string;
  /** The SELECT list over alias `t`, ids as float8. */
  readonly columns: string;
  readonly row: z.ZodType<R>;
}

export interface NewRows {
  readonly position: TablePosition;
  /** Set when the maximum fell: the id it fell to. */
  readonly resetTo: number | undefined;
}

const idRow = z.object({ id: z.number() });
const maximumRow = z.object({ id: z.number().nullable() });

/**
 * Makes the planner take the primary key until the transaction ends: without statistics, on a table just
 * filled, it would rather read the whole table and sort it.
 */
export const ALONG_THE_KEY = `select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`;

/** Leaves the choice to the planner again. */
export const ANY_PLAN = `select set_config('enable_seqscan', 'on', true), set_config('enable_bitmapscan', 'on', true)`;

/** The statements on a table; each one reads a bounded range of the primary key and nothing else. */
export function newRowsStatements(table: Pick<NewRowsTable<{ id: number }>, 'name' | 'columns'>): {
  readonly maximum: string;
  readonly recentIds: string;
  readonly above: string;
  readonly inGaps: string;
} {
  const { name, columns } = table;
  return {
    maximum: `select max(id)::float8 as id from ${name}`,
    recentIds: `select id::float8 as id from ${name} where id > $1::bigint order by ${name}.id limit $2::int`,
    above: `select ${columns} from ${name} t where t.id > $1::bigint order by t.id limit $2::int`,
    // The inner order and limit keep the planner on the primary key whatever it believes about the range.
    inGaps:
      'select r.* from unnest($1::bigint[], $2::bigint[]) as g(first, last) cross join lateral ' +
      `(select ${columns} from ${name} t where t.id between g.first and g.last order by t.id limit $3::int) r limit $3::int`,
  };
}

async function startPosition(
  query: Query,
  recentIds: string,
  maximum: number | null,
  now: number,
  lookBack: number,
): Promise<TablePosition> {
  const ids = maximum === null ? [] : await query(idRow, recentIds, [maximum - lookBack, lookBack]);
  return {
    watermark: watermarkAt(
      ids.map(({ id }) => id),
      now,
    ),
    emptied: maximum === null,
  };
}

/**
 * Reads the rows that became visible since `position` and gives them to `each` page by page, every row
 * exactly once over all attempts: those above the watermark and those that filled a gap below it. Without a
 * position it starts at the maximum. A maximum below the watermark means a reset table: it starts again at
 * the new maximum, or, when the table was seen empty in between, at its beginning.
 */
export async function readNewRows<R extends { readonly id: number }>(
  query: Query,
  table: NewRowsTable<R>,
  position: TablePosition | undefined,
  now: number,
  limits: NewRowsLimits,
  each: (rows: readonly R[]) => Promise<void>,
): Promise<NewRows> {
  const statements = newRowsStatements(table);
  const [newest] = await query(maximumRow, statements.maximum);
  const maximum = newest?.id ?? null;
  if (position === undefined) {
    const start = await startPosition(query, statements.recentIds, maximum, now, limits.lookBack);
    return { position: start, resetTo: undefined };
  }
  let { watermark } = position;
  let resetTo: number | undefined;
  if (maximum === null) return { position: { watermark, emptied: true }, resetTo };
  if (maximum < watermark.id || (position.emptied && maximum <= watermark.id)) {
    resetTo = maximum;
    if (!position.emptied) {
      const start = await startPosition(query, statements.recentIds, maximum, now, limits.lookBack);
      return { position: start, resetTo };
    }
    watermark = { id: 0, gaps: [] };
  }
  let total = 0;
  if (watermark.gaps.length > 0) {
    const bounds = [watermark.gaps.map((gap) => gap.from), watermark.gaps.map((gap) => gap.to)];
    const rows = await query(table.row, statements.inGaps, [...bounds, limits.page]);
    await each(rows);
    watermark = fill(
      watermark,
      rows.map(({ id }) => id).sort((a, b) => a - b),
    );
    total += rows.length;
  }
  for (let full = true; full && total < limits.rows && limits.hasTime();) {
    const limit = Math.min(limits.page, limits.rows - total);
    const rows = await query(table.row, statements.above, [watermark.id, limit]);
    await each(rows);
    watermark = advance(
      watermark,
      rows.map(({ id }) => id),
      now,
    );
    total += rows.length;
    full = rows.length === limit;
  }
  watermark = forgetGaps(watermark, now, limits.gapLifetime, limits.gaps);
  return { position: { watermark, emptied: false }, resetTo };
}
