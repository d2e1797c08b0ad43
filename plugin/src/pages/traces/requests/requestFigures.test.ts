import { describe, expect, it } from '@jest/globals';
import type { RangeSeries } from '../../../api/prometheusShapes';
import { membersOfNote, requestFigures, type RequestAnswers, type RequestFigures } from './requestFigures';

const series = (name: string, values: readonly number[], from = 0): RangeSeries => ({
  labels: { name },
  times: values.map((_, place) => from + place * 10),
  values,
});
const row = (name: string, value: number) => ({ labels: { name }, value });
const figures = (answers: Partial<RequestAnswers>) =>
  requestFigures(
    { rates: [], failures: [], durations: [], median: [], slow: [], slowOfAll: [], ...answers },
    ({ name = '' }) => name,
  );

describe('figures of requests', () => {
  it('are means over the time of which there are counts, the same time for all', () => {
    const { items, totals } = figures({
      rates: [series('early', [4, 4, 4, 4]), series('late', [2, 2], 20)],
      slowOfAll: [row('', 0.5)],
    });
    expect(items.map(({ name, rate }) => [name, rate])).toEqual([
      ['early', 4],
      ['late', 1],
    ]);
    expect(totals).toEqual({ rate: 5, errorRate: 0, slow: 0.5 });
  });

  it('have no failure before the first one is counted', () => {
    const { items, totals } = figures({
      rates: [series('a', [2, 2, 2, 2]), series('b', [2, 2, 2, 2])],
      failures: [series('a', [1, 1], 20)],
    });
    expect(items[0]?.failures).toEqual({ times: [0, 10, 20, 30], values: [0, 0, 1, 1] });
    expect(items.map(({ errorRate }) => errorRate)).toEqual([0.25, 0]);
    expect(totals.errorRate).toBe(0.125);
  });

  it('do not know what nobody measured', () => {
    const { items, totals } = figures({
      rates: [series('idle', [0, 0])],
      durations: [series('idle', [NaN, 0.25])],
      median: [row('idle', NaN)],
      slowOfAll: [row('', Infinity)],
    });
    expect(items[0]).toMatchObject({ rate: 0, errorRate: null, median: null, slow: null });
    expect(items[0]?.durations).toEqual({ times: [10], values: [0.25] });
    expect(totals).toEqual({ rate: 0, errorRate: null, slow: null });
    expect(figures({}).totals).toEqual({ rate: 0, errorRate: null, slow: null });
  });
});

describe('what a chart shows', () => {
  const item = (name: string, rate: number, errorRate: number, slow: number): RequestFigures => {
    const nothing = { times: [], values: [] };
    return {
      name,
      rate,
      errorRate,
      median: null,
      slow,
      rates: nothing,
      failures: nothing,
      durations: nothing,
    };
  };

  it('is what is busy, fails or is slow, by name', () => {
    const busy = Array.from({ length: 9 }, (_, place) => item(`busy ${place}`, 100 - place, 0, 0.01));
    const names = membersOfNote([...busy, item('bad', 0.1, 1, 0.01), item('a slow one', 0.1, 0, 9)]).map(
      ({ name }) => name,
    );
    expect(names).toHaveLength(8);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(['bad', 'a slow one', 'busy 0', 'busy 3']));
    expect(names).not.toContain('busy 8');
  });

  it('is nothing of what was never asked for', () => {
    expect(membersOfNote([item('idle', 0, 0, 0)])).toEqual([]);
  });
});
