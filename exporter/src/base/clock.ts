/**
 * Time of two kinds. Intervals (due times, time-outs, ages that decide something) are measured by `monotonic`, which no
 * step of the system's clock moves; what people are shown, and what is compared with others' times, is `wall`.
 */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  wall(): number;
  /** Milliseconds since a moment of no meaning; never falls. */
  monotonic(): number;
}

/** The clock of this machine. */
export const systemClock: Clock = { wall: () => Date.now(), monotonic: () => performance.now() };
