import { describe, expect, it } from '@jest/globals';
import type { Sample } from './family.ts';
import { bucketsOf, quantile } from './quantile.ts';

const bucket = (le: string, value: number, endpoint = 'a'): Sample => ({
  suffix: '_bucket',
  labels: { le, endpoint },
  value,
});

describe('bucketsOf', () => {
  it('adds up the series and sorts the bounds', () => {
    const samples: Sample[] = [
      bucket('+Inf', 3),
      bucket('0.5', 2),
      bucket('0.1', 1),
      bucket('0.1', 4, 'b'),
      bucket('0.5', 4, 'b'),
      bucket('+Inf', 4, 'b'),
      { suffix: '_sum', labels: { endpoint: 'a' }, value: 9 },
    ];
    expect(bucketsOf(samples)).toEqual({ bounds: [0.1, 0.5, Infinity], counts: [5, 6, 7] });
  });
});

describe('quantile', () => {
  const buckets = { bounds: [1, 2, 4, Infinity], counts: [10, 20, 20, 20] };

  it('is linear inside a bucket, as histogram_quantile is', () => {
    expect(quantile(0.5, buckets)).toBe(1);
    expect(quantile(0.75, buckets)).toBe(1.5);
    expect(quantile(1, buckets)).toBe(2);
  });

  it('is the last finite bound for what lies above', () => {
    expect(quantile(0.99, { bounds: [1, 2, Infinity], counts: [0, 0, 5] })).toBe(2);
  });

  it('is unknown without observations', () => {
    expect(quantile(0.5, { bounds: [1, Infinity], counts: [0, 0] })).toBeUndefined();
    expect(quantile(0.5, { bounds: [], counts: [] })).toBeUndefined();
  });
});
