import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROMETHEUS } from './programs.ts';
import { answersOk, findExecutable, freePort, type RunningServer, startServer } from './server.ts';

export interface PrometheusOptions {
  /** Gets the configuration, and the storage in `data`, which may hold series before; the test removes it. */
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Further arguments of prometheus. */
  readonly args?: readonly string[];
}

/** Keeps exemplars too, which Prometheus does not by itself. */
export const EXEMPLAR_STORAGE = '--enable-feature=exemplar-storage';

/** A configuration that scrapes the target, `host:port`, every second. */
export function scrapeEverySecond(job: string, target: string): PrometheusOptions['config'] {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [{ job_name: job, static_configs: [{ targets: [target] }] }],
  };
}

/** Starts a real Prometheus in the folder, on a free port of 127.0.0.1. */
export async function startPrometheus({
  folder,
  config,
  args = [],
}: PrometheusOptions): Promise<RunningServer> {
  const command = findExecutable(PROMETHEUS.names);
  if (command === undefined) throw new Error('prometheus is not installed');
  const file = join(folder, 'prometheus.yml');
  const data = join(folder, 'data');
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify(config));
  mkdirSync(data, { recursive: true });
  const port = await freePort();
  return startServer({
    command,
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...args,
    ],
    port,
    // Its port is open before its storage is: until then queries are refused.
    ready: () => answersOk(`http://127.0.0.1:${port}/-/ready`),
  });
}
