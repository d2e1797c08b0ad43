/** Finds the slowest of each operation, so that it is kept whatever the sampler says. */
export interface Slowest {
  /** Notes how long an operation took, in microseconds; true when none of its kind took as long in this window. */
  isRecord(operation: string, duration: number, now: number): boolean;
}

interface Window {
  readonly begun: number;
  longest: number;
}

/** How long a record stands, milliseconds. */
const WINDOW = 300_000;
/** Operations that are told apart. */
const MOST_OPERATIONS = 500;

/**
 * An operation that beats the slowest before it within five minutes is one worth keeping: of n calls that come in any
 * order these are about ln n, the slowest of all among them. Of more than 500 operations the oldest is forgotten.
 */
export function createSlowest(): Slowest {
  const windows = new Map<string, Window>();

  return {
    isRecord: (operation, duration, now) => {
      const window = windows.get(operation);
      if (window !== undefined && now - window.begun < WINDOW) {
        if (duration <= window.longest) return false;
        window.longest = duration;
        return true;
      }
      windows.delete(operation);
      windows.set(operation, { begun: now, longest: duration });
      const [oldest] = windows.size > MOST_OPERATIONS ? windows.keys() : [];
      if (oldest !== undefined) windows.delete(oldest);
      return true;
    },
  };
}
