import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { Sql } from '../../state/sqlite/database.ts';
import { type BatchRow, nextWaiting, oldestBatch, oldestShipped, removeBatch, totals } from './queue.ts';

/** Why entries were given up. */
export type DropReason = 'queue_full' | 'disk_full' | 'too_large' | 'damaged' | 'dead_letters_full';

/** Told of entries that were given up. */
export type Drop = (reason: DropReason, entries: number) => void;

export interface RoomOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Most bytes of entries in the file. */
  readonly maxBytes: number;
  /** When there is no room: refuse what comes, or give up what waits longest. */
  readonly whenFull: 'block' | 'drop_oldest';
  /** True when there is somebody who ships; else an entry is kept only as long as it is among the newest. */
  readonly shipping: boolean;
  /** So many of the newest entries stay though they were shipped. */
  readonly keepNewest: number;
  /** The disk keeps so many bytes free for others. */
  readonly minFreeBytes: number;
  /** Bytes that are free on the disk of the file. */
  readonly freeBytes: () => number;
}

/** Between two looks at the free space, milliseconds. */
const LOOK_AGAIN = 1000;
/** Batches that one write clears away: more at once would hold up the event loop. */
const CLEARED_AT_ONCE = 64;

/** Pages (4 KiB) that stay free in the file for what comes, and most that one write gives back to the disk. */
const SPARE_PAGES = 4096;
const GIVEN_BACK_AT_ONCE = 256;

const freeRow = z.object({ freelist_count: z.number() });

/** Gives room back that the file grew by while the store was away. */
function giveBack(sql: Sql): void {
  const free = sql.first(freeRow, 'pragma freelist_count')?.freelist_count ?? 0;
  if (free > SPARE_PAGES) sql.all(z.unknown(), `pragma incremental_vacuum(${GIVEN_BACK_AT_ONCE})`);
}

/** A write for which there is no room; nothing of it stays. */
export class NoRoomError extends Error {
  readonly reason: 'queue_full' | 'disk_full';

  constructor(reason: 'queue_full' | 'disk_full', message: string) {
    super(message);
    this.name = 'NoRoomError';
    this.reason = reason;
  }
}

/** What is not given up. */
export interface Kept {
  /** Batches up to here are in the shipper's hands and may arrive. */
  readonly handedOut: number;
  /** The batch that the write goes on with. */
  readonly begun: number | undefined;
}

/** Keeps the queue within its bounds. */
export interface Room {
  /** Makes room for so many bytes. Throws NoRoomError. */
  make(sql: Sql, bytes: number, kept: Kept, drop: Drop): void;
  /** Clears away a part of what neither waits nor is among the newest, and gives its room back to the disk. */
  clear(sql: Sql): void;
}

export function createRoom(options: RoomOptions): Room {
  const { path, clock, maxBytes, whenFull, shipping, keepNewest, minFreeBytes, freeBytes } = options;
  let lookedAt = -Infinity;
  /** How much the file held when the disk was found full: it grows no more, and uses the room that it has. */
  let heldWhenFull: number | undefined;

  function look(held: number): void {
    if (clock.monotonic() - lookedAt < LOOK_AGAIN) return;
    lookedAt = clock.monotonic();
    heldWhenFull = freeBytes() < minFreeBytes ? (heldWhenFull ?? held) : undefined;
  }

  function dispensable(sql: Sql, { handedOut, begun }: Kept): BatchRow | undefined {
    const shipped = oldestShipped(sql);
    if (shipped !== undefined && shipped.seq !== begun) return shipped;
    const waiting = shipping && whenFull === 'block' ? undefined : nextWaiting(sql, handedOut);
    return waiting?.seq === begun ? undefined : waiting;
  }

  function refusal(): NoRoomError {
    return heldWhenFull !== undefined
      ? new NoRoomError(
          'disk_full',
          `the disk of ${path} has less than ${minFreeBytes} bytes free: free some`,
        )
      : new NoRoomError(
          'queue_full',
          `the log queue ${path} holds its ${maxBytes} bytes: see why nothing is shipped, or allow it more`,
        );
  }

  return {
    make: (sql, bytes, kept, drop) => {
      let held = totals(sql).bytes;
      look(held);
      const most = Math.min(maxBytes, heldWhenFull ?? maxBytes);
      while (held + bytes > most) {
        const row = dispensable(sql, kept);
        if (row === undefined) throw refusal();
        removeBatch(sql, row.seq);
        if (!row.shipped) drop(heldWhenFull === undefined ? 'queue_full' : 'disk_full', row.entries);
        held -= row.bytes;
      }
    },
    clear: (sql) => {
      let { entries } = totals(sql);
      for (let cleared = 0; cleared < CLEARED_AT_ONCE; cleared += 1) {
        const row = oldestBatch(sql);
        if (row?.shipped !== true || entries - row.entries < keepNewest) break;
        removeBatch(sql, row.seq);
        entries -= row.entries;
      }
      if (heldWhenFull === undefined) giveBack(sql);
    },
  };
}
