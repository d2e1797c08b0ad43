import type { Logger } from '../../log/logger.ts';
import { DeliveryError, type Notice, type Receiver } from '../receivers/receiver.ts';
import { StoreError } from '../store/errors.ts';
import { createTurns, type Turns } from '../turns.ts';
import { nextAttempt } from './backoff.ts';
import type { DueNotice, Outbox } from './outbox.ts';

export interface WorkerOptions {
  readonly receiver: Receiver;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Longest time of one sending, milliseconds; 10,000 by default. */
  readonly timeout?: number;
}

/** Tells one receiver what the outbox holds for it; each has its own, so that none waits for another. */
export type Worker = Turns;

/** What cannot be delivered for so long, milliseconds, is given up: a day. */
const LIFETIME = 86_400_000;
/** Longest sleep, and the pause after the store itself failed, milliseconds. */
const REST = 30_000;

export function createWorker(options: WorkerOptions): Worker {
  const { receiver, outbox, now, timeout = 10_000 } = options;
  const logger = options.logger.child({ receiver: receiver.name });
  let repeatAt = 0;

  function send(notices: readonly Notice[], stopping: AbortSignal): Promise<string> {
    return receiver.send(notices, AbortSignal.any([stopping, AbortSignal.timeout(timeout)]));
  }

  function noteFailure(notices: readonly DueNotice[], error: DeliveryError): void {
    for (const { id, attempts, createdAt, alert } of notices) {
      const wait = nextAttempt(attempts + 1, options.random(), error.retryAfter);
      if (error.permanent || now() + wait - createdAt > LIFETIME) {
        outbox.dead([id], error.message);
        logger.error(
          { delivery: id, alert: alert.name, error: error.message },
          'an alert could not be delivered',
        );
      } else {
        outbox.failed([id], error.message, now() + wait);
      }
    }
    logger.warn({ error: error.message, notices: notices.length }, 'a receiver did not take alerts');
  }

  async function attempt(notices: readonly DueNotice[], stopping: AbortSignal): Promise<void> {
    try {
      await send(notices, stopping);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      // A sending that our own end cut off is no failure of the receiver: it is repeated after the start.
      if (stopping.aborted) return;
      if (!error.permanent || notices.length === 1) {
        noteFailure(notices, error);
        return;
      }
      // One that the receiver cannot take must not take the others with it.
      for (const notice of notices) await attempt([notice], stopping);
      return;
    }
    outbox.delivered(
      notices.map(({ id }) => id),
      now(),
    );
  }

  /** Sends what is due; true when there may be more. */
  async function deliver(stopping: AbortSignal): Promise<boolean> {
    const notices = outbox.due(receiver.name, now(), receiver.batch);
    if (notices.length > 0) await attempt(notices, stopping);
    return notices.length > 0;
  }

  /** Tells every open alert again, where the receiver needs it. */
  async function repeat(stopping: AbortSignal): Promise<void> {
    if (receiver.repeat === undefined || now() < repeatAt) return;
    repeatAt = now() + receiver.repeat;
    let last: number | undefined = 0;
    try {
      while (last !== undefined) {
        const page = outbox.open(receiver.name, last, receiver.batch);
        if (page.notices.length > 0) await send(page.notices, stopping);
        ({ last } = page);
      }
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (!stopping.aborted) logger.warn({ error: error.message }, 'open alerts could not be repeated');
    }
  }

  async function turn(stopping: AbortSignal): Promise<number> {
    try {
      while (!stopping.aborted && (await deliver(stopping)));
      if (!stopping.aborted) await repeat(stopping);
      const due = outbox.nextDue(receiver.name) ?? Infinity;
      const next = receiver.repeat === undefined ? due : Math.min(due, repeatAt);
      return Math.min(REST, Math.max(10, next - now()));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (!stopping.aborted) logger.warn({ error: error.message }, 'the outbox cannot be read');
      return REST;
    }
  }

  return createTurns({
    turn,
    onEnd: (error) =>
      logger.error({ error: String(error) }, 'delivery to this receiver has ended: restart the exporter'),
  });
}
