import { describe, expect, it } from '@jest/globals';
import { type Figure, memoryTrend, quantile } from './figures.ts';

const figure = (minute: number, process: number, rss: number): Figure => ({
  ...{ at: minute * 60_000, process, rss, heap: rss / 2, lagP99: 0.02, lagMax: 0.1, files: 40, scrape: 0.3 },
});

describe('quantile', () => {
  it('leaves out what is no number', () => {
    expect(quantile([3, NaN, 1, 2], 0.5)).toBe(2);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('memoryTrend', () => {
  const short = [0, 1, 2, 3].map((minute) => figure(minute, 1, 900));
  const long = Array.from({ length: 61 }, (_, minute) =>
    figure(10 + minute, 2, minute < 30 ? 100 + minute : 130),
  );

  it('looks at the second half of the longest life', () => {
    expect(memoryTrend([...short, ...long], 'rss', 15)).toEqual({ minutes: 30, early: 130, late: 130 });
    expect(memoryTrend([...short, ...long], 'heap', 15)).toMatchObject({ late: 65 });
  });

  it('sees growth', () => {
    const growing = Array.from({ length: 61 }, (_, minute) => figure(minute, 1, minute));
    expect(memoryTrend(growing, 'rss', 15)).toEqual({ minutes: 30, early: 35, late: 56 });
  });

  it('says nothing of a short life', () => {
    expect(memoryTrend(short, 'rss', 15)).toBeUndefined();
    expect(memoryTrend([], 'rss', 15)).toBeUndefined();
  });
});
