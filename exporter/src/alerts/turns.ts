/** Work that is done again and again, with rests between. */
export interface Turns {
  start(): void;
  /** Ends the present rest, or the one that comes next. */
  wake(): void;
  /** Aborts; resolves when the last turn is over. */
  stop(): Promise<void>;
}

export interface TurnsOptions {
  /** Works; resolves with the milliseconds to rest afterwards. `stopping` is aborted by `stop`. */
  readonly turn: (stopping: AbortSignal) => Promise<number>;
  /** Called once when a turn rejects: there are no more. */
  readonly onEnd: (error: unknown) => void;
}

export function createTurns({ turn, onEnd }: TurnsOptions): Turns {
  const stopping = new AbortController();
  let awaken: (() => void) | undefined;
  let woken = false;
  let running: Promise<void> = Promise.resolve();

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
      await rest(await turn(stopping.signal));
    }
  }

  function wake(): void {
    woken = true;
    awaken?.();
  }

  return {
    wake,
    start: () => {
      running = loop().catch(onEnd);
    },
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
}
