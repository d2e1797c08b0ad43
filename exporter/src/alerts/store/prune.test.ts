import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALWAYS_KEPT, keptEntries } from './prune.ts';

const limits = { entries: 5000, age: 1 };

describe('keptEntries', () => {
  it.each([
    [0, 0, 0],
    [10, 0, 10],
    [ALWAYS_KEPT, 0, ALWAYS_KEPT],
    [ALWAYS_KEPT + 1, 0, ALWAYS_KEPT],
    [3000, 2000, 2000],
    [3000, 500, ALWAYS_KEPT],
    [9000, 8000, 5000],
    [9000, 0, ALWAYS_KEPT],
  ])('of %i with %i young ones keeps %i', (total, young, kept) => {
    expect(keptEntries(total, young, limits)).toBe(kept);
  });

  it('never keeps more than there are or may be, nor fewer than 1,000 and the young ones allow', () => {
    fc.assert(
      fc.property(
        fc.nat(9999),
        fc.nat(9999),
        fc.integer({ min: 1000, max: 9999 }),
        (total, part, entries) => {
          const young = Math.min(total, part);
          const kept = keptEntries(total, young, { entries, age: 1 });
          expect(kept).toBeLessThanOrEqual(Math.min(total, entries));
          expect(kept).toBeGreaterThanOrEqual(Math.min(total, entries, ALWAYS_KEPT));
          expect(kept).toBeGreaterThanOrEqual(Math.min(young, entries));
        },
      ),
    );
  });
});
