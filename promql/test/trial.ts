/**
 * A long trial of the evaluation beside a real Prometheus, with another seed each time:
 * `node promql/test/trial.ts [MINUTES]`. What differs is made small, written to `found-cases.json` and from then on
 * a fixed case of `oracle.test.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { seriesOf } from '../../exporter/test/support/input-series.ts';
import { startOracle } from '../../exporter/test/support/prometheus-oracle.ts';
import { difference } from './support/comparison.ts';
import { expressions, operations } from './support/expressions.ts';
import { FROM, TO, trialSeries } from './support/trial-series.ts';

const FILE = join(import.meta.dirname, 'found-cases.json');
const caseList = z.array(z.object({ expression: z.string(), time: z.number() }));

function record(expression: string, time: number): void {
  const known = caseList.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  if (known.some((found) => found.expression === expression && found.time === time)) return;
  writeFileSync(FILE, `${JSON.stringify([...known, { expression, time }], null, 2)}\n`);
}

const minutes = Number(process.argv[2] ?? 10);
const end = performance.now() + minutes * 60_000;
const all = trialSeries();
const byMetric = Map.groupBy(all, ({ metric }) => metric);
const source = { series: (metric: string) => (byMetric.get(metric) ?? []).map(seriesOf) };
const oracle = await startOracle(all);
const text = fc.oneof(expressions.vector, operations);
const moment = fc.integer({ min: FROM - 60_000, max: TO + 600_000 });
let runs = 0;
let found = 0;

async function holds(expression: string, time: number): Promise<boolean> {
  runs += 1;
  return difference(source, expression, time, await oracle.query(expression, time)) === undefined;
}

try {
  while (performance.now() < end) {
    const outcome = await fc.check(fc.asyncProperty(text, moment, holds), { numRuns: 200 });
    if (!outcome.failed) continue;
    found += 1;
    const [expression, time] = outcome.counterexample ?? ['', 0];
    record(expression, time);
    process.stdout.write(`seed ${outcome.seed}: ${expression} at ${time}\n`);
  }
} finally {
  await oracle.stop();
}
process.stdout.write(`${runs} expressions, ${found} differences\n`);
process.exitCode = found === 0 ? 0 : 1;
