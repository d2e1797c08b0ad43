import type { Logger } from '../../log/logger.ts';
import type { Receiver } from '../receivers/receiver.ts';
import { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';
import { createWorker } from './worker.ts';

/** Everything that tells receivers about alerts. */
export interface Deliveries {
  readonly outbox: Outbox;
  readonly receivers: readonly Receiver[];
  start(): void;
  wake(): void;
  stop(): Promise<void>;
}

export interface DeliveriesOptions extends Pick<OutboxOptions, 'database' | 'coverage' | 'escalation'> {
  readonly receivers: readonly Receiver[];
  readonly logger: Logger;
  readonly now: () => number;
  readonly random?: () => number;
  /** Longest time of one sending, milliseconds. */
  readonly timeout?: number;
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { receivers, random = Math.random } = options;
  const outbox = createOutbox({
    ...options,
    receivers: receivers.map(({ name }) => name),
  });
  const workers = receivers.map((receiver) => createWorker({ ...options, receiver, outbox, random }));
  return {
    outbox,
    receivers,
    start: () => {
      for (const worker of workers) worker.start();
    },
    wake: () => {
      for (const worker of workers) worker.wake();
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
