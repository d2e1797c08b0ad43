import { z } from 'zod';
import type { Sql } from '../../state/sqlite/database.ts';
import { sqliteCode } from '../../state/sqlite/errors.ts';
import type { LogEntry } from '../entry.ts';
import { type Batch, entriesIn } from './batch.ts';

/** How much the file holds. */
export interface Totals {
  readonly entries: number;
  /** Of contents, as they stand in the file. */
  readonly bytes: number;
  readonly waitingEntries: number;
  readonly waitingBytes: number;
  readonly deadLetters: number;
}

/** What is known about a batch without its content. */
export interface BatchRow {
  readonly seq: number;
  readonly entries: number;
  readonly bytes: number;
  readonly shipped: boolean;
}

const totalsRow = z.object({
  entries: z.number(),
  bytes: z.number(),
  waitingEntries: z.number(),
  waitingBytes: z.number(),
  deadLetters: z.number(),
});
const batchRow = z
  .object({ seq: z.number(), entries: z.number(), bytes: z.number(), shipped: z.number() })
  .transform(({ shipped, ...row }): BatchRow => ({ ...row, shipped: shipped === 1 }));
const contentRow = z.object({ content: z.instanceof(Uint8Array) });
const sinceRow = z.object({ since: z.number() });
const COLUMNS = 'seq, entries, bytes, shipped from batches';

export function totals(sql: Sql): Totals {
  return totalsRow.parse(
    sql.first(
      totalsRow,
      `select entries, bytes, waiting_entries as waitingEntries, waiting_bytes as waitingBytes,
         letters as deadLetters from totals`,
    ),
  );
}

/** When the oldest of what waits was read, milliseconds since the epoch. */
export function oldestWaiting(sql: Sql): number | undefined {
  return sql.first(sinceRow, 'select since from batches where shipped = 0 order by seq limit 1')?.since;
}

export function insertBatch(sql: Sql, { content, entries, since }: Batch, shipped: boolean): number {
  const { id } = sql.run(
    'insert into batches (entries, bytes, since, shipped) values (?, ?, ?, ?)',
    ...[entries, content.byteLength, since, shipped ? 1 : 0],
  );
  sql.run('insert into contents values (?, ?)', id, content);
  return id;
}

/** Puts the batch in the place of the one that it goes on with; false when that is gone. */
export function replaceBatch(sql: Sql, seq: number, { content, entries }: Batch): boolean {
  const { changes } = sql.run(
    'update batches set entries = ?, bytes = ? where seq = ?',
    ...[entries, content.byteLength, seq],
  );
  if (changes === 1) sql.run('update contents set content = ? where seq = ?', content, seq);
  return changes === 1;
}

export function removeBatch(sql: Sql, seq: number): void {
  forgetDamaged(sql, seq);
  sql.run('delete from contents where seq = ?', seq);
}

/** Removes what is known about the batch. Its content stays: where its pages are damaged, deleting it would fail. */
export function forgetDamaged(sql: Sql, seq: number): void {
  sql.run('delete from batches where seq = ?', seq);
}

/** The batch's entries; undefined when they are damaged, or cannot be reached because the file is damaged there. */
export function entriesOf(sql: Sql, seq: number): LogEntry[] | undefined {
  try {
    const row = sql.first(contentRow, 'select content from contents where seq = ?', seq);
    return row === undefined ? undefined : entriesIn(row.content);
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Nothing of the batch waits any more. */
export function markShipped(sql: Sql, seq: number): void {
  sql.run('update batches set shipped = 1 where seq = ?', seq);
}

/** The first batch that waits behind the number. */
export function nextWaiting(sql: Sql, after: number): BatchRow | undefined {
  return sql.first(batchRow, `select ${COLUMNS} where shipped = 0 and seq > ? order by seq limit 1`, after);
}

/** The oldest of those that were shipped. */
export function oldestShipped(sql: Sql): BatchRow | undefined {
  return sql.first(batchRow, `select ${COLUMNS} where shipped = 1 order by seq limit 1`);
}

export function oldestBatch(sql: Sql): BatchRow | undefined {
  return sql.first(batchRow, `select ${COLUMNS} order by seq limit 1`);
}

/** Batches before the number, newest first. */
export function batchesBefore(sql: Sql, seq: number, limit: number): BatchRow[] {
  return sql.all(batchRow, `select ${COLUMNS} where seq < ? order by seq desc limit ?`, seq, limit);
}
