/** Lets somebody wait for the next change of something, for a limited time. */
export interface Wake {
  /** Wakes all who wait. */
  notify(): void;
  /** Resolves with the next `notify` or when the signal is aborted, at the latest after so many milliseconds. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export function createWake(): Wake {
  const waiting = new Set<() => void>();
  return {
    notify: () => {
      for (const wake of waiting) wake();
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        waiting.add(wake);
        signal.addEventListener('abort', wake);
        if (signal.aborted) wake();
      }),
  };
}
