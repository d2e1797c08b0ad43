import type { Random } from './random.ts';

/** A quantity that moves slowly around a mean. */
export interface Walk {
  /** Moves one step and returns the new value. `shift` moves the mean for as long as it is given. */
  step(shift?: number): number;
}

export interface WalkOptions {
  readonly mean: number;
  /** How far the value usually strays from the mean (one deviation). */
  readonly spread: number;
  readonly min?: number;
  readonly max?: number;
}

/** Share of the distance to the mean that one step closes. */
const PULL = 0.15;
/** A step's noise, in spreads, so that the walk's own deviation is about one spread. */
const NOISE = Math.sqrt(1 - (1 - PULL) ** 2) / Math.SQRT1_2;

/** A mean-reverting walk that starts near its mean and stays inside [min, max]. */
export function createWalk(random: Random, options: WalkOptions): Walk {
  const { mean, spread, min = -Infinity, max = Infinity } = options;
  let value = mean + spread * random.normal();
  return {
    step(shift = 0) {
      value += (mean + shift - value) * PULL + spread * NOISE * random.normal();
      value = Math.min(max, Math.max(min, value));
      return value;
    },
  };
}

/** The value with so many decimals, as the platform's publishers round. */
export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
