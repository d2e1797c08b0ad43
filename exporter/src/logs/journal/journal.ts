import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { errorCode, messageOf } from '../../base/errors.ts';
import type { Logger } from '../../log/logger.ts';
import { openSqlite, type Sql } from '../../state/sqlite/database.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { LogEntry } from '../entry.ts';
import { type Batch, batchesOf } from './batch.ts';
import {
  type DeadLetter,
  type DeadLetterLimits,
  keepLetters,
  type KeptDeadLetter,
  listLetters,
  takeLetters,
} from './dead-letters.ts';
import {
  type BatchRow,
  batchesBefore,
  entriesOf,
  forgetDamaged,
  insertBatch,
  markShipped,
  nextWaiting,
  oldestWaiting,
  replaceBatch,
  type Totals,
  totals,
} from './queue.ts';
import { createRoom, type Drop, type DropReason, NoRoomError, type RoomOptions } from './room.ts';
import { MIGRATIONS } from './schema.ts';

/** What is written at once: all of it, or nothing. */
export interface JournalWrite {
  readonly entries: readonly LogEntry[];
  /** By file key, as their owner needs them, as JSON; `null` forgets one. */
  readonly positions?: Readonly<Record<string, unknown>>;
}

/**
 * What became of a write: taken, or refused with nothing written, and why. A refused write may be tried again once the
 * shipper has made room or the disk is mended.
 */
export type JournalAnswer =
  | { readonly accepted: true }
  | {
      readonly accepted: false;
      readonly reason: 'queue_full' | 'disk_full' | 'failed';
      /** For operators. */
      readonly message: string;
    };

/** Entries that wait to be shipped. */
export interface WaitingBatch {
  readonly seq: number;
  readonly entries: readonly LogEntry[];
}

export interface JournalStats extends Totals {
  /** When the oldest of what waits was read, milliseconds since the epoch. */
  readonly oldest: number | undefined;
}

/**
 * The queue of log entries on disk: written by those who read logs, emptied by the shipper, and read back after a
 * restart. What it took outlives a kill of the process; after a loss of power the newest writes may be gone, entries
 * and positions together, so that files are read again from there. All but `append` throw StoreError when the file
 * cannot be used.
 */
export interface Journal {
  /** Give it at most some 1,000 entries at once: it works on the event loop. */
  append(write: JournalWrite): JournalAnswer;
  /** Positions by file key, as they were given. */
  positions(): ReadonlyMap<string, unknown>;
  /**
   * The newest entries in pieces, oldest first, so that the reader can breathe between; more than asked where the
   * first piece begins before them.
   */
  newest(count: number): Iterable<readonly LogEntry[]>;
  /** The first batch behind the number (0 to begin) that waits to be shipped. */
  next(after: number): WaitingBatch | undefined;
  /** Nothing of these batches waits any more; what the store refused for good becomes a dead letter. */
  done(seqs: readonly number[], refused?: readonly DeadLetter[]): void;
  /** Newest first, those before the id where one is given. */
  deadLetters(limit: number, before?: number): KeptDeadLetter[];
  /** Queues them again; returns how many of the ids there were. */
  retryDeadLetters(ids: readonly number[]): number;
  /** Returns how many of the ids there were. */
  deleteDeadLetters(ids: readonly number[]): number;
  stats(): JournalStats;
  /** Why nothing can be written, for operators; undefined when it can. */
  problem(): string | undefined;
  close(): void;
}

export interface JournalOptions extends Omit<RoomOptions, 'minFreeBytes' | 'freeBytes'> {
  readonly logger: Logger;
  /** Told of entries that were given up. */
  readonly onDrop: (reason: DropReason, entries: number) => void;
  /** The disk keeps so many bytes free for others; the default is 128 MiB. */
  readonly minFreeBytes?: number;
  /** Bytes that are free on the disk of the file. */
  readonly freeBytes?: () => number;
  /** Most dead letters that are kept; the default is 10,000 and 64 MiB. */
  readonly deadLetterLimits?: DeadLetterLimits;
}

/** A batch that is smaller is gone on with by the next write, so that a trickle makes no row of each entry. */
const BEGUN_SIZE = 16 * 1024;
const DEAD_LETTERS: DeadLetterLimits = { entries: 10_000, bytes: 64 * 1024 * 1024 };
const PAGE = 256;

const positionRow = z.object({ file: z.string(), position: z.string() });

function freeOnDisk(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}

function movePositions(sql: Sql, positions: Readonly<Record<string, unknown>>): void {
  for (const [file, position] of Object.entries(positions))
    if (position === null) sql.run('delete from positions where file = ?', file);
    else
      sql.run(
        'insert into positions values (?, ?) on conflict do update set position = excluded.position',
        ...[file, JSON.stringify(position)],
      );
}

/** The newest batches that hold so many entries, oldest first. */
function newestBatches(sql: Sql, count: number): BatchRow[] {
  const rows: BatchRow[] = [];
  let entries = 0;
  for (;;) {
    const page = batchesBefore(sql, rows.at(-1)?.seq ?? Number.MAX_SAFE_INTEGER, PAGE);
    for (const row of page) {
      if (entries >= count) return rows.reverse();
      rows.push(row);
      entries += row.entries;
    }
    if (page.length < PAGE) return rows.reverse();
  }
}

