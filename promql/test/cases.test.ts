import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type InputSeries, parseValues, seriesOf } from '../../exporter/test/support/input-series.ts';
import { type Oracle, startOracle } from '../../exporter/test/support/prometheus-oracle.ts';
import { describeWith, PROMETHEUS, PROMTOOL } from '../../exporter/test/support/require.ts';
import { labelsFrom } from '../src/index.ts';
import { answer, difference } from './support/comparison.ts';

const MINUTE = 60_000;
const FROM = Date.UTC(2026, 0, 1);
const AT = FROM + 40 * MINUTE;

/** A sample a minute, in promtool's notation. */
function series(metric: string, labels: Readonly<Record<string, string>>, values: string): InputSeries {
  return {
    metric,
    labels: labelsFrom(Object.entries(labels)),
    samples: parseValues(values).flatMap((value, index) =>
      typeof value === 'number' ? [{ time: FROM + index * MINUTE, value, ends: false }] : [],
    ),
  };
}

const SERIES: readonly InputSeries[] = [
  series('c_total', { job: 'a', instance: '1', mode: 'x' }, '0+10x40'),
  series('c_total', { job: 'a', instance: '2', mode: 'y' }, '0+7x20 3+7x19'),
  series('c_total', { job: 'b', instance: '1', mode: 'x' }, '5+1x10 _x5 20+2x24'),
  series('g', { job: 'a', instance: '1' }, '1 5 3 -2 7 7 7 0 12 4 4 4 9 9 9 1 2 3 4+1x22'),
  series('g', { job: 'a', instance: '2' }, '3x40'),
  series('g', { job: 'b', instance: '1' }, '-4+0.5x40'),
  series('n', { job: 'a' }, 'NaNx40'),
  series('n', { job: 'b' }, '1x40'),
  series('infs', { job: 'a' }, 'Infx40'),
  series('infs', { job: 'b' }, '-Infx40'),
  series('two', { job: 'a' }, '2x40'),
  series('one', {}, '1x40'),
  series('old', { job: 'a' }, '1x32'),
  series('huge', { job: 'a' }, '1.7e308x20 1.6e308x20'),
  series('huge', { job: 'b' }, '1.5e308x40'),
  series('huge', { job: 'c' }, '-1.7e308x40'),
  series('mixed', { job: 'a' }, '1e100x40'),
  series('mixed', { job: 'b' }, '1x40'),
  series('mixed', { job: 'c' }, '-1e100x40'),
  series('version', { job: 'a', instance: '1' }, '6x40'),
  series('version', { job: 'a', instance: '2' }, '6x40'),
  series('version', { job: 'b', instance: '1' }, '7x40'),
  series('sum', { by: 'x' }, '1x40'),
  series('place', { v: 'Lab\rA', id: '1' }, '1x40'),
  series('place', { v: 'Lab\u2028A', id: '2' }, '2x40'),
  series('place', { v: 'Lab\u00a0A', id: '3' }, '3x40'),
  series('place', { v: 'Lab\vA', id: '4' }, '4x40'),
  series('place', { v: 'Lab\nA', id: '5' }, '5x40'),
  series('place', { v: 'LAB A', id: '6' }, '6x40'),
  series('place', { v: 'Büro "Ost"', id: '7' }, '7x40'),
  series('proto', { constructor: 'x', __proto: 'y', toString: 'z', valueOf: 'w' }, '1x40'),
  ...['0.1', '0.5', '1', '+Inf'].map((le, index) => series('h', { le, job: 'a' }, `0+${index + 1}x40`)),
  ...['0.1', '0.5', '1', '+Inf'].map((le, index) =>
    series('h', { le, job: 'falls' }, `${50 - 9 * index}x40`),
  ),
  ...['0.1', '0.5', '1', '+Inf'].map((le, index) =>
    series('h', { le, job: 'nan' }, index === 1 ? 'NaNx40' : `${index + 1}x40`),
  ),
  ...['0.1', 'Infinity'].map((le, index) => series('h', { le, job: 'words' }, `${index + 1}x40`)),
  ...['-1', '0x10', '1_0', ' 2', '+Inf'].map((le, index) =>
    series('h', { le, job: 'odd' }, `${index + 1}x40`),
  ),
  ...['0.1', '1', '+Inf'].map((le) => series('h', { le, job: 'end' }, le === '+Inf' ? 'NaNx40' : '1x40')),
];

/** By kind; `node promql/test/trial.ts` looks for more. */
const EXPRESSIONS = z
  .record(z.string(), z.array(z.string()))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')));

const byMetric = Map.groupBy(SERIES, ({ metric }) => metric);
const source = {
  series: (metric: string) => (byMetric.get(metric) ?? []).map(seriesOf),
  metrics: () => byMetric.keys(),
};

describeWith([PROMETHEUS, PROMTOOL], 'expressions of every kind that went wrong once', () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle(SERIES);
  });
  afterAll(() => oracle.stop());

  it.each(Object.entries(EXPRESSIONS))('agrees with Prometheus about %s', async (_, expressions) => {
    const found: string[] = [];
    for (const expression of expressions) {
      // A text alone is an answer for Prometheus, and none for a rule.
      if (/^["'`]/.test(expression)) continue;
      const theirs = await oracle.query(expression, AT).catch((error: unknown) => String(error));
      const wrong = difference(source, expression, AT, theirs);
      if (wrong !== undefined) found.push(wrong);
      const ours = answer(source, expression, AT);
      if (typeof ours === 'string') expect(ours).toMatch(/^(?:Expression|Evaluation)Error: /);
    }
    expect(found).toEqual([]);
  });
});
