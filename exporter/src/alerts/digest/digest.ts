import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import type { Logger } from '../../log/logger.ts';
import type { Database } from '../store/sql.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import { createLoop, type Loop } from '../loop.ts';
import { DeliveryError, type Receiver } from '../receivers/receiver.ts';
import { digestFigures } from './figures.ts';
import { digestLetter } from './words.ts';

export interface DigestOptions {
  readonly database: Database;
  /** Whom it is written to; those that cannot be written to are left out. */
  readonly receivers: readonly Receiver[];
  /** Minute of the day there. */
  readonly at: number;
  readonly timeZone: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Whether this exporter writes it, of several that share the store. Default: it does. */
  readonly isLeader?: () => boolean;
}

const MINUTE = 60_000;
const DAY = 24 * 60;
/** Between two looks, after a failure, and longest time of one sending, milliseconds. */
const LOOK = 30_000;
const RETRY = 300_000;
const TIMEOUT = 10_000;
/** What could not be written for so long, milliseconds, is not written any more: the next day comes. */
const LATEST = 6 * 3_600_000;

/** Tells when it was last time for the digest there: the moment and its day. */
function lastMoment(timeZone: string, at: number): (now: number) => { moment: number; day: string } {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const date = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (now) => {
    const [hours = '0', minutes = '0'] = time.format(now).split(':');
    const ago = (Number(hours) * 60 + Number(minutes) - at + DAY) % DAY;
    const moment = Math.floor(now / MINUTE) * MINUTE - ago * MINUTE;
    return { moment, day: date.format(moment) };
  };
}

const lastRow = z.object({ day: z.string() });

/**
 * Writes the day's figures to people once a day. Which day each of them has is a fact of the store's file, so that a
 * restart repeats nothing; one that is new waits for the next.
 */
export function createDigest(options: DigestOptions): Loop {
  const { database, at, timeZone, logger, clock, isLeader = () => true } = options;
  const last = lastMoment(timeZone, at);
  const failing = new Set<string>();

  const dayOf = (receiver: string): Promise<string | undefined> =>
    database.read(
      async (sql) => (await sql.first(lastRow, 'select day from digests where receiver = ?', receiver))?.day,
    );
  const settle = (receiver: string, day: string): Promise<void> =>
    database.write(async (sql) => {
      await sql.run(
        'insert into digests (receiver, day) values (?, ?) on conflict (receiver) do update set day = excluded.day',
        ...[receiver, day],
      );
    });

  async function write({ name, write: tell }: Receiver, stopping: AbortSignal): Promise<void> {
    const now = clock.wall();
    const { moment, day } = last(now);
    const before = await dayOf(name);
    if (tell === undefined || before === day) return;
    if (before === undefined || now - moment > LATEST) {
      await settle(name, day);
      if (failing.delete(name)) logger.error({ receiver: name, day }, 'the daily digest was given up');
      return;
    }
    const figures = await database.read((sql) => digestFigures(sql, moment - DAY * MINUTE, moment));
    await withDeadline(stopping, TIMEOUT, (signal) => tell(digestLetter(day, figures, now), signal));
    await settle(name, day);
    failing.delete(name);
    logger.info({ receiver: name, day }, 'the daily digest was written');
  }

  /** One that does not take it holds up no other. */
  async function tryOne(receiver: Receiver, stopping: AbortSignal): Promise<boolean> {
    try {
      await write(receiver, stopping);
      return true;
    } catch (error) {
      if (!(error instanceof DeliveryError) && !(error instanceof StoreError)) throw error;
      if (!stopping.aborted && !failing.has(receiver.name))
        logger.warn(
          { receiver: receiver.name, error: error.message },
          'the daily digest could not be written; it is tried again for six hours',
        );
      failing.add(receiver.name);
      return false;
    }
  }

  async function turn(stopping: AbortSignal): Promise<number> {
    if (!isLeader()) return LOOK;
    const outcomes = await Promise.all(options.receivers.map((receiver) => tryOne(receiver, stopping)));
    return outcomes.includes(false) ? RETRY : LOOK;
  }

  return createLoop({ name: 'daily digest', turn, logger });
}