/** The journal; its file is opened by the first use. */
export function createJournal(options: JournalOptions): Journal {
  const { path, clock, maxBytes, shipping, onDrop } = options;
  const { minFreeBytes = 128 * 1024 * 1024, freeBytes = () => freeOnDisk(path) } = options;
  const { deadLetterLimits = DEAD_LETTERS } = options;
  const database = openSqlite({
    ...{ path, name: 'log queue', migrations: MIGRATIONS, logger: options.logger },
    ...{ checked: false, shrinks: true, busy: true },
    whenFull: 'free space on the disk',
    // Beyond the contents of batches: what is known about them, and dead letters.
    maxBytes: maxBytes * 1.25 + 2 * deadLetterLimits.bytes,
  });
  const room = createRoom({ ...options, minFreeBytes, freeBytes });
  let begun: { readonly seq: number; readonly batch: Batch } | undefined;
  /** Batches up to here were handed to the shipper: they are neither gone on with nor given up. */
  let handedOut = 0;

  /** Writes, and tells of what was dropped once that is certain. */
  function write<T>(work: (sql: Sql, drop: Drop) => T): T {
    const dropped = new Map<DropReason, number>();
    const result = database.writeUnsynced((sql) =>
      work(sql, (reason, entries) => dropped.set(reason, (dropped.get(reason) ?? 0) + entries)),
    );
    for (const [reason, entries] of dropped) if (entries > 0) onDrop(reason, entries);
    return result;
  }

  /** Stores the entries; returns the batch that the next ones go on with. */
  function store(sql: Sql, entries: readonly LogEntry[], drop: Drop): typeof begun {
    if (entries.length === 0) return begun;
    const before = begun !== undefined && begun.seq > handedOut ? begun : undefined;
    const batches = batchesOf(entries, before?.batch);
    const added = batches.reduce((sum, { content }) => sum + content.byteLength, 0);
    if (added > maxBytes) {
      drop('too_large', entries.length);
      return before;
    }
    const more = added - (before?.batch.content.byteLength ?? 0);
    room.make(sql, more, { handedOut, begun: before?.seq }, drop);
    const stored = batches.map((batch, index) => {
      const replaces = index === 0 && before !== undefined && replaceBatch(sql, before.seq, batch);
      return { batch, seq: replaces ? before.seq : insertBatch(sql, batch, !shipping) };
    });
    room.clear(sql);
    const last = stored.at(-1);
    return last !== undefined && last.batch.text.length < BEGUN_SIZE ? last : undefined;
  }

  function discardDamaged({ seq, entries }: BatchRow): void {
    write((sql, drop) => {
      forgetDamaged(sql, seq);
      drop('damaged', entries);
    });
  }

  function* newest(count: number): Generator<readonly LogEntry[]> {
    for (const row of database.read((sql) => newestBatches(sql, count))) {
      const entries = database.read((sql) => entriesOf(sql, row.seq));
      if (entries === undefined) discardDamaged(row);
      else yield entries;
    }
  }

  return {
    append: ({ entries, positions = {} }) => {
      try {
        begun = write((sql, drop) => {
          movePositions(sql, positions);
          return store(sql, entries, drop);
        });
        return { accepted: true };
      } catch (error) {
        if (error instanceof NoRoomError)
          return { accepted: false, reason: error.reason, message: error.message };
        // Besides SQLite's own: the free space of the disk cannot be asked for.
        if (!(error instanceof StoreError) && errorCode(error) === undefined) throw error;
        return { accepted: false, reason: 'failed', message: messageOf(error) };
      }
    },
    positions: () =>
      new Map(
        database.read((sql) =>
          sql
            .all(positionRow, 'select file, position from positions')
            .map(({ file, position }): [string, unknown] => [file, JSON.parse(position)]),
        ),
      ),
    newest,
    next: (after) => {
      for (;;) {
        const row = database.read((sql) => nextWaiting(sql, after));
        if (row === undefined) return undefined;
        const entries = database.read((sql) => entriesOf(sql, row.seq));
        if (entries !== undefined) {
          handedOut = Math.max(handedOut, row.seq);
          return { seq: row.seq, entries };
        }
        discardDamaged(row);
      }
    },
    done: (seqs, refused = []) => {
      write((sql, drop) => {
        for (const seq of seqs) markShipped(sql, seq);
        drop('dead_letters_full', keepLetters(sql, refused, deadLetterLimits, clock.wall()));
        room.clear(sql);
      });
    },
    deadLetters: (limit, before = Number.MAX_SAFE_INTEGER) =>
      database.read((sql) => listLetters(sql, before, limit)),
    retryDeadLetters: (ids) => {
      let taken: KeptDeadLetter[] = [];
      try {
        begun = write((sql, drop) => {
          taken = takeLetters(sql, ids);
          return store(
            sql,
            taken.map(({ entry }) => entry),
            drop,
          );
        });
      } catch (error) {
        throw error instanceof NoRoomError ? new StoreError(error.message, { cause: error }) : error;
      }
      return taken.length;
    },
    deleteDeadLetters: (ids) => write((sql) => takeLetters(sql, ids).length),
    stats: () => database.read((sql) => ({ ...totals(sql), oldest: oldestWaiting(sql) })),
    problem: database.problem,
    close: database.close,
  };
}
