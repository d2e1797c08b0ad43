import { describe, expect, it } from '@jest/globals';
import { Counter, Histogram } from './cells.ts';

describe('Counter', () => {
  it('starts at 0 and adds 1 when nothing else is said', () => {
    const cell = new Counter({ kind: 'a' });
    expect(cell.samples()).toEqual([{ labels: { kind: 'a' }, value: 0 }]);
    cell.inc();
    cell.inc(2.5);
    cell.inc(0);
    expect(cell.value).toBe(3.5);
  });

  it.each([-1, NaN, Infinity, -Infinity])('refuses %p and keeps its value', (by) => {
    const cell = new Counter({});
    cell.inc();
    expect(() => cell.inc(by)).toThrow(RangeError);
    expect(cell.value).toBe(1);
  });
});

describe('Histogram', () => {
  const values = (cell: Histogram): readonly (readonly [string, number])[] =>
    cell.samples().map(({ suffix = '', labels, value }) => [`${suffix} ${labels['le'] ?? ''}`.trim(), value]);

  it('cumulates, counts a bound into its own bucket and what is above into +Inf', () => {
    const cell = new Histogram({ kind: 'a' }, [0.5, 1]);
    for (const value of [-1, 0.5, 0.6, 1, 7]) cell.observe(value);
    expect(values(cell)).toEqual([
      ['_bucket 0.5', 2],
      ['_bucket 1', 4],
      ['_bucket +Inf', 5],
      ['_sum', 8.1],
      ['_count', 5],
    ]);
  });

  it('puts le before the other labels', () => {
    const [first] = new Histogram({ kind: 'a' }, [1]).samples();
    expect(Object.keys(first?.labels ?? {})).toEqual(['le', 'kind']);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %p and counts nothing', (value) => {
    const cell = new Histogram({}, [1]);
    expect(() => cell.observe(value)).toThrow(RangeError);
    expect(values(cell).map(([, count]) => count)).toEqual([0, 0, 0, 0]);
  });
});
