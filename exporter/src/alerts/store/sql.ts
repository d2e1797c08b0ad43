import type { z } from 'zod';

/** What a statement is given for one of its `?`. */
export type SqlValue = string | number | null;

/** Where the two kinds of SQL that the store is written in say the same in other words. */
export interface Dialect {
  /** The label of that name in a column with JSON; null where it has none. */
  label(column: string, name: string): string;
  /** A table with alias `l` whose column `value` holds the values of a column with JSON. */
  labelValues(column: string): string;
  /** A column with JSON as text. */
  labelsText(column: string): string;
  /** An aggregate: a JSON array of objects with these keys and expressions, as text. */
  jsonRows(fields: Readonly<Record<string, string>>): string;
  /** LIKE that takes ASCII letters in any case. */
  readonly like: string;
}

/**
 * Statements on the open database. A statement has `?` for each value in turn, or `?1`, `?2` … where one is used more
 * than once.
 */
export interface Sql {
  readonly dialect: Dialect;
  /** The rows, each parsed. */
  all<T>(row: z.ZodType<T>, text: string, ...values: readonly SqlValue[]): Promise<T[]>;
  /** The first row, when there is one. */
  first<T>(row: z.ZodType<T>, text: string, ...values: readonly SqlValue[]): Promise<T | undefined>;
  /**
   * Tells the other exporters of the same store a word, and what it is about, once the work is on disk; the one that tells
   * hears it, too. Nothing for a store that nobody shares.
   */
  tell(word: string, about: string): Promise<void>;
  /** Resolves with how many rows were changed. */
  run(text: string, ...values: readonly SqlValue[]): Promise<{ readonly changes: number }>;
}

/**
 * Where alerts are kept. It is opened by its first use and again after it failed, so that what is mended needs no
 * restart. One write happens after another, whoever asks for it. Work that was given `sql` uses that alone: asking the
 * database itself in between would wait for the end of the work.
 */
export interface Database {
  /** Rejects with a StoreError when it cannot be used. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** What `work` did is on disk when this resolves; when it rejects, nothing happened. */
  write<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * As `write`, without waiting for the disk: it outlives a kill of the process, and a loss of power may undo it,
   * whole, together with whatever was so written since. For what may be done twice.
   */
  writeUnsynced<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Why nothing can be written now, after it has been tried; undefined when it can. */
  problem(): Promise<string | undefined>;
  /** Resolves when nothing of it is open; what is under way is finished before. */
  close(): Promise<void>;
}
