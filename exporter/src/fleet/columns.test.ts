import { describe, expect, it } from '@jest/globals';
import { FloatColumn, IntColumn } from './columns.ts';

describe('columns', () => {
  it('are empty where nothing was set', () => {
    expect(new FloatColumn().get(5_000)).toBeNaN();
    expect(new IntColumn().get(5_000)).toBe(-1);
  });

  it('keep everything while they grow, whatever the step', () => {
    const floats = new FloatColumn();
    const ints = new IntColumn();
    const rows = [0, 63, 64, 65, 1_000, 100_000];
    for (const row of rows) {
      floats.set(row, row + 0.5);
      ints.set(row, row);
    }
    expect(rows.map((row) => floats.get(row))).toEqual(rows.map((row) => row + 0.5));
    expect(rows.map((row) => ints.get(row))).toEqual(rows);
    expect(floats.get(62)).toBeNaN();
    expect(ints.get(99_999)).toBe(-1);
  });
});
