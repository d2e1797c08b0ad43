import { type Clock, systemClock } from '../../base/clock.ts';
import { createTurns } from '../../base/turns.ts';
import type { Logger } from '../../log/logger.ts';
import type { Loop } from '../loop.ts';
import type { Receiver } from '../receivers/receiver.ts';
import { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';
import { createWorker } from './worker.ts';

/** Everything that tells receivers about alerts. */
export interface Deliveries {
  readonly outbox: Outbox;
  readonly receivers: readonly Receiver[];
  /** One a receiver. */
  readonly loops: readonly Loop[];
  start(): void;
  wake(): void;
  stop(): Promise<void>;
}

export interface DeliveriesOptions extends Pick<
  OutboxOptions,
  'database' | 'coverage' | 'escalation' | 'tracer' | 'claims'
> {
  readonly receivers: readonly Receiver[];
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** As the worker has it. */
  readonly isLeader?: () => boolean;
  /** Longest time of one sending, milliseconds. */
  readonly timeout?: number;
}

/** A difference between the clocks that is no drift: somebody has set the clock, or the machine slept. */
const STEP = 1000;

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { receivers, clock = systemClock, random = Math.random } = options;
  const outbox = createOutbox({
    ...options,
    receivers: receivers.map(({ name }) => name),
  });
  let begun = false;
  /** What the wall clock was ahead of the monotonic one when waiting notices were last put in step. */
  let ahead = clock.wall() - clock.monotonic();

  /** What waits keeps its wait when the clock is set; what an earlier run left is made to fit this one. */
  async function keepInStep(): Promise<void> {
    if (!begun) await outbox.begin(clock.wall());
    begun = true;
    const moved = clock.wall() - clock.monotonic() - ahead;
    if (Math.abs(moved) < STEP) return;
    // A clock of one exporter is none of those that share what waits.
    if (options.claims === undefined) await outbox.moveWaiting(Math.round(moved));
    ahead += moved;
  }

  const inTurn = createTurns();
  const beforeTurn = (): Promise<void> => inTurn(keepInStep);
  const loops = receivers.map((receiver) =>
    createWorker({ ...options, clock, receiver, outbox, random, beforeTurn }),
  );
  return {
    outbox,
    receivers,
    loops,
    start: () => {
      for (const loop of loops) loop.start();
    },
    wake: () => {
      for (const loop of loops) loop.wake();
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
