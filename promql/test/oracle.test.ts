import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { seriesOf } from '../../exporter/test/support/input-series.ts';
import { type Oracle, startOracle } from '../../exporter/test/support/prometheus-oracle.ts';
import { describeWith, PROMETHEUS, PROMTOOL } from '../../exporter/test/support/require.ts';
import { agree, answer, difference, isIllConditioned } from './support/comparison.ts';
import { expressions, operations } from './support/expressions.ts';
import { FROM, TO, trialSeries } from './support/trial-series.ts';

const MINUTE = 60_000;
/** The same expressions in every run; `test/trial.ts` draws others and adds what it finds to the fixed cases. */
const SEED = 20_260_101;
const FOUND = z
  .array(z.object({ expression: z.string(), time: z.number() }))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'found-cases.json'), 'utf8')));

const all = trialSeries();
const byMetric = Map.groupBy(all, ({ metric }) => metric);
const source = { series: (metric: string) => (byMetric.get(metric) ?? []).map(seriesOf) };

describeWith([PROMETHEUS, PROMTOOL], 'our evaluation beside a real Prometheus', () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle(all);
  });
  afterAll(() => oracle.stop());

  async function compare(expression: string, time: number): Promise<void> {
    const found = difference(source, expression, time, await oracle.query(expression, time));
    if (found !== undefined) throw new Error(found);
  }

  it('agrees about expressions of every kind', async () => {
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(
        expressions.vector,
        fc.integer({ min: FROM - MINUTE, max: TO + 10 * MINUTE }),
        async (expression, time) => {
          await compare(expression, time);
          const ours = answer(source, expression, time);
          if (typeof ours !== 'string' && ours.size > 0) filled += 1;
        },
      ),
      { numRuns: 1000, seed: SEED },
    );
    // Agreeing about nothing would prove nothing.
    expect(filled).toBeGreaterThan(300);
  });

  it('agrees about what binds closer without parentheses', async () => {
    await fc.assert(fc.asyncProperty(operations, fc.integer({ min: FROM, max: TO }), compare), {
      numRuns: 500,
      seed: SEED,
    });
  });

  it.each(FOUND)('agrees about $expression at $time, found by chance', ({ expression, time }) =>
    compare(expression, time),
  );

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
    expect(answer(source, expression, TO)).toMatch(/^(?:Expression|Evaluation)Error: ./);
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

  it('takes a difference for nobody’s fault only where the last bits of powers and sums decide', () => {
    const off = (text: string, by: number): ReadonlyMap<string, number> => {
      const ours = answer(source, text, TO);
      if (typeof ours === 'string') throw new Error(ours);
      return new Map([...ours].map(([key, value]) => [key, value + by]));
    };
    const chaotic = 'limit ^ limit % limit + limit';
    expect(isIllConditioned(source, chaotic, TO, off(chaotic, 1.5))).toBe(true);
    for (const calm of [
      'limit % 3 + limit',
      'limit ^ 2',
      'sum(limit)',
      'floor(requests_total)',
      'rate(requests_total[5m])',
    ])
      expect([calm, isIllConditioned(source, calm, TO, off(calm, 0.001))]).toEqual([calm, false]);
    expect(difference(source, chaotic, TO, off(chaotic, 1.5))).toBeUndefined();
    expect(difference(source, 'limit ^ 2', TO, off('limit ^ 2', 1))).toContain('limit ^ 2 at');
  });
});
