import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluate, labelsFrom, parseExpression, run } from '@valtronics/promql';
import fc from 'fast-check';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseRuleFile } from '../../src/alerts/rules/load/rule-file.ts';
import { type InputSeries, parseSeriesName, seriesOf } from '../support/input-series.ts';
import { expressions, operations } from '../support/promql-expressions.ts';
import { counter, FROM, gauge, seededRandom, states, TO, trialSeries } from '../support/promql-samples.ts';
import { type Oracle, type Result, resultKey, startOracle } from '../support/prometheus-oracle.ts';
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

function answer(
  series: ReadonlyMap<string, readonly InputSeries[]>,
  expression: string,
  time: number,
): Result | string {
  try {
    const source = { series: (metric: string) => (series.get(metric) ?? []).map(seriesOf) };
    const value = run(
      evaluate(parseExpression(expression), { source, time, lookback: 5 * MINUTE, interval: MINUTE }),
    );
    if (value.kind === 'scalar') return new Map([[resultKey('', {}), value.value]]);
    if (value.kind === 'string') return value.value;
    return new Map(value.samples.map((sample) => [resultKey(sample.name, sample.labels), sample.value]));
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

function isClose(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-3);
}

/** Equal results, or both fail. */
function agree(ours: Result | string, theirs: Result | string): boolean {
  if (typeof ours === 'string' || typeof theirs === 'string') return typeof ours === typeof theirs;
  return ours.size === theirs.size && [...theirs].every(([key, value]) => isClose(ours.get(key), value));
}

function show(result: Result | string): unknown {
  return typeof result === 'string' ? result : Object.fromEntries(result);
}

describeWith([PROMETHEUS, PROMTOOL], 'our evaluation beside a real Prometheus', () => {
  const all = [...trialSeries(), ...ruleSeries()];
  const series = Map.groupBy(all, ({ metric }) => metric);
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle(all);
  });
  afterAll(() => oracle.stop());

  async function compare(expression: string, time: number): Promise<void> {
    const [ours, theirs] = [answer(series, expression, time), await oracle.query(expression, time)];
    if (agree(ours, theirs)) return;
    throw new Error(
      `${expression} at ${time}\nours: ${JSON.stringify(show(ours))}\ntheirs: ${JSON.stringify(show(theirs))}`,
    );
  }

  it.each(RULES.map(({ name, expression }) => ({ name, expression })))(
    'agrees about $name',
    async ({ expression }) => {
      for (let time = FROM + MINUTE; time <= TO + 10 * MINUTE; time += 7 * MINUTE + 1234)
        await compare(expression, time);
    },
  );

  it('agrees about expressions of every kind', async () => {
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(
        expressions.vector,
        fc.integer({ min: FROM - MINUTE, max: TO + 10 * MINUTE }),
        async (expression, time) => {
          await compare(expression, time);
          const ours = answer(series, expression, time);
          if (typeof ours !== 'string' && ours.size > 0) filled += 1;
        },
      ),
      { numRuns: 1000 },
    );
    // Agreeing about nothing would prove nothing.
    expect(filled).toBeGreaterThan(300);
  });

  it('agrees about what binds closer without parentheses', async () => {
    await fc.assert(fc.asyncProperty(operations, fc.integer({ min: FROM, max: TO }), compare), {
      numRuns: 500,
    });
  });

  it.each([
    '-1 ^ 2',
    '2 ^ 3 ^ 2',
    '-temperature ^ 2',
    '1 + 2 * 3 % 2',
    'time() - 5',
    '0x1f',
    '1e3',
    '(((1)))',
  ])('agrees about %s', async (expression) => {
    await compare(expression, TO);
  });

  it.each([
    ...['foo(', 'sum(', 'rate(requests_total)', 'rate(requests_total[5m]', '1 == 1'],
    ...[
      'sum by (job (temperature)',
      'temperature and 1',
      'label_replace(temperature, "a")',
      'temperature{job=~"("}',
    ],
    ...[
      'nothing_known(temperature)',
      '"a" + 1',
      'temperature offset',
      'temperature[0s]',
      'temperature[5m][5m]',
    ],
    ...[
      'topk(temperature)',
      'rate(requests_total[5m:])[5m]',
      '{}',
      'temperature + on (job) group_left (job) limit',
    ],
  ])('refuses %s as Prometheus does', async (expression) => {
    expect(typeof (await oracle.query(expression, TO))).toBe('string');
    expect(answer(series, expression, TO)).toMatch(/^(?:Expression|Evaluation)Error: ./);
  });
});
describe('the comparison', () => {
  it('notices a wrong value, a missing series and an error on one side', () => {
    const one = new Map([['a', 1]]);
    expect(agree(one, new Map([['a', 1 + 1e-12]]))).toBe(true);
    expect(agree(one, new Map([['a', 1.001]]))).toBe(false);
    expect(agree(one, new Map([['b', 1]]))).toBe(false);
    expect(agree(one, new Map())).toBe(false);
    expect(agree(one, 'failed')).toBe(false);
    expect(agree(new Map([['a', NaN]]), new Map([['a', NaN]]))).toBe(true);
  });
});
