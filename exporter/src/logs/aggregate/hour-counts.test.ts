import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countedHour, createHourCounts, HOURS_KEPT } from './hour-counts.ts';

describe('counts by hour', () => {
  it('are what a simple model says, whatever the order', () => {
    const additions = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 500 }), fc.nat(2), fc.integer({ min: 1, max: 9 })),
    );
    fc.assert(
      fc.property(additions, (list) => {
        const counts = createHourCounts(3);
        const model = new Map<number, number[]>();
        for (const [hour, column, by] of list) {
          counts.add(hour, column, by);
          const newest = Math.max(hour, ...model.keys());
          if (hour > newest - HOURS_KEPT) {
            const row = model.get(hour) ?? [0, 0, 0];
            row[column] = (row[column] ?? 0) + by;
            model.set(hour, row);
          }
          for (const kept of [...model.keys()]) if (kept <= newest - HOURS_KEPT) model.delete(kept);
        }
        const rows = counts.rows(-Infinity, Infinity);
        expect(rows).toEqual(
          [...model].sort(([a], [b]) => a - b).map(([hour, row]) => ({ hour, counts: row })),
        );
        expect(createHourCounts(3, rows).rows(-Infinity, Infinity)).toEqual(rows);
        expect(counts.sum(1, 100, 300)).toBe(
          rows
            .filter(({ hour }) => hour >= 100 && hour <= 300)
            .reduce((sum, row) => sum + (row.counts[1] ?? 0), 0),
        );
      }),
      { seed: 7 },
    );
  });

  it('count nothing that is to come or too old', () => {
    const hour = 3_600_000;
    expect(countedHour(10 * hour, 500 * hour)).toBeUndefined();
    expect(countedHour(499 * hour, 500 * hour)).toBe(499);
    expect(countedHour(9999 * hour, 500 * hour)).toBe(500);
  });
});
