import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scrapeBudget } from './scrape-budget.ts';

describe('scrapeBudget', () => {
  it.each([
    [undefined, 9500],
    ['10', 9500],
    ['15.000000', 14_500],
    [' 5 ', 4500],
    ['1e1', 9500],
    ['0.6', 300],
    ['1', 500],
    ['0', 9500],
    ['-3', 9500],
    ['', 9500],
    ['NaN', 9500],
    ['Infinity', 9500],
    ['0x10', 9500],
    ['10s', 9500],
    ['1e999', 119_500],
    ['86400', 119_500],
  ])('%j gives %d ms', (header, budget) => expect(scrapeBudget(header)).toBe(budget));

  it('is always positive and less than the timeout that was asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 100, noNaN: true }), (seconds) => {
        const budget = scrapeBudget(seconds.toFixed(6));
        expect(budget).toBeGreaterThan(0);
        expect(budget).toBeLessThan(seconds * 1000 + 0.001);
      }),
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(scrapeBudget(header)).toBeGreaterThan(0);
        expect(scrapeBudget(header)).toBeLessThanOrEqual(119_500);
      }),
    );
  });
});
