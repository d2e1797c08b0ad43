import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from '@jest/globals';
import { labelsFrom } from '@valtronics/promql';
import { parse } from 'yaml';
import { z } from 'zod';
import { difference } from '../../../promql/test/support/comparison.ts';
import { counter, FROM, gauge, seededRandom, states, TO } from '../../../promql/test/support/trial-series.ts';
import { parseRuleFile } from '../../src/alerts/rules/load/rule-file.ts';
import { type InputSeries, parseSeriesName, seriesOf } from '../support/input-series.ts';
import { type Oracle, resultKey, startOracle } from '../support/prometheus-oracle.ts';
import { describeWith, PROMETHEUS, PROMTOOL } from '../support/require.ts';

const PROVISIONING = join(import.meta.dirname, '..', '..', '..', 'provisioning', 'prometheus');
const MINUTE = 60_000;
const cases = z.object({
  tests: z.array(z.object({ input_series: z.array(z.object({ series: z.string() })).default([]) })),
});

const GROUPS = globSync(join(PROVISIONING, 'rules', '*.yml')).flatMap((file) =>
  parseRuleFile(readFileSync(file, 'utf8'), file),
);
const RULES = GROUPS.flatMap(({ rules }) => rules);

/** The series that the rules' own tests name, and those that the rules record, with values by chance. */
function ruleSeries(): readonly InputSeries[] {
  const random = seededRandom(7);
  const named = globSync(join(PROVISIONING, 'tests', '*.yml')).flatMap((file) =>
    cases
      .parse(parse(readFileSync(file, 'utf8')))
      .tests.flatMap((test) => test.input_series.map(({ series }) => series)),
  );
  const given = [...new Set(named)].map((text) => {
    const { metric, labels } = parseSeriesName(text);
    if (/_(total|bucket|count|sum)$/.test(metric)) return counter(random, metric, labels, 4000);
    if (metric.endsWith('_seconds')) return gauge(random, metric, labels);
    return states(random, metric, labels, [0, 1, 4, 80, 100]);
  });
  const recorded = RULES.filter(({ kind }) => kind === 'recording').flatMap(({ name, labels }) =>
    ['valtronics-api', 'small'].map((job) =>
      states(random, name, labelsFrom([...Object.entries(labels), ['job', job]]), [0, 0.01, 0.3, 2, 20, 700]),
    ),
  );
  const all = [...given, ...recorded];
  return [...new Map(all.map((series) => [resultKey(series.metric, series.labels), series])).values()];
}

describeWith([PROMETHEUS, PROMTOOL], 'our evaluation of the rules beside a real Prometheus', () => {
  const all = ruleSeries();
  const byMetric = Map.groupBy(all, ({ metric }) => metric);
  const source = { series: (metric: string) => (byMetric.get(metric) ?? []).map(seriesOf) };
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle(all);
  });
  afterAll(() => oracle.stop());

  async function compare(expression: string, time: number): Promise<void> {
    const { leftOpen } = oracle;
    const found = difference(source, expression, time, await oracle.query(expression, time), { leftOpen });
    if (found !== undefined) throw new Error(found);
  }

  it.each(RULES.map(({ name, expression }) => ({ name, expression })))(
    'agrees about $name',
    async ({ expression }) => {
      for (let time = FROM + MINUTE; time <= TO + 10 * MINUTE; time += 7 * MINUTE + 1234)
        await compare(expression, time);
    },
  );
});
