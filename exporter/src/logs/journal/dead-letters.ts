import { z } from 'zod';
import { isObject } from '../../base/is-object.ts';
import type { Sql } from '../../state/sqlite/database.ts';
import type { LogEntry } from '../entry.ts';
import { isLogEntry } from './batch.ts';

/** An entry that the log store refused for good. */
export interface DeadLetter {
  /** Status that the store gave it, e.g. 400. */
  readonly status: number;
  /** The store's words. */
  readonly reason: string;
  readonly entry: LogEntry;
}

/** The most that is kept of them; the oldest go. */
export interface DeadLetterLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** As it is kept. */
export interface KeptDeadLetter extends DeadLetter {
  readonly id: number;
  /** When it was refused, milliseconds since the epoch. */
  readonly at: number;
}

const entryText = z.string().transform((text, context): LogEntry => {
  const value: unknown = JSON.parse(text);
  if (isLogEntry(value)) return value;
  context.addIssue({ code: 'custom', message: isObject(value) ? 'not a log entry' : 'not an object' });
  return z.NEVER;
});
const letterRow = z.object({
  id: z.number(),
  at: z.number(),
  status: z.number(),
  reason: z.string(),
  entry: entryText,
});

const fullRow = z.object({ full: z.number() });

/** Keeps them within the limits; returns how many of the oldest had to go. */
export function keepLetters(
  sql: Sql,
  letters: readonly DeadLetter[],
  limits: DeadLetterLimits,
  now: number,
): number {
  for (const { status, reason, entry } of letters)
    sql.run(
      'insert into dead_letters (at, status, reason, entry) values (?, ?, ?, ?)',
      ...[now, status, reason, JSON.stringify(entry)],
    );
  const isFull = (): boolean =>
    sql.first(
      fullRow,
      'select letters > ? or letter_bytes > ? as full from totals',
      ...[limits.entries, limits.bytes],
    )?.full === 1;
  let gone = 0;
  while (isFull())
    gone += sql.run('delete from dead_letters where id = (select min(id) from dead_letters)').changes;
  return gone;
}

/** A page of them, newest first, of those before the one of the id. */
export function listLetters(sql: Sql, before: number, limit: number): KeptDeadLetter[] {
  return sql.all(
    letterRow,
    'select id, at, status, reason, entry from dead_letters where id < ? order by id desc limit ?',
    ...[before, limit],
  );
}

/** Takes out those of the ids that are there, oldest first. */
export function takeLetters(sql: Sql, ids: readonly number[]): KeptDeadLetter[] {
  const taken = [...new Set(ids)]
    .sort((a, b) => a - b)
    .flatMap((id) =>
      sql.all(letterRow, 'select id, at, status, reason, entry from dead_letters where id = ?', id),
    );
  for (const { id } of taken) sql.run('delete from dead_letters where id = ?', id);
  return taken;
}
