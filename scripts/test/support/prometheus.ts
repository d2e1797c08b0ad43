import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findExecutable, freePort, temporaryFolder } from '../../../exporter/test/support/server.ts';
import { PROMETHEUS_FOLDER } from '../../generate/prometheus-rules.ts';
import { ROOT } from '../../root.ts';

export const JOBS = [
  'prometheus',
  'alertmanager',
  'node-exporter',
  'valtronics-api',
  'valtronics-gateway',
  'postgres-exporter',
  'redis-exporter',
  'mosquitto-exporter',
  'jaeger',
  'cadvisor',
] as const;
export type Job = (typeof JOBS)[number];

/** A private copy of `provisioning/prometheus`, whose files a test may change. */
export interface ConfigFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
  /** A file's text. */
  read(file: string): string;
  /** Replaces the text in the file; throws when it is not there. */
  edit(file: string, from: string | RegExp, to: string): void;
  /** Replaces the job's targets; none is an empty list. */
  target(job: Job, ...targets: string[]): void;
}

/** Copies `provisioning/prometheus` into a temporary folder. */
export function copyConfig(): ConfigFolder {
  const { path, remove } = temporaryFolder('prometheus');
  cpSync(join(ROOT, PROMETHEUS_FOLDER), path, { recursive: true });
  const read = (file: string): string => readFileSync(join(path, file), 'utf8');
  const edit = (file: string, from: string | RegExp, to: string): void => {
    const before = read(file);
    const after = before.replaceAll(from, to);
    if (after === before) throw new Error(`${file} does not contain ${String(from)}`);
    writeFileSync(join(path, file), after);
  };
  const target = (job: Job, ...targets: string[]): void => {
    mkdirSync(join(path, 'targets'), { recursive: true });
    writeFileSync(join(path, 'targets', `${job}.yml`), stringify(targets.length === 0 ? [] : [{ targets }]));
  };
  return { path, remove, read, edit, target };
}

/** Runs the program to its end; its output is both streams. Throws when it is not installed. */
export function run(
  name: string,
  args: readonly string[],
  cwd: string,
): { readonly status: number | null; readonly output: string } {
  const program = findExecutable([name]);
  if (program === undefined) throw new Error(`${name} is not installed`);
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

/** An HTTP server that serves one text on /metrics and takes remote writes on /write. */
export interface FakeExporter {
  readonly address: string;
  /** The `Authorization` header of each remote write so far. */
  readonly writes: readonly (string | undefined)[];
  readonly stop: () => Promise<void>;
}

export async function startFakeExporter(metrics: string): Promise<FakeExporter> {
  const writes: (string | undefined)[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    request.resume();
    if (request.url === '/write') {
      writes.push(request.headers.authorization);
      response.writeHead(204).end();
    } else {
      response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' }).end(metrics);
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.closeAllConnections();
      server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  return { address: `127.0.0.1:${port}`, writes, stop };
}
