/** Finds the slowest of each operation, so that it is kept whatever the sampler says. */
export interface Slowest {
  /** Notes how long an operation took, in microseconds; true when none of its name took as long in this window. */
  isRecord(service: string, operation: string, duration: number, now: number): boolean;
}

interface Window {
  readonly begun: number;
  longest: number;
}

/** How long a record stands, milliseconds. */
const WINDOW = 300_000;
/** Operations of a service that are told apart. */
const MOST_OPERATIONS = 500;

/**
 * An operation of a service that beats the slowest before it within five minutes is one worth keeping: of n calls that come in any
 * order these are about ln n, the slowest of all among them. Of more than 500 operations the oldest is forgotten.
 */
export function createSlowest(): Slowest {
  const services = new Map<string, Map<string, Window>>();

  /** Services are two: those of this process. */
  function windowsOf(service: string): Map<string, Window> {
    const known = services.get(service);
    if (known !== undefined) return known;
    const made = new Map<string, Window>();
    services.set(service, made);
    return made;
  }

  return {
    isRecord: (service, operation, duration, now) => {
      const windows = windowsOf(service);
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
