import { describe, expect, it } from '@jest/globals';
import type { RequestFigures } from './requestFigures';
import { readRequestSort, sortRequests, writeRequestSort } from './requestSort';

const nothing = { times: [], values: [] };
const item = (name: string, rate: number, errorRate: number | null, slow: number | null): RequestFigures => ({
  ...{ name, rate, errorRate, slow, median: slow },
  ...{ rates: nothing, failures: nothing, durations: nothing },
});
const ITEMS = [item('b', 1, 0, null), item('a', 5, 0, 0.2), item('c', 0, null, 0.1), item('d', 2, 0.5, 3)];
const sorted = (address: string): string =>
  sortRequests(ITEMS, readRequestSort(new URLSearchParams(address)))
    .map(({ name }) => name)
    .join('');

describe('the order of routes', () => {
  it.each([
    ['', 'dabc'],
    ['sort=nonsense', 'dabc'],
    ['sort=name', 'abcd'],
    ['sort=-name', 'dcba'],
    ['sort=-rate', 'adbc'],
    ['sort=slow', 'bcad'],
    ['sort=-slow', 'dacb'],
  ])('by %j is %s: what is not known is least', (address, order) => {
    expect(sorted(address)).toBe(order);
  });

  it('is the same in the address', () => {
    for (const column of ['name', 'slow'] as const)
      for (const descending of [true, false]) {
        const sort = { column, descending };
        expect(readRequestSort(new URLSearchParams({ sort: writeRequestSort(sort) }))).toEqual(sort);
      }
  });
});
