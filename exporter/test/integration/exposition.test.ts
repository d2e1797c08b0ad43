import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '../../src/metrics/catalogue/index.ts';
import { SPAN_DURATION } from '../../src/metrics/catalogue/traces.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { writeExposition, type ExpositionParts } from '../../src/metrics/scrape.ts';
import { goldenParts } from '../support/golden-parts.ts';
import { describeWith, PROMTOOL } from '../support/require.ts';

const GOLDEN = join(import.meta.dirname, '..', 'golden');

async function exposition(parts: ExpositionParts, format: 'text' | 'openmetrics'): Promise<string> {
  const chunks: Uint8Array[] = [];
  await writeExposition((chunk) => void chunks.push(chunk), parts, format);
  return Buffer.concat(chunks).toString();
}

/** What promtool says about the text, and its exit code. */
async function promtoolCheck(
  text: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn('promtool', ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(text);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

describe('the golden exposition', () => {
  it.each([
    ['text', 'exposition.txt'],
    ['openmetrics', 'exposition.openmetrics.txt'],
  ] as const)('is written as %s exactly like %s', async (format, file) => {
    expect(await exposition(await goldenParts(), format)).toBe(await readFile(join(GOLDEN, file), 'utf8'));
  });
});

describe('help texts', () => {
  it('have no double quotes, which OpenMetrics wants escaped and prom-client does not escape', async () => {
    const runtime = createMetrics({ defaultMetrics: true });
    runtime.start();
    const families = [...CATALOGUE, ...(await runtime.snapshot())];
    runtime.stop();
    expect(families.filter(({ help }) => help.includes('"')).map(({ name }) => name)).toEqual([]);
  });
});

describeWith([PROMTOOL], 'promtool check metrics', () => {
  const accepted = { code: 0, output: '' };

  it('has no complaint about the golden exposition', async () => {
    expect(await promtoolCheck(await exposition(await goldenParts(), 'text'))).toEqual(accepted);
  });

  it('has no complaint about any family of the catalogue, nor about process and runtime', async () => {
    const metrics = createMetrics({ defaultMetrics: true });
    metrics.start();
    // Its name is Jaeger's, milliseconds included.
    for (const family of CATALOGUE.filter(({ name }) => name !== SPAN_DURATION.name)) {
      const labels = Object.fromEntries(family.labels.map((name) => [name, 'x']));
      if (family.type === 'histogram') metrics.histogram(family, labels).observe(1);
      else metrics.publish(family, [{ labels, value: 1 }]);
    }
    const text = await exposition({ families: await metrics.snapshot(), stores: [] }, 'text');
    metrics.stop();
    expect(await promtoolCheck(text)).toEqual(accepted);
  });

  it('would complain: a gauge with a counter’s suffix', async () => {
    const { code, output } = await promtoolCheck('# HELP a_total A\n# TYPE a_total gauge\na_total 1\n');
    expect([code, output]).toEqual([
      3,
      expect.stringContaining('non-counter metrics should not have "_total" suffix'),
    ]);
  });
});
