/** A cumulative reading at a moment: one number or several that belong together. */
interface Reading {
  readonly at: number;
  readonly values: readonly number[];
}

/** Growth of cumulative values over a sliding window. */
export interface Window {
  /** Takes a reading; `now` is monotonic, milliseconds. */
  add(values: readonly number[], now: number): void;
  /** How much each value grew since the oldest reading of the window; undefined before the second reading. */
  growth(): { readonly values: readonly number[]; readonly seconds: number } | undefined;
}

/**
 * Keeps readings for `length` milliseconds, at most one each `step`, so that its memory is bounded whatever
 * the scrape interval. A value that falls (a restarted source) grew by what it shows now.
 */
export function createWindow(length: number, step: number): Window {
  const readings: Reading[] = [];
  let latest: Reading | undefined;

  function drop(now: number): void {
    // The newest reading that is older than the window stays: it is the window's beginning.
    while (readings.length > 1 && (readings[1]?.at ?? now) <= now - length) readings.shift();
  }

  return {
    add: (values, now) => {
      latest = { at: now, values };
      const last = readings.at(-1);
      if (last === undefined || now - last.at >= step) readings.push(latest);
      drop(now);
    },
    growth: () => {
      const [first] = readings;
      if (first === undefined || latest === undefined || latest.at <= first.at) return undefined;
      const grown = latest.values.map((value, index) => {
        const before = first.values[index] ?? 0;
        return value >= before ? value - before : value;
      });
      return { values: grown, seconds: (latest.at - first.at) / 1000 };
    },
  };
}
