import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import { createRecentIds } from '../../base/recent-ids.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import type { LogEntry } from '../entry.ts';
import type { MaskOptions } from '../reading/secrets.ts';
import { itemsOf, type Item } from './body-items.ts';
import { createObjectReader, type ObjectReader } from './object-entry.ts';

/** Keeps entries; false when there is no room now and none of them was taken. At most {@link BATCH} at once. */
export type TakeEntries = (entries: readonly LogEntry[]) => boolean;

/** Entries that are handed on at once. */
export const BATCH = 500;
/** The event loop may breathe after so many milliseconds of reading. */
const TURN = 8;
/** Refusals that are told one by one. */
const MOST_REFUSALS = 1000;
/** Entries that are known again when their sender got no answer, or found room for a part, and sends them again. */
const RECENT = 25_000;

/** One part of a request that was refused. */
export interface Refusal {
  /** Its place in the request, from 0. */
  readonly index: number;
  readonly reason: string;
}

/** What became of a request. */
export interface Taken {
  readonly accepted: number;
  /** The first thousand that were refused. */
  readonly rejected: readonly Refusal[];
  readonly rejectedTotal: number;
}

/** Takes log entries that others send. */
export interface Intake {
  /**
   * Reads a body and hands its entries on; `full` when there is no room for all of them now. What is sent again is not
   * taken twice.
   */
  take(body: Buffer): Promise<Taken | 'full'>;
}

export interface IntakeOptions {
  readonly take: TakeEntries;
  readonly clock: Clock;
  readonly mask?: MaskOptions;
  readonly tracer?: Tracer;
}

function readItem(reader: ObjectReader, item: Item): LogEntry | { readonly reason: string } {
  return 'reason' in item ? item : reader.read(item);
}

export function createIntake({ take, clock, mask, tracer = NO_TRACER }: IntakeOptions): Intake {
  let untimed = 0;
  const recent = createRecentIds(RECENT);

  /** Reads everything before anything is handed on; breathes in between. */
  async function read(body: Buffer): Promise<{ entries: LogEntry[]; refusals: Refusal[]; refused: number }> {
    const options = {
      created: clock.wall(),
      untimed: () => untimed++,
      ...(mask === undefined ? {} : { mask }),
    };
    const reader = createObjectReader(options);
    const entries: LogEntry[] = [];
    const refusals: Refusal[] = [];
    let refused = 0;
    let index = 0;
    let turnEnds = clock.monotonic() + TURN;
    for (const item of itemsOf(body.toString('utf8'))) {
      const entry = readItem(reader, item);
      if ('id' in entry) entries.push(entry);
      else if (refused++ < MOST_REFUSALS) refusals.push({ index, reason: entry.reason });
      index++;
      if (clock.monotonic() < turnEnds) continue;
      await nextTurn();
      turnEnds = clock.monotonic() + TURN;
    }
    return { entries, refusals, refused };
  }

  /** Hands the entries on, those that were taken before left out; false when there was no room for all. */
  async function handOn(entries: readonly LogEntry[]): Promise<boolean> {
    for (let start = 0; start < entries.length; start += BATCH) {
      const batch = entries.slice(start, start + BATCH).filter(({ id }) => !recent.has(id));
      if (batch.length > 0 && !take(batch)) return false;
      for (const { id } of batch) recent.add(id);
      if (start + BATCH < entries.length) await nextTurn();
    }
    return true;
  }

  return {
    take: (body) =>
      tracer.span('take log entries', {}, async (span) => {
        const { entries, refusals, refused } = await read(body);
        span.set({ 'valtronics.log.entries': entries.length, 'valtronics.log.refused': refused });
        if (!(await handOn(entries))) return 'full';
        return { accepted: entries.length, rejected: refusals, rejectedTotal: refused };
      }),
  };
}
