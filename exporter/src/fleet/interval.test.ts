import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GapTable, REMEMBERED_GAPS } from './interval.ts';

function naiveMedian(gaps: readonly number[]): number {
  const sorted = gaps
    .filter((gap) => gap >= 1000)
    .slice(-REMEMBERED_GAPS)
    .sort((a, b) => a - b);
  if (sorted.length === 0) return NaN;
  const upper = sorted[sorted.length >> 1] ?? NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? NaN;
  return (upper + lower) / 2;
}

describe('GapTable', () => {
  it('has no median before the first gap', () => {
    const table = new GapTable();
    expect(table.median(0)).toBeNaN();
    expect(table.count(0)).toBe(0);
  });

  it('takes gaps under a second for one burst', () => {
    const table = new GapTable();
    for (const gap of [999, 5, 0, -1000, NaN]) table.add(0, gap);
    expect(table.median(0)).toBeNaN();
    table.add(0, 1000);
    expect(table.median(0)).toBe(1000);
  });

  it('is not misled by one outlier', () => {
    const table = new GapTable();
    for (const gap of [30_000, 31_000, 3_600_000, 29_000, 30_000]) table.add(0, gap);
    expect(table.median(0)).toBe(30_000);
  });

  it('bounds a gap to a day', () => {
    const table = new GapTable();
    table.add(0, 1e15);
    expect(table.median(0)).toBe(86_400_000);
  });

  it('gives the median of the last nine for any gaps, row by row', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 86_400_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, gaps, (first, second) => {
        const table = new GapTable();
        for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
          table.add(0, first[index] ?? 0);
          table.add(300, second[index] ?? 0);
        }
        expect(table.median(0)).toBe(naiveMedian(first));
        expect(table.median(300)).toBe(naiveMedian(second));
        expect(table.count(0)).toBe(Math.min(9, first.filter((gap) => gap >= 1000).length));
      }),
    );
  });

  it('copies and forgets', () => {
    const table = new GapTable();
    for (const gap of [2000, 4000, 9000]) table.add(0, gap);
    table.copy(0, 7);
    table.reset(0);
    expect(table.median(0)).toBeNaN();
    expect(table.median(7)).toBe(4000);
    table.add(7, 1000);
    expect(table.median(7)).toBe(3000);
  });
});
