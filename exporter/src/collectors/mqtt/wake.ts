/** Lets somebody wait for the next change of something, for a limited time. */
export interface Wake {
  /** Wakes all who wait. */
  notify(): void;
  /** Resolves with the next `notify`, at the latest after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

export function createWake(): Wake {
  let waiting: (() => void)[] = [];
  return {
    notify: () => {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
