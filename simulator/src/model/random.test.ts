import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRandom, seedOf } from './random.ts';

describe('createRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const take = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(take(5)).toEqual(take(5));
    expect(take(5)).not.toEqual(take(6));
  });

  it('stays inside its bounds for any seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -100, max: 100 }), fc.nat(50), (seed, low, span) => {
        const random = createRandom(seed);
        const whole = random.whole(low, low + span);
        const between = random.between(low, low + span + 1);
        return (
          Number.isInteger(whole) &&
          whole >= low &&
          whole <= low + span &&
          between >= low &&
          between < low + span + 1 &&
          Math.abs(random.normal()) <= 3
        );
      }),
    );
  });

  it('refuses to pick from nothing', () => {
    expect(() => createRandom(1).pick([])).toThrow('the list is empty');
  });

  it('gives neighbouring parts different seeds', () => {
    const seeds = Array.from({ length: 1000 }, (_, part) => seedOf(1, part));
    expect(new Set(seeds).size).toBe(1000);
  });
});
