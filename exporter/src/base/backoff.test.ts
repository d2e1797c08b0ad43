import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffDelay } from './backoff.ts';

const BACKOFF = { initial: 500, max: 30_000 };

describe('backoffDelay', () => {
  it('doubles up to the longest wait', () => {
    const waits = [1, 2, 3, 6, 7, 8, 1000].map((failures) => backoffDelay(BACKOFF, failures, 0.999_999));
    expect(waits).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('leaves half of the wait to chance', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
        const wait = backoffDelay(BACKOFF, failures, random);
        const longest = backoffDelay(BACKOFF, failures, 1);
        return wait >= Math.floor(longest / 2) && wait <= longest;
      }),
    );
  });
});
