import { createTokenBucket } from '../../base/token-bucket.ts';
import type { Clock } from '../../base/clock.ts';
import { SEVERITY_CLASSES, severityClass } from '../../base/severity.ts';
import { kindOf } from '../alert.ts';
import type { Grouping, Notice } from '../receivers/receiver.ts';

/** A notice with when it was written, milliseconds since the epoch. */
export type WaitingNotice = Notice & { readonly createdAt: number };

/** Joins what one receiver is to be told into messages. */
export interface Grouper {
  /** The notices of the next message, or for how many milliseconds there is none. `due` is the oldest first. */
  next<T extends WaitingNotice>(due: readonly T[]): T[] | number;
  /** The receiver has taken them. */
  told(notices: readonly Notice[]): void;
}

const HOUR = 3_600_000;

/** What belongs together: the same kind of word about the same kind of alert, of one severity. */
function keyOf({ kind, alert }: Notice): string {
  return JSON.stringify([kind, kindOf(alert), severityClass(alert.severity)]);
}

function rankOf({ alert }: Notice): number {
  return SEVERITY_CLASSES.indexOf(severityClass(alert.severity));
}

/**
 * Waits for others of a group before it is told first, and longer before it is told again. When so many messages were
 * sent that the next has to wait, that one is about everything there is to tell then: nothing is lost by the limit.
 */
export function createGrouper({ wait, interval, rate }: Grouping, clock: Clock): Grouper {
  const toldAt = new Map<string, number>();
  const bucket = rate === 0 ? undefined : createTokenBucket(rate, HOUR / rate, () => clock.monotonic());
  let isPressed = false;

  /** Milliseconds until the group may be told. */
  function untilReady(key: string, group: readonly WaitingNotice[]): number {
    const written = Math.min(...group.map(({ createdAt }) => createdAt));
    const since = clock.monotonic() - (toldAt.get(key) ?? -Infinity);
    return Math.max(0, written + wait - clock.wall(), interval - since);
  }

  return {
    next: (due) => {
      const groups = [...Map.groupBy(due, keyOf)].map(([key, group]) => ({
        group,
        in: untilReady(key, group),
      }));
      const ready = groups.filter((one) => one.in === 0).map(({ group }) => group);
      const [worst] = ready.sort(([a], [b]) => (a && b ? rankOf(a) - rankOf(b) : 0));
      if (worst === undefined) return Math.min(...groups.map((one) => one.in));
      const held = bucket?.wait() ?? 0;
      if (held > 0) {
        isPressed = true;
        return held;
      }
      return isPressed ? ready.flat() : worst;
    },
    told: (notices) => {
      bucket?.take();
      isPressed = false;
      const now = clock.monotonic();
      for (const [key, at] of toldAt) if (now - at > interval) toldAt.delete(key);
      for (const notice of notices) toldAt.set(keyOf(notice), now);
    },
  };
}
