import { parsePlatformTime } from '../platform-time.ts';

/** 2017-07-14: a smaller number of milliseconds is a time since boot, not since the epoch. */
const OLDEST_EPOCH_MILLIS = 1_500_000_000_000;

/**
 * Milliseconds since the epoch of a payload's timestamp, or null when it says nothing: missing, no time, or
 * milliseconds since boot as the firmware sends them. Text without a zone is UTC. A time ahead of `now` is
 * the error of a device's clock and becomes `now`.
 */
export function readTime(timestamp: unknown, now: number): number | null {
  if (typeof timestamp === 'string') {
    const time = timestamp.length <= 64 ? parsePlatformTime(timestamp) : null;
    return time === null ? null : Math.min(time, now);
  }
  if (typeof timestamp !== 'number' || !(timestamp >= OLDEST_EPOCH_MILLIS)) return null;
  return Math.min(timestamp, now);
}
