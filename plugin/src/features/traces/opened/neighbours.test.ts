import { describe, expect, it } from '@jest/globals';
import { readTracePage } from '../../../api/traceShapes';
import { traceItem } from '../../../test-support/traceAnswers';
import { neighboursOf } from './neighbours';

const AT = Date.parse('2026-11-23T12:00:00Z');
/** Traces a second apart, each of so many milliseconds. */
const traces = (...durations: number[]) =>
  readTracePage({
    items: durations.map((durationMs, index) => traceItem(`t${index}`, AT + 1000 * index, { durationMs })),
    source: 'buffer',
  }).items;

describe('the neighbours of a trace', () => {
  it('are those of its operation around it, with how it does among them', () => {
    const found = neighboursOf(traces(20, 10, 30, 900, 40, 25, 1200), 't3');
    expect(found?.around.map(({ traceId }) => traceId)).toEqual(['t5', 't4', 't3', 't2', 't1']);
    expect(found).toMatchObject({
      before: { traceId: 't2' },
      after: { traceId: 't4' },
      ...{ count: 7, slower: 1, median: 30 },
    });
  });

  it('end where there are no more', () => {
    expect(neighboursOf(traces(1, 2), 't1')).toMatchObject({ before: { traceId: 't0' }, after: null });
    expect(neighboursOf(traces(1, 2), 't0')).toMatchObject({ before: null, after: { traceId: 't1' } });
  });

  it('are none of one that is alone, or not among them', () => {
    expect(neighboursOf(traces(1), 't0')).toBeUndefined();
    expect(neighboursOf(traces(1, 2), 'gone')).toBeUndefined();
  });
});
