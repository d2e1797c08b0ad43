import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Labels, labelsFrom } from '@valtronics/promql';
import { z } from 'zod';
import type { InputSeries } from './input-series.ts';
import { PROMTOOL } from './programs.ts';
import { startPrometheus } from './prometheus.ts';
import { findExecutable, temporaryFolder } from './server.ts';

/** A result as both sides give it: name and labels as one text, with the value. */
export type Result = ReadonlyMap<string, number>;

/** A real Prometheus that holds given series. */
export interface Oracle {
  /** What the expression gives at the time, milliseconds since the epoch; the message where it fails. */
  query(expression: string, time: number): Promise<Result | string>;
  /** Whether its ranges leave out their beginning: it is a Prometheus 3. */
  readonly leftOpen: boolean;
  stop(): Promise<void>;
}

/** Tells results apart, whatever the order of labels. */
export function resultKey(name: string, labels: Labels): string {
  return JSON.stringify([name, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function openMetricsValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

/** The series in OpenMetrics' text with their times; a series cannot end there. */
function openMetrics(series: readonly InputSeries[]): string {
  const blocks = Map.groupBy(series, ({ metric }) => metric);
  const text = [...blocks].flatMap(([metric, all]) => [
    `# TYPE ${metric} unknown`,
    ...all.flatMap(({ labels, samples }) => {
      const pairs = Object.entries(labels).map(
        ([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`,
      );
      return samples.map(
        ({ time, value }) =>
          `${metric}{${pairs.join(',')}} ${openMetricsValue(value)} ${(time / 1000).toFixed(3)}`,
      );
    }),
  ]);
  return `${text.join('\n')}\n# EOF\n`;
}

const answerSchema = z.union([
  z.object({
    status: z.literal('success'),
    data: z.union([
      z.object({
        resultType: z.literal('vector'),
        result: z.array(
          z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
        ),
      }),
      z.object({ resultType: z.literal('scalar'), result: z.tuple([z.number(), z.string()]) }),
    ]),
  }),
  z.object({ status: z.literal('error'), error: z.string() }),
]);

function parseValue(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

/** Stands for `__proto__` while an answer is checked. */
const PROTO = 'proto label';

async function ask(port: number, expression: string, time: number): Promise<Result | string> {
  const body = new URLSearchParams({ query: expression, time: (time / 1000).toFixed(3) });
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/query`, { method: 'POST', body });
  // A label may be named so, and a schema's record would lose it.
  const text = (await response.text()).replaceAll('"__proto__":', `"${PROTO}":`);
  const answer = answerSchema.parse(JSON.parse(text));
  if (answer.status === 'error') return answer.error;
  const { data } = answer;
  if (data.resultType === 'scalar') return new Map([[resultKey('', {}), parseValue(data.result[1])]]);
  return new Map(
    data.result.map(({ metric: { __name__: name = '', ...labels }, value }) => [
      resultKey(
        name,
        labelsFrom(
          Object.entries(labels).map(([label, text]) => [label === PROTO ? '__proto__' : label, text]),
        ),
      ),
      parseValue(value[1]),
    ]),
  );
}

/** Starts a Prometheus whose storage holds the series. */
export async function startOracle(series: readonly InputSeries[]): Promise<Oracle> {
  const folder = temporaryFolder('oracle');
  const data = join(folder.path, 'data');
  const promtool = findExecutable(PROMTOOL.names);
  if (promtool === undefined) throw new Error('promtool is not installed');
  mkdirSync(data);
  const file = join(folder.path, 'series.om');
  writeFileSync(file, openMetrics(series));
  const made = spawnSync(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', file, data], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`promtool: ${made.stdout}${made.stderr}`);
  const server = await startPrometheus({
    folder: folder.path,
    config: { scrape_configs: [] },
    args: ['--storage.tsdb.retention.time=100y'],
  });
  const steps = await ask(server.port, 'count_over_time(vector(1)[1m:1m])', 60_000);
  return {
    query: (expression, time) => ask(server.port, expression, time),
    leftOpen: typeof steps !== 'string' && steps.get(resultKey('', {})) === 1,
    stop: async () => {
      await server.stop();
      await folder.remove();
    },
  };
}
