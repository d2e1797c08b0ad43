import type { LogEntry } from '../entry.ts';
import { BATCH, type TakeEntries } from '../intake/intake.ts';

/** Messages wait so long for others, milliseconds: many are kept at once more cheaply. */
const GATHER = 100;
/** While there is no room, it is looked for again after so many milliseconds. */
const RETRY = 500;
/** Messages that wait while there is no room; what comes by UDP beyond is lost. */
const MOST_WAITING = 5000;

/** Messages that wait to be handed on. */
export interface PendingEntries {
  /** False when there is no room for it, not even to wait. */
  add(entry: LogEntry): boolean;
  /** Whether nothing can be handed on now: who can be made to wait should. */
  readonly isBlocked: boolean;
  /** Hands on what waits, as far as there is room, and ends; returns how many messages were lost. */
  end(): number;
}

/** `onRoom` is called when messages can be handed on again. */
export function createPendingEntries(take: TakeEntries, onRoom: () => void): PendingEntries {
  let waiting: LogEntry[] = [];
  let blocked = false;
  let timer: NodeJS.Timeout | undefined;

  function handOn(): void {
    while (waiting.length > 0) {
      if (!take(waiting.slice(0, BATCH))) {
        blocked = true;
        return;
      }
      waiting = waiting.slice(BATCH);
    }
    const wasBlocked = blocked;
    blocked = false;
    if (wasBlocked) onRoom();
  }

  function later(): void {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        handOn();
        if (blocked) later();
      },
      blocked ? RETRY : GATHER,
    );
  }

  return {
    add: (entry) => {
      if (waiting.length >= MOST_WAITING) return false;
      waiting.push(entry);
      if (waiting.length >= BATCH && !blocked) handOn();
      if (waiting.length > 0) later();
      return true;
    },
    get isBlocked() {
      return blocked;
    },
    end: () => {
      clearTimeout(timer);
      timer = undefined;
      handOn();
      const lost = waiting.length;
      waiting = [];
      return lost;
    },
  };
}
