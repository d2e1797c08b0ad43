import type { Clock } from '../../src/base/clock.ts';

/** A clock that stands still until it is told. */
export interface ManualClock extends Clock {
  /** Lets time pass, milliseconds. */
  advance(milliseconds: number): void;
  /** Sets the wall clock by so much, as an administrator or NTP does; no time passes. */
  step(milliseconds: number): void;
}

/** A clock that shows `wall` (milliseconds since the epoch). */
export function manualClock(wall = Date.UTC(2026, 10, 29, 12)): ManualClock {
  let shown = wall;
  let passed = 5_000;
  return {
    wall: () => shown,
    monotonic: () => passed,
    advance: (milliseconds) => {
      shown += milliseconds;
      passed += milliseconds;
    },
    step: (milliseconds) => {
      shown += milliseconds;
    },
  };
}
