import type { LogEntry } from '../entry.ts';

/** An entry with its place in the order of arrival. */
export interface BufferedLine {
  readonly sequence: number;
  readonly entry: LogEntry;
}

/** The newest entries, in the order of arrival: so many at most, and of so much text at most. */
export interface LineBuffer {
  add(entry: LogEntry): void;
  readonly size: number;
  /** Sequence number of the next entry. */
  readonly next: number;
  /** Sequence number of the oldest entry that is kept; `next` when there is none. */
  readonly oldest: number;
  /** Lines of this time or earlier may have been pushed out, milliseconds since the epoch; -Infinity while none was. */
  readonly pushedOutUpTo: number;
  at(sequence: number): LogEntry | undefined;
  /** Entries from that sequence number on, in the order of arrival. */
  from(sequence: number): Generator<BufferedLine>;
}

export interface LineBufferOptions {
  /** Entries that are kept. */
  readonly capacity: number;
  /** Characters of messages and raw texts that are kept. */
  readonly characters: number;
}

export function createLineBuffer({ capacity, characters }: LineBufferOptions): LineBuffer {
  const slots: (LogEntry | undefined)[] = [];
  let oldest = 0;
  let next = 0;
  let held = 0;
  let pushedOutUpTo = -Infinity;

  const sizeOf = ({ raw, message }: LogEntry): number => raw.length + message.length;

  function dropOldest(): void {
    const slot = oldest % capacity;
    const entry = slots[slot];
    if (entry !== undefined) {
      held -= sizeOf(entry);
      // A line may claim to be of a time to come; it was read by then all the same.
      pushedOutUpTo = Math.max(pushedOutUpTo, Math.min(entry.timestamp, entry.created));
    }
    slots[slot] = undefined;
    oldest++;
  }

  const at = (sequence: number): LogEntry | undefined =>
    sequence < oldest || sequence >= next ? undefined : slots[sequence % capacity];

  return {
    add: (entry) => {
      if (next - oldest === capacity) dropOldest();
      slots[next % capacity] = entry;
      next++;
      held += sizeOf(entry);
      while (held > characters && next - oldest > 1) dropOldest();
    },
    get size() {
      return next - oldest;
    },
    get next() {
      return next;
    },
    get oldest() {
      return oldest;
    },
    get pushedOutUpTo() {
      return pushedOutUpTo;
    },
    at,
    *from(sequence) {
      for (let current = Math.max(sequence, oldest); current < next; current++) {
        const entry = at(current);
        if (entry !== undefined) yield { sequence: current, entry };
      }
    },
  };
}
