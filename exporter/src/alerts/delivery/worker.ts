import { backoffDelay } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../log/logger.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import { createLoop, type Loop } from '../loop.ts';
import { DeliveryError, type Receiver } from '../receivers/receiver.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import { createGrouper, type Grouper } from './grouper.ts';
import { deliverySpan, type TracedNotice } from './delivery-span.ts';
import type { DueNotice, Outbox } from './outbox.ts';

export interface WorkerOptions {
  readonly receiver: Receiver;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Called before each turn. */
  readonly beforeTurn?: () => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
  /** Longest time of one sending, milliseconds; 10,000 by default. */
  readonly timeout?: number;
  readonly tracer?: Tracer;
  /** Whether this exporter joins messages and repeats open alerts, of several that share the outbox. Default: it does. */
  readonly isLeader?: () => boolean;
}

/** What cannot be delivered for so long, milliseconds, is given up: a day. */
const LIFETIME = 86_400_000;
/** Longest sleep, and the pause after the store itself failed, milliseconds. */
const REST = 30_000;
/** How long nothing is looked for after another exporter had claimed all that was found, and a store failed, milliseconds. */
const SOON = 1000;
/** Most notices of one message that joins them. */
const MOST_JOINED = 1000;
/** Between two attempts, milliseconds. */
const BACKOFF = { initial: 1000, max: 300_000 };
/** Longest time that a receiver is left alone because it asked for it, milliseconds. */
export const LONGEST_PAUSE = 1_800_000;

const idsOf = (notices: readonly DueNotice[]): number[] => notices.map(({ id }) => id);

