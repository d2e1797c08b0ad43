import type { Pattern } from './pattern.ts';

const MINUTE = 60_000;
/** Minutes that are kept. */
export const MINUTES_KEPT = 60;
/** Patterns of errors of one minute that are told apart. */
const MOST_PATTERNS = 32;

/** What was read within a window. */
export interface WindowCounts {
  readonly total: number;
  readonly errors: number;
  /** How often each pattern of an error came. */
  readonly patterns: ReadonlyMap<Pattern, number>;
}

/** Entries and errors of one service by the minute in which they were read, for the last hour. */
export interface MinuteCounts {
  /** `at` is monotonic, milliseconds; `error` is the pattern when the entry is an error. */
  add(at: number, error: Pattern | undefined): void;
  /** What came in the newest `minutes` minutes, the present one included. */
  within(now: number, minutes: number): WindowCounts;
}

interface Slot {
  minute: number;
  total: number;
  errors: number;
  patterns: Map<Pattern, number> | undefined;
}

export function createMinuteCounts(): MinuteCounts {
  const slots: Slot[] = Array.from({ length: MINUTES_KEPT }, () => ({
    ...{ minute: -1, total: 0, errors: 0, patterns: undefined },
  }));

  function slotOf(minute: number): Slot | undefined {
    const slot = slots[minute % MINUTES_KEPT];
    if (slot !== undefined && slot.minute !== minute)
      Object.assign(slot, { minute, total: 0, errors: 0, patterns: undefined });
    return slot;
  }

  return {
    add: (at, error) => {
      const slot = slotOf(Math.floor(at / MINUTE));
      if (slot === undefined) return;
      slot.total++;
      if (error === undefined) return;
      slot.errors++;
      slot.patterns ??= new Map();
      const count = slot.patterns.get(error);
      if (count !== undefined || slot.patterns.size < MOST_PATTERNS)
        slot.patterns.set(error, (count ?? 0) + 1);
    },
    within: (now, minutes) => {
      const newest = Math.floor(now / MINUTE);
      const patterns = new Map<Pattern, number>();
      let total = 0;
      let errors = 0;
      for (const slot of slots) {
        if (slot.minute <= newest - minutes || slot.minute > newest) continue;
        total += slot.total;
        errors += slot.errors;
        for (const [pattern, count] of slot.patterns ?? [])
          patterns.set(pattern, (patterns.get(pattern) ?? 0) + count);
      }
      return { total, errors, patterns };
    },
  };
}
