import type { Logger } from '../../log/logger.ts';
import { DeliveryError, type Notice, type Receiver } from '../receivers/receiver.ts';
import { StoreError } from '../store/errors.ts';
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
export interface Worker {
  start(): void;
  /** There may be something new to tell. */
  wake(): void;
  /** Resolves when nothing is being sent any more. */
  stop(): Promise<void>;
}

/** What cannot be delivered for so long, milliseconds, is given up: a day. */
const LIFETIME = 86_400_000;
/** Longest sleep, and the pause after the store itself failed, milliseconds. */
const REST = 30_000;

export function createWorker(options: WorkerOptions): Worker {
  const { receiver, outbox, now, timeout = 10_000 } = options;
  const logger = options.logger.child({ receiver: receiver.name });
  const stopping = new AbortController();
  let awaken: (() => void) | undefined;
  let woken = false;
  let repeatAt = 0;
  let running: Promise<void> = Promise.resolve();

  function send(notices: readonly Notice[]): Promise<string> {
    return receiver.send(notices, AbortSignal.any([stopping.signal, AbortSignal.timeout(timeout)]));
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

  async function attempt(notices: readonly DueNotice[]): Promise<void> {
    try {
      await send(notices);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      // A sending that our own end cut off is no failure of the receiver: it is repeated after the start.
      if (stopping.signal.aborted) return;
      if (!error.permanent || notices.length === 1) {
        noteFailure(notices, error);
        return;
      }
      // One that the receiver cannot take must not take the others with it.
      for (const notice of notices) await attempt([notice]);
      return;
    }
    outbox.delivered(
      notices.map(({ id }) => id),
      now(),
    );
  }

  /** Sends what is due; true when there may be more. */
  async function deliver(): Promise<boolean> {
    const notices = outbox.due(receiver.name, now(), receiver.batch);
    if (notices.length > 0) await attempt(notices);
    return notices.length > 0;
  }

  /** Tells every open alert again, where the receiver needs it. */
  async function repeat(): Promise<void> {
    if (receiver.repeat === undefined || now() < repeatAt) return;
    repeatAt = now() + receiver.repeat;
    const notices = outbox.open();
    try {
      for (let i = 0; i < notices.length; i += receiver.batch)
        await send(notices.slice(i, i + receiver.batch));
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (!stopping.signal.aborted)
        logger.warn({ error: error.message }, 'open alerts could not be repeated');
    }
  }

  async function turn(): Promise<number> {
    try {
      while (!stopping.signal.aborted && (await deliver()));
      if (!stopping.signal.aborted) await repeat();
      const due = outbox.nextDue(receiver.name) ?? Infinity;
      const next = receiver.repeat === undefined ? due : Math.min(due, repeatAt);
      return Math.min(REST, Math.max(10, next - now()));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (!stopping.signal.aborted) logger.warn({ error: error.message }, 'the outbox cannot be read');
      return REST;
    }
  }

  function rest(duration: number): Promise<void> {
    if (woken || stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, duration).unref();
      awaken = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false;
      await rest(await turn());
    }
  }

  function wake(): void {
    woken = true;
    awaken?.();
  }

  return {
    wake,
    start: () => {
      running = loop().catch((error: unknown) => {
        logger.error({ error: String(error) }, 'delivery to this receiver has ended: restart the exporter');
      });
    },
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
}
