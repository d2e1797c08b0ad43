import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFleetClock, now } from './clock.ts';

describe('createFleetClock', () => {
  it('follows the machine as long as it does not jump', () => {
    const clock = createFleetClock(1000, 10_000);
    expect(clock.toFleet(1050)).toBe(1050);
    expect(clock.toFleet(9000)).toBe(9000);
    expect(clock.toWall(9000)).toBe(9000);
  });

  it('leaves a long sleep out and gives the machine times after it', () => {
    const clock = createFleetClock(0, 10_000);
    clock.toFleet(5000);
    expect(clock.toFleet(3_605_000)).toBe(5000);
    expect(clock.toFleet(3_605_100)).toBe(5100);
    expect(clock.toWall(5100)).toBe(3_605_100);
  });

  it('never goes back, whatever the machine does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50_000, max: 50_000 })), (steps) => {
        const clock = createFleetClock(0, 10_000);
        let wall = 0;
        let last = 0;
        for (const step of steps) {
          const present = clock.toFleet((wall += step));
          expect(present).toBeGreaterThanOrEqual(last);
          last = present;
        }
      }),
    );
  });
});

describe('now', () => {
  it('is the present with at most microseconds', () => {
    const before = Date.now();
    const time = now();
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now() + 1);
  });
});