/** Tells one receiver what the outbox holds for it; each has its own, so that none waits for another. */
export function createWorker(options: WorkerOptions): Loop {
  const { receiver, outbox, clock, timeout = 10_000, tracer = NO_TRACER, isLeader = () => true } = options;
  const logger = options.logger.child({ receiver: receiver.name });
  /** Monotonic times: until when the receiver is left alone, and when it is reminded next. */
  let pausedUntil = -Infinity;
  let repeatAt = -Infinity;
  const grouper = receiver.grouping === undefined ? undefined : createGrouper(receiver.grouping, clock);
  /** Monotonic time before which no group is ready. */
  let groupedAt = -Infinity;
  /** Failed sendings in a row. */
  let failures = 0;
  /** Monotonic time until which another exporter tells all that was found. */
  let takenUntil = -Infinity;
  /** What became of notices and the store did not take yet: they must not be told again for that. */
  const unsettled: (() => Promise<void>)[] = [];

  async function settleAll(): Promise<void> {
    for (let [next] = unsettled; next !== undefined; [next] = unsettled) {
      await next();
      unsettled.shift();
    }
  }

  function settle(outcome: () => Promise<void>): Promise<void> {
    unsettled.push(outcome);
    return settleAll();
  }

  async function send(notices: readonly TracedNotice[], stopping: AbortSignal): Promise<void> {
    try {
      await tracer.span(`deliver ${receiver.integration}`, deliverySpan(receiver, notices), () =>
        withDeadline(stopping, timeout, (signal) => receiver.send(notices, signal)),
      );
      failures = 0;
    } catch (error) {
      if (error instanceof DeliveryError) throw error;
      // A fault of our own about these notices: it must not stand in the way of the others for ever.
      throw new DeliveryError(`unexpectedly: ${messageOf(error)}`, { permanent: true });
    }
  }

  /** What the receiver did not take now it may take later: all of it waits, and nothing is asked meanwhile. */
  function pause({ retryAfter = 0 }: DeliveryError): number {
    failures += 1;
    const wait = Math.max(
      backoffDelay(BACKOFF, failures, options.random()),
      Math.min(LONGEST_PAUSE, retryAfter),
    );
    pausedUntil = clock.monotonic() + wait;
    return wait;
  }

  async function giveUp(notices: readonly DueNotice[], error: DeliveryError): Promise<void> {
    for (const { id, alert } of notices) {
      await settle(() => outbox.dead([id], error.message));
      logger.error(
        { delivery: id, alert: alert.name, error: error.message },
        'an alert could not be delivered',
      );
    }
  }

  async function putOff(notices: readonly DueNotice[], error: DeliveryError): Promise<void> {
    const shared = pause(error);
    const now = clock.wall();
    for (const notice of notices) {
      const wait = Math.max(shared, backoffDelay(BACKOFF, notice.attempts + 1, options.random()));
      if (now + wait - notice.createdAt > LIFETIME) await giveUp([notice], error);
      else await settle(() => outbox.failed([notice.id], error.message, now + wait));
    }
    logger.warn({ error: error.message, notices: notices.length }, 'a receiver did not take alerts');
  }

  /** Sends them; true when they were taken. */
  async function attempt(notices: readonly DueNotice[], stopping: AbortSignal): Promise<boolean> {
    try {
      await send(notices, stopping);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      // A sending that our own end cut off is no failure of the receiver: it is repeated after the start.
      if (stopping.aborted) {
        await outbox.giveBack(idsOf(notices));
        return false;
      }
      if (!error.permanent) await putOff(notices, error);
      // What is joined is our own wording: if that cannot be taken, no part of it can.
      else if (notices.length === 1 || grouper !== undefined) await giveUp(notices, error);
      // One that the receiver cannot take must not take the others with it.
      else
        for (const notice of notices)
          if (isPaused()) await outbox.giveBack([notice.id]);
          else await attempt([notice], stopping);
      return false;
    }
    const now = clock.wall();
    await settle(() => outbox.delivered(idsOf(notices), now));
    return true;
  }

  function isPaused(): boolean {
    return clock.monotonic() < pausedUntil;
  }

  /** Those of the notices that this exporter tells, of several that share the outbox. */
  async function claimed(notices: readonly DueNotice[]): Promise<DueNotice[]> {
    const mine = await outbox.claim(idsOf(notices));
    const claimed = notices.filter(({ id }) => mine.has(id));
    if (notices.length > 0 && claimed.length === 0) takenUntil = clock.monotonic() + SOON;
    return claimed;
  }

  /** Sends what is due; true when there may be more. */
  async function deliver(stopping: AbortSignal): Promise<boolean> {
    if (isPaused()) return false;
    const notices = await claimed(await outbox.due(receiver.name, clock.wall(), receiver.batch));
    if (notices.length > 0) await attempt(notices, stopping);
    return notices.length > 0;
  }

  /** Sends one message about what is due and belongs together; true when there may be more. */
  async function deliverGroup(grouper: Grouper, stopping: AbortSignal): Promise<boolean> {
    if (isPaused()) return false;
    const due = await outbox.due(receiver.name, clock.wall(), MOST_JOINED);
    const next = due.length === 0 ? Infinity : grouper.next(due);
    groupedAt = -Infinity;
    if (typeof next === 'number') {
      groupedAt = clock.monotonic() + next;
      return false;
    }
    const notices = await claimed(next);
    if (notices.length > 0 && (await attempt(notices, stopping))) grouper.told(notices);
    return notices.length > 0;
  }

  function deliverNext(stopping: AbortSignal): Promise<boolean> {
    if (grouper === undefined) return deliver(stopping);
    // What belongs together is known where all of it is told.
    return isLeader() ? deliverGroup(grouper, stopping) : Promise.resolve(false);
  }

  /** Tells every open alert again, where the receiver needs it. */
  async function repeat(stopping: AbortSignal): Promise<void> {
    if (receiver.repeat === undefined || !isLeader() || isPaused() || clock.monotonic() < repeatAt) return;
    repeatAt = clock.monotonic() + receiver.repeat;
    let last: number | undefined = 0;
    try {
      while (last !== undefined) {
        const page = await outbox.open(receiver.name, last, receiver.batch);
        if (page.notices.length > 0) await send(page.notices, stopping);
        ({ last } = page);
      }
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (stopping.aborted) return;
      if (!error.permanent) pause(error);
      logger.warn({ error: error.message }, 'open alerts could not be repeated');
    }
  }

  /** Milliseconds until there is something to do. */
  async function untilNext(): Promise<number> {
    if (grouper !== undefined && !isLeader()) return REST;
    const [wall, monotonic] = [clock.wall(), clock.monotonic()];
    const waiting = ((await outbox.nextDue(receiver.name)) ?? Infinity) - wall;
    // What is due and waits for others of its group is no reason to look at once.
    const due = waiting <= 0 && groupedAt > monotonic ? groupedAt - monotonic : waiting;
    const next = receiver.repeat === undefined || !isLeader() ? due : Math.min(due, repeatAt - monotonic);
    return Math.min(REST, Math.max(10, pausedUntil - monotonic, takenUntil - monotonic, next));
  }

  async function turn(stopping: AbortSignal): Promise<number> {
    try {
      await settleAll();
      await options.beforeTurn?.();
      while (!stopping.aborted && (await deliverNext(stopping)));
      if (!stopping.aborted) await repeat(stopping);
      return await untilNext();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (!stopping.aborted) logger.warn({ error: error.message }, 'the outbox cannot be read');
      return unsettled.length > 0 ? SOON : REST;
    }
  }

  return createLoop({ name: `delivery to ${receiver.integration}`, turn, logger });
}
