import { AbortedError } from '../../../api/request';

/** What was loaded this short a time ago is new enough for whoever has not seen it, milliseconds: panels look at their clocks apart. */
const SHARED_MS = 2000;

/** Who asks again and again: a part of a page. It never gets the same answer twice. */
export type Asker = object;

/** Something that is loaded once for everybody who asks at about the same time. */
export interface SharedLoad<T> {
  /** Throws what the load throws, and `AbortedError` when the signal says so. */
  ask(signal: AbortSignal | undefined, asker: Asker): Promise<T>;
  /** What was loaded or asked for before is given to nobody who asks from now on. */
  outdate(): void;
}

/** A load that is under way, for everybody who waits for it. */
interface Running<T> {
  readonly answer: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** `at` of an answer: when it was asked for, milliseconds since the epoch. */
export function createSharedLoad<T extends { readonly at: number }>(
  load: (signal: AbortSignal) => Promise<T>,
): SharedLoad<T> {
  let running: Running<T> | undefined;
  let last: { readonly answer: T; readonly seenBy: WeakSet<Asker> } | undefined;

  const start = (): Running<T> => {
    const controller = new AbortController();
    const begun: Running<T> = { answer: load(controller.signal), controller, waiting: 0 };
    running = begun;
    const over = (): void => {
      if (running === begun) running = undefined;
    };
    begun.answer.then((answer) => {
      if (running === begun) last = { answer, seenBy: new WeakSet() };
      over();
    }, over);
    return begun;
  };

  /** Waits for the load until the signal says otherwise; what nobody waits for is given up. */
  const join = (joined: Running<T>, signal: AbortSignal | undefined): Promise<T> => {
    joined.waiting += 1;
    const leave = (): void => {
      joined.waiting -= 1;
      if (joined.waiting > 0) return;
      if (running === joined) running = undefined;
      joined.controller.abort();
    };
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        leave();
        reject(new AbortedError());
      };
      if (signal?.aborted === true) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      const settled = (): void => signal?.removeEventListener('abort', abort);
      joined.answer.then(resolve, reject).finally(settled);
    });
  };

  return {
    ask: async (signal, asker) => {
      if (last !== undefined && Date.now() - last.answer.at < SHARED_MS && !last.seenBy.has(asker)) {
        last.seenBy.add(asker);
        return last.answer;
      }
      const answer = await join(running ?? start(), signal);
      if (last?.answer === answer) last.seenBy.add(asker);
      return answer;
    },
    outdate: () => {
      running = undefined;
      last = undefined;
    },
  };
}
