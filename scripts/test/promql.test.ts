import { describe, expect, it } from '@jest/globals';
import { selectorsOf } from './support/promql.ts';

const metricsOf = (expression: string): string[] => selectorsOf(expression).map(({ metric }) => metric);

describe('selectorsOf', () => {
  it('finds metrics inside functions, aggregations and ranges', () => {
    expect(
      metricsOf('histogram_quantile(0.95, sum by (job, le) (rate(a_bucket[5m] offset 1h))) > 1e3'),
    ).toEqual(['a_bucket']);
  });

  it('finds both sides of set operators and of vector matching', () => {
    expect(
      metricsOf('a:b:c unless on (job) d and bool_metric or 0 * e / ignoring (state) group_left () f'),
    ).toEqual(['a:b:c', 'd', 'bool_metric', 'e', 'f']);
  });

  it('gives the labels that are matched, whatever stands in the strings', () => {
    expect(selectorsOf('up{job="a{b=c}", instance=~\'d(e)\', x!=`y`, z!~"\\"w=\\""}')).toEqual([
      { metric: 'up', labels: ['job', 'instance', 'x', 'z'] },
    ]);
  });

  it('finds nothing where there is no selector', () => {
    expect(selectorsOf('vector(1) > bool 0')).toEqual([]);
  });
});
