import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createWindow } from './growth.ts';

describe('createWindow', () => {
  it('knows nothing before the second reading', () => {
    const window = createWindow(60_000, 1000);
    expect(window.growth()).toBeUndefined();
    window.add([5], 0);
    expect(window.growth()).toBeUndefined();
  });

  it('tells the growth since the beginning of the window', () => {
    const window = createWindow(60_000, 10_000);
    for (let second = 0; second <= 120; second += 10) window.add([second * 3], second * 1000);
    expect(window.growth()).toEqual({ values: [180], seconds: 60 });
  });

  it('counts a restarted value from zero', () => {
    const window = createWindow(60_000, 1000);
    window.add([100], 0);
    window.add([7], 10_000);
    expect(window.growth()).toEqual({ values: [7], seconds: 10 });
  });

  it('takes readings closer than the step as the end, not as a new beginning', () => {
    const window = createWindow(60_000, 10_000);
    window.add([0], 0);
    window.add([1], 1000);
    window.add([2], 2000);
    expect(window.growth()).toEqual({ values: [2], seconds: 2 });
  });

  it('never tells more than was counted in all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 30_000 })), { minLength: 2 }),
        (steps) => {
          const window = createWindow(60_000, 5000);
          let value = 0;
          let now = 0;
          for (const [more, later] of steps) {
            value += more;
            now += later;
            window.add([value], now);
          }
          const grown = window.growth()?.values[0] ?? 0;
          expect(grown).toBeGreaterThanOrEqual(0);
          expect(grown).toBeLessThanOrEqual(value);
        },
      ),
    );
  });
});
