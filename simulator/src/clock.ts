/** Milliseconds since the epoch with microseconds as the fraction; follows the machine's clock. */
export function now(): number {
  const fraction = Math.floor((performance.now() % 1) * 1000) / 1000;
  return Date.now() + fraction;
}

/** The fleet's time: the machine's, less the time that the machine slept. */
export interface FleetClock {
  /** The fleet's present for a time of the machine. Never falls. */
  toFleet(time: number): number;
  /** The machine's time for a time of the fleet. */
  toWall(time: number): number;
}

/**
 * A clock that does not jump: after a pause longer than `maxStep` the fleet goes on where it was, instead of
 * living through the pause in one burst.
 * @param maxStep milliseconds
 */
export function createFleetClock(start: number, maxStep: number): FleetClock {
  let lastWall = start;
  let skipped = 0;
  let present = start;
  return {
    toFleet(time) {
      const step = time - lastWall;
      if (step > maxStep || step < -maxStep) skipped += step;
      lastWall = time;
      present = Math.max(present, time - skipped);
      return present;
    },
    toWall: (time) => time + skipped,
  };
}
