import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { Logger } from '../../log/logger.ts';
import { createCheckpoints, LARGE } from './checkpoints.ts';
import { sqliteCode, storeError, StoreError, type StoreWords } from './errors.ts';

/** Statements on the open database; prepared once each. */
export interface Sql {
  /** The rows, each parsed. */
  all<T>(row: z.ZodType<T>, text: string, ...values: readonly SQLInputValue[]): T[];
  /** The first row, when there is one. */
  first<T>(row: z.ZodType<T>, text: string, ...values: readonly SQLInputValue[]): T | undefined;
  run(text: string, ...values: readonly SQLInputValue[]): { readonly changes: number; readonly id: number };
}

/** A write that has begun. */
export interface Transaction {
  readonly sql: Sql;
  /** What was done is on disk when this returns; when it throws, it has to be rolled back. */
  commit(): void;
  /** Takes back what was done before the error, and returns that in the words of the store. */
  rollback(error: unknown): unknown;
}

/**
 * A file of SQLite. It is opened by its first use and again after it failed, so that a disk that is mended needs no
 * restart.
 */
export interface Database {
  /** Throws StoreError when the file cannot be used. */
  read<T>(work: (sql: Sql) => T): T;
  /** What `work` did is on disk when this returns; when it throws, nothing happened. */
  write<T>(work: (sql: Sql) => T): T;
  /**
   * As `write`, without waiting for the disk: it outlives a kill of the process, and a loss of power may undo it,
   * whole, together with whatever was so written since. For what may be done twice.
   */
  writeUnsynced<T>(work: (sql: Sql) => T): T;
  /** Begins a write that the caller commits or rolls back before anything else is asked of the file. */
  begin(durability: 'synced' | 'unsynced'): Transaction;
  /**
   * Why a writing failed, e.g. since the disk is full; undefined when none did since there was room. Tries first, with more
   * than anybody writes at once: on a disk that is all but full the small succeeds and the large does not, which is no
   * end of the trouble.
   */
  problem(): string | undefined;
  close(): void;
}

export interface DatabaseOptions extends StoreWords {
  /** The tables, one entry a version (`user_version`). */
  readonly migrations: readonly string[];
  readonly logger: Logger;
  /** Most bytes of the file; the default is 1 GiB. */
  readonly maxBytes?: number;
  /** Most of the file that is kept in memory, KiB; the default is 16 MiB. */
  readonly cacheKib?: number;
  /**
   * False for a file that is too large to be read through at each start: it is then looked through only after damage
   * was met. Default: true.
   */
  readonly checked?: boolean;
  /** True when the file gives pages that it needs no more back, by `pragma incremental_vacuum`. Default: it keeps them. */
  readonly shrinks?: boolean;
  /** True for a file that much is written to: its checkpoints wait for the disk in a thread of their own. */
  readonly busy?: boolean;
  readonly now?: () => number;
}

const PAGE_BYTES = 4096;
/** What has to fit before a full disk counts as one with room again. */
const PROBE_BYTES = 32 * PAGE_BYTES;
/** Only the exporter's user may read it. */
const FILE_MODE = 0o600;
/** How long a writer waits for another process, milliseconds. */
const BUSY_TIMEOUT = 1000;

function statements(connection: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  function statement(text: string): StatementSync {
    const found = prepared.get(text) ?? connection.prepare(text);
    prepared.set(text, found);
    return found;
  }
  return {
    // The schema of a list, or of a row that may be missing, costs more to make than to use.
    all: (row, text, ...values) =>
      statement(text)
        .all(...values)
        .map((found) => row.parse(found)),
    first: (row, text, ...values) => {
      const found = statement(text).get(...values);
      return found === undefined ? undefined : row.parse(found);
    },
    run: (text, ...values) => {
      const { changes, lastInsertRowid } = statement(text).run(...values);
      return { changes: Number(changes), id: Number(lastInsertRowid) };
    },
  };
}

const versionRow = z.object({ user_version: z.number() });
const checkRow = z.object({ quick_check: z.string() });

function migrate(connection: DatabaseSync, sql: Sql, { name, path, migrations }: DatabaseOptions): void {
  const version = sql.first(versionRow, 'pragma user_version')?.user_version ?? 0;
  if (version > migrations.length)
    throw new StoreError(
      `${name} ${path} was written by a newer version: use that one, or another VALTRONICS_STATE_DIR`,
    );
  for (const [index, text] of migrations.entries())
    if (index >= version)
      connection.exec(`begin immediate; ${text}; pragma user_version = ${index + 1}; commit`);
  connection.exec('create table if not exists probe (content text not null) strict');
}

/** Gives a file that nobody has open another name, by why it is not used any more and the time, and says which. */
export function setAside(path: string, why: 'damaged' | 'imported', now: number): string {
  const keptAs = `${path}.${why}-${new Date(now).toISOString().replaceAll(/[-:]/g, '')}`;
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(path + part)) renameSync(path + part, keptAs + part);
  return keptAs;
}

