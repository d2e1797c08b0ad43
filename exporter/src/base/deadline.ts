/**
 * Does work that is given up after so many milliseconds, or when `stopping` is aborted. Leaves no listener behind on
 * `stopping`, which lives as long as the process as a rule: `AbortSignal.any` would keep one for each piece of work.
 */
export async function withDeadline<T>(
  stopping: AbortSignal,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(stopping.reason);
  if (stopping.aborted) stop();
  stopping.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`gave up after ${milliseconds / 1000} s`, 'TimeoutError'));
  }, milliseconds).unref();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
  }
}

/** What an attempt that was given up failed of: the server was too slow, or `stopping` ended it before. */
export function givenUpWords(target: string, milliseconds: number, stopping: AbortSignal): string {
  return stopping.aborted
    ? `${target}: the attempt was ended before it answered`
    : `${target} did not answer within ${Math.round(milliseconds)} ms`;
}

/** A promise that rejects when the signal is aborted and never resolves: one side of a race. */
export async function rejectsOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => {
      const reason: unknown = signal.reason;
      reject(reason instanceof Error ? reason : new Error('aborted'));
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
