import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextAttempt } from './backoff.ts';

describe('nextAttempt', () => {
  it('doubles from a second to five minutes', () => {
    expect([1, 2, 3, 9, 10, 50].map((attempts) => nextAttempt(attempts, 1))).toEqual([
      1000, 2000, 4000, 256_000, 300_000, 300_000,
    ]);
  });

  it('takes up to a half off, and waits as long as the receiver asked', () => {
    expect(nextAttempt(3, 0)).toBe(2000);
    expect(nextAttempt(1, 0.5, 60_000)).toBe(60_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, random) => {
          const wait = nextAttempt(attempts, random);
          expect(Number.isInteger(wait)).toBe(true);
          expect(wait).toBeGreaterThanOrEqual(500);
          expect(wait).toBeLessThanOrEqual(300_000);
        },
      ),
    );
  });
});
