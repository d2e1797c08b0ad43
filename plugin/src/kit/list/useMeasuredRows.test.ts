import { describe, expect, it } from '@jest/globals';
import { rowsInSight } from './useMeasuredRows';

const sum = (heights: readonly number[]): number => heights.reduce((total, height) => total + height, 0);

describe('the rows in sight', () => {
  it('are all of a short list', () => {
    expect(rowsInSight([20, 60, 20], 0, 600)).toEqual({ first: 0, end: 3, above: 0, below: 0 });
    expect(rowsInSight([], 0, 600)).toEqual({ first: 0, end: 0, above: 0, below: 0 });
  });

  it.each([0, 777, 5000, 99_999])(
    'and the room of the rest are the whole list when scrolled to %d',
    (top) => {
      const heights = Array.from({ length: 1000 }, (_, index) => 20 + (index % 7) * 15);
      const { first, end, above, below } = rowsInSight(heights, top, 600);
      expect(above).toBe(sum(heights.slice(0, first)));
      expect(above + sum(heights.slice(first, end)) + below).toBe(sum(heights));
      expect(end - first).toBeLessThan(80);
      expect(above).toBeLessThanOrEqual(top);
      expect(sum(heights) - below).toBeGreaterThanOrEqual(Math.min(top + 600, sum(heights)));
    },
  );
});
