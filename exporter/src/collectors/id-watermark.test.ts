import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  absorb,
  advance,
  fill,
  forgetGaps,
  type Watermark,
  watermarkAt,
  watermarkSchema,
} from './id-watermark.ts';

const at = (id: number, ...gaps: [number, number, number][]): Watermark => ({
  id,
  gaps: gaps.map(([from, to, since]) => ({ from, to, since })),
});

describe('id watermark', () => {
  it('starts at the newest id and remembers the gaps below it', () => {
    expect(watermarkAt([4, 5, 8, 10], 7)).toEqual(at(10, [6, 7, 7], [9, 9, 7]));
    expect(watermarkAt([3], 7)).toEqual(at(3));
    expect(watermarkAt([], 7)).toEqual(at(0));
  });

  it('advances and remembers what was jumped over', () => {
    expect(advance(at(10), [11, 12, 15], 7)).toEqual(at(15, [13, 14, 7]));
    expect(advance(at(10), [13], 7)).toEqual(at(13, [11, 12, 7]));
    expect(advance(at(10, [2, 3, 1]), [11], 7)).toEqual(at(11, [2, 3, 1]));
    const same = at(10);
    expect(advance(same, [], 7)).toBe(same);
  });

  it('fills gaps at their ends and in the middle', () => {
    const start = at(20, [3, 7, 1], [10, 10, 2], [15, 18, 3]);
    expect(fill(start, [5])).toEqual(at(20, [3, 4, 1], [6, 7, 1], [10, 10, 2], [15, 18, 3]));
    expect(fill(start, [3, 7, 10, 15, 16, 17, 18])).toEqual(at(20, [4, 6, 1]));
    expect(fill(start, [1, 8, 9, 11, 20])).toEqual(start);
  });

  it('forgets gaps by age and by number, the oldest first', () => {
    const start = at(20, [1, 1, 100], [3, 3, 200], [5, 5, 300]);
    expect(forgetGaps(start, 1100, 1000, 9)).toEqual(at(20, [3, 3, 200], [5, 5, 300]));
    expect(forgetGaps(start, 400, 1000, 1)).toEqual(at(20, [5, 5, 300]));
  });

  it('absorbs a page in any order, with duplicates and rows that were seen', () => {
    const { watermark, fresh } = absorb(at(10, [7, 8, 1]), [12, 12, 9, 8, 10, 14], 5);
    expect(fresh).toEqual([8, 12, 14]);
    expect(watermark).toEqual(at(14, [7, 7, 1], [11, 11, 5], [13, 13, 5]));
  });

  it('refuses a damaged document', () => {
    expect(watermarkSchema.safeParse({ id: -1, gaps: [] }).success).toBe(false);
    expect(watermarkSchema.safeParse({ id: 5, gaps: [{ from: 4, to: 2, since: 0 }] }).success).toBe(false);
    expect(watermarkSchema.safeParse(at(5, [1, 2, 3])).success).toBe(true);
  });

  it('sees every id once, in whatever order the commits come', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1 });
    fc.assert(
      fc.property(ids, fc.array(fc.integer({ min: 1, max: 30 })), (commits, steps) => {
        let watermark = at(0);
        const visible: number[] = [];
        const seen: number[] = [];
        const look = (): void => {
          const result = absorb(watermark, visible, 0);
          watermark = watermarkSchema.parse(result.watermark);
          seen.push(...result.fresh);
        };
        const rest = [...commits];
        for (const step of steps) {
          visible.push(...rest.splice(0, step));
          look();
        }
        visible.push(...rest);
        look();
        expect([...seen].sort((a, b) => a - b)).toEqual([...commits].sort((a, b) => a - b));
        const unseen = watermark.gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, 0);
        expect(unseen).toBe(watermark.id - commits.length);
      }),
    );
  });
});
