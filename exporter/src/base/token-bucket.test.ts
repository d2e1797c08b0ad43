import { describe, expect, it } from '@jest/globals';
import { createTokenBucket } from './token-bucket.ts';

describe('createTokenBucket', () => {
  it('lets a burst through, then one each interval', () => {
    let now = 0;
    const bucket = createTokenBucket(2, 1000, () => now);
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
    expect(bucket.wait()).toBe(1000);
    now = 400;
    expect(bucket.wait()).toBe(600);
    now = 1000;
    expect(bucket.wait()).toBe(0);
    expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  });

  it('never saves up more than the burst', () => {
    let now = 0;
    const bucket = createTokenBucket(2, 1000, () => now);
    now = 1e9;
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  });

  it('is not refilled by a clock that goes back', () => {
    let now = 5000;
    const bucket = createTokenBucket(1, 1000, () => now);
    bucket.take();
    now = 0;
    expect(bucket.take()).toBe(false);
  });
});
