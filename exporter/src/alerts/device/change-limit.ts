import type { Clock } from '../../base/clock.ts';

const MINUTE = 60_000;
/** Devices that are remembered before what is over is forgotten. */
const MANY = 1000;

/** How many alerts a device may begin. */
export interface ChangeLimit {
  /** Counts one more of the device; false when it has begun too many within the minute. */
  take(deviceId: string): boolean;
}

/** `onExceeded` is called with the device once for each minute in which it exceeds the limit. */
export function createChangeLimit(
  most: number,
  { monotonic }: Pick<Clock, 'monotonic'>,
  onExceeded: (deviceId: string) => void,
): ChangeLimit {
  const counts = new Map<string, { readonly since: number; count: number }>();

  function forget(before: number): void {
    for (const [deviceId, { since }] of counts) if (since <= before) counts.delete(deviceId);
  }

  return {
    take: (deviceId) => {
      const now = monotonic();
      if (counts.size >= MANY && !counts.has(deviceId)) forget(now - MINUTE);
      let entry = counts.get(deviceId);
      if (entry === undefined || now - entry.since >= MINUTE)
        counts.set(deviceId, (entry = { since: now, count: 0 }));
      entry.count += 1;
      if (entry.count === most + 1) onExceeded(deviceId);
      return entry.count <= most;
    },
  };
}
