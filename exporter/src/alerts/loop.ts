import { backoffDelay } from '../base/backoff.ts';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';

/** Work that is done again and again in the background, with rests between. */
export interface Loop {
  /** What it does, for operators, e.g. `delivery to slack`. */
  readonly name: string;
  start(): void;
  /** Ends the present rest, or the one that comes next. */
  wake(): void;
  /** Why its last turn failed in a way that nobody expected; undefined when it did not. */
  failure(): string | undefined;
  /** Aborts; resolves when the last turn is over. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly name: string;
  /** Works; resolves with the milliseconds to rest afterwards. `stopping` is aborted by `stop`. */
  readonly turn: (stopping: AbortSignal) => Promise<number>;
  readonly logger: Logger;
  /** Rests after turns that failed unexpectedly. */
  readonly pause?: { readonly initial: number; readonly max: number };
}

/** After a fault of our own: soon enough to go on, and no busy loop if it stays. */
const PAUSE = { initial: 5000, max: 300_000 };

/** A turn that throws is logged and shown as `failure`, and tried again: nothing ends before `stop`. */
export function createLoop({ name, turn, logger, pause = PAUSE }: LoopOptions): Loop {
  const stopping = new AbortController();
  let awaken: (() => void) | undefined;
  let woken = false;
  /** A turn failed, and the rest after it is not over: what is broken must not be driven by whoever wakes it. */
  let isPausing = false;
  let running: Promise<void> = Promise.resolve();
  let failure: string | undefined;
  let failures = 0;

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

  async function takeTurn(): Promise<number> {
    try {
      const duration = await turn(stopping.signal);
      if (failure !== undefined) logger.info({ loop: name }, 'work in the background goes on');
      failure = undefined;
      failures = 0;
      return duration;
    } catch (error) {
      failures += 1;
      failure = messageOf(error);
      logger.error(
        { loop: name, error: failure, stack: error instanceof Error ? error.stack : undefined },
        'work in the background failed unexpectedly; it is tried again',
      );
      return backoffDelay(pause, failures, 1);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false;
      const duration = await takeTurn();
      isPausing = failure !== undefined;
      if (isPausing) woken = false;
      await rest(duration);
      isPausing = false;
    }
  }

  function wake(): void {
    woken = true;
    awaken?.();
  }

  return {
    name,
    failure: () => failure,
    wake: () => {
      if (!isPausing) wake();
    },
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
}