/** The file, which its first use opens. */
export function openSqlite(options: DatabaseOptions): Database {
  const {
    path,
    name,
    logger,
    maxBytes = 2 ** 30,
    cacheKib = 16_384,
    checked = true,
    shrinks = false,
    busy = false,
    now = Date.now,
  } = options;
  let open: { readonly connection: DatabaseSync; readonly sql: Sql } | undefined;
  let closed = false;
  let suspect = checked;
  let problem: string | undefined;
  const checkpoints = busy
    ? createCheckpoints({
        ...{ path, logger },
        finish: () => open?.connection.exec('pragma wal_checkpoint(passive)'),
      })
    : undefined;

  function translated(error: unknown): unknown {
    if (error instanceof z.ZodError)
      return new StoreError(`${name} ${path}: a row cannot be read: ${z.prettifyError(error)}`, {
        cause: error,
      });
    const code = sqliteCode(error);
    // Errors of Node itself come from another realm in tests: `instanceof Error` would not know them.
    const message =
      error !== null && typeof error === 'object' && 'message' in error ? String(error.message) : '';
    return code === undefined ? error : storeError(options, new Error(message, { cause: error }), code);
  }

  function connect(): NonNullable<typeof open> {
    // Loaded when it is needed: a plain exporter must not depend on it.
    const sqlite = process.getBuiltinModule('node:sqlite');
    // Made before SQLite makes it, which would let everybody read; its -wal and -shm take the mode over.
    closeSync(openSync(path, 'a', FILE_MODE));
    const connection = new sqlite.DatabaseSync(path, { timeout: BUSY_TIMEOUT });
    try {
      // Before anything is written: it cannot be changed afterwards.
      if (shrinks) connection.exec('pragma auto_vacuum = incremental');
      // FULL: a commit is on disk before anybody is told that it happened.
      connection.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -${cacheKib};
        pragma max_page_count = ${Math.ceil(maxBytes / PAGE_BYTES)}`);
      if (busy) connection.exec(`pragma wal_autocheckpoint = 0; pragma journal_size_limit = ${LARGE}`);
      const sql = statements(connection);
      const verdict = suspect ? sql.first(checkRow, 'pragma quick_check(1)')?.quick_check : 'ok';
      if (verdict !== 'ok')
        throw new StoreError(`${name} ${path} is damaged: ${verdict ?? 'no answer'}`, { damaged: true });
      migrate(connection, sql, options);
      suspect = checked;
      return { connection, sql };
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  function keepAside(reason: StoreError): void {
    const keptAs = setAside(path, 'damaged', now());
    logger.error(
      { file: path, keptAs, error: reason.message },
      `the ${name} is damaged and was kept aside; the exporter starts a new one`,
    );
  }

  function connectOrReplace(): NonNullable<typeof open> {
    try {
      return connect();
    } catch (error) {
      const reason = translated(error);
      if (!(reason instanceof StoreError) || !reason.damaged) throw reason;
      keepAside(reason);
      return connect();
    }
  }

  function use(): NonNullable<typeof open> {
    if (closed) throw new StoreError(`${name} ${path} is closed: the exporter is stopping or reloading`);
    try {
      open ??= connectOrReplace();
    } catch (error) {
      const reason = translated(error);
      if (reason instanceof StoreError) throw reason;
      throw new StoreError(
        `${name} ${path} cannot be opened (${String(reason)}): make the folder writable for the exporter's user`,
        { cause: reason },
      );
    }
    return open;
  }

  /** Forgets a connection to a damaged file, so that the next use looks at it anew. */
  function failed(error: unknown): unknown {
    const reason = translated(error);
    if (reason instanceof StoreError && reason.damaged) {
      open?.connection.close();
      open = undefined;
      suspect = true;
    }
    return reason;
  }

  /** A failure of the store itself, and not of what was asked of it, is a problem until the probe succeeds. */
  function watched<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof StoreError && !closed) problem = error.message;
      throw error;
    }
  }

  function begin(durability: 'synced' | 'unsynced'): Transaction {
    const used = watched(use);
    const { connection, sql } = used;
    function end(): void {
      // Another connection, after a damage, begins with full.
      if (durability === 'unsynced' && open === used) connection.exec('pragma synchronous = full');
    }
    function rollback(error: unknown): unknown {
      // SQLite itself rolls back after some errors, a full disk among them.
      if (connection.isTransaction) connection.exec('rollback');
      const reason = failed(error);
      end();
      if (reason instanceof StoreError && !closed) problem = reason.message;
      return reason;
    }
    try {
      if (durability === 'unsynced') connection.exec('pragma synchronous = normal');
      connection.exec('begin immediate');
    } catch (error) {
      throw rollback(error);
    }
    return {
      sql,
      commit: () => {
        connection.exec('commit');
        end();
        checkpoints?.written();
      },
      rollback,
    };
  }

  function within<T>(transaction: Transaction, work: (sql: Sql) => T): T {
    try {
      const result = work(transaction.sql);
      transaction.commit();
      return result;
    } catch (error) {
      throw transaction.rollback(error);
    }
  }

  const write = <T>(work: (sql: Sql) => T): T => within(begin('synced'), work);

  return {
    problem: () => {
      if (problem === undefined) return undefined;
      try {
        // Needs new pages, and leaves nothing behind.
        write((sql) => {
          sql.run('insert into probe values (?)', 'x'.repeat(PROBE_BYTES));
          sql.run('delete from probe');
        });
        problem = undefined;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
      }
      return problem;
    },
    read: (work) => {
      const { sql } = use();
      try {
        return work(sql);
      } catch (error) {
        throw failed(error);
      }
    },
    write,
    writeUnsynced: (work) => within(begin('unsynced'), work),
    begin,
    close: () => {
      closed = true;
      checkpoints?.close();
      open?.connection.close();
      open = undefined;
    },
  };
}
