import { describe, expect, it } from '@jest/globals';
import {
  availableShare,
  compareAvailability,
  meanTimeBetween,
  meanTimeToRecover,
  together,
  troublesOf,
  type Availability,
} from './availability';
import { STATUS_CODES, type DeviceStatus } from './deviceStatus';

const one = (availableSeconds: number, troubleSeconds: number, troubles: number): Availability => ({
  availableSeconds,
  troubleSeconds,
  troubles,
});

/** A point a minute. */
const minutes = (...statuses: readonly DeviceStatus[]) => ({
  times: statuses.map((_, index) => index * 60_000),
  values: statuses.map((status) => STATUS_CODES[status]),
});

describe('availability', () => {
  it.each([
    ['half a day of a day', one(43_200, 43_200, 3), 0.5, 14_400, 14_400],
    ['never in trouble', one(86_400, 0, 0), 1, undefined, undefined],
    ['nothing was measured', one(0, 0, 0), undefined, undefined, undefined],
    ['always in trouble', one(0, 3600, 1), 0, 3600, 0],
  ])('%s', (_, figures, share, recover, between) => {
    expect(availableShare(figures)).toBe(share);
    expect(meanTimeToRecover(figures)).toBe(recover);
    expect(meanTimeBetween(figures)).toBe(between);
  });

  it('of many is weighted by their measured time', () => {
    expect(availableShare(together([one(900, 100, 1), one(0, 0, 0), one(100, 900, 2)]))).toBe(0.5);
    expect(together([])).toEqual(one(0, 0, 0));
  });

  it('is sorted with the longest trouble first, then the most frequent', () => {
    const [worst, second, best] = [one(0, 900, 1), one(0, 100, 9), one(900, 100, 1)];
    expect([best, second, worst].sort(compareAvailability)).toEqual([worst, second, best]);
  });
});

describe('troubles of a series', () => {
  it('begin with error or offline and end with anything else; from one to the other is the same trouble', () => {
    const series = minutes(
      'online',
      'error',
      'offline',
      'offline',
      'warning',
      'maintenance',
      'error',
      'unknown',
    );
    expect(troublesOf(series)).toEqual([
      { from: 60_000, to: 240_000, statuses: ['error', 'offline'], goesOn: false },
      { from: 360_000, to: 420_000, statuses: ['error'], goesOn: false },
    ]);
  });

  it('go on where the last point is in one, and are there from the first', () => {
    expect(troublesOf(minutes('offline', 'online', 'error', 'error'))).toEqual([
      { from: 0, to: 60_000, statuses: ['offline'], goesOn: false },
      { from: 120_000, to: 180_000, statuses: ['error'], goesOn: true },
    ]);
  });

  it('are none where a code is none of ours', () => {
    expect(troublesOf({ times: [0, 1, 2], values: [6, NaN, 3.5] })).toEqual([]);
    expect(troublesOf({ times: [], values: [] })).toEqual([]);
  });
});
