import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { answersOk, freePort, type RunningServer, startServer, temporaryFolder, waitFor } from './server.ts';

/** The script of the exporter. */
export const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

/** The exporter as its users run it: a process with settings from the environment. */
export interface TestExporter extends RunningServer {
  readonly url: string;
  readonly stateFolder: string;
  /** `/metrics` as text. */
  metrics(headers?: Readonly<Record<string, string>>): Promise<string>;
  /** Value of the one series, written as Prometheus does, e.g. `up{job="x"}`; undefined when it is absent. */
  value(series: string): Promise<number | undefined>;
}

/** The environment without any setting of this machine's own. */
export function cleanEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VALTRONICS_') && name !== 'NODE_OPTIONS',
  );
  return { ...Object.fromEntries(inherited), ...settings };
}

/** Runs the exporter to its end, for arguments that do not start it. */
export function runExporter(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', env: cleanEnvironment(settings) });
}

/** The value of a series in exposition text. */
export function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** Waits until the broker sends the exporter what is published: `ready` is also one whose first attempt failed. */
export function subscribed(exporter: TestExporter): Promise<void> {
  return waitFor('the subscription', async () => (await exporter.value('valtronics_mqtt_connected')) === 1);
}

/** Starts the exporter and waits until it is `ready`, when each source has had its attempt, or at least `healthy`. */
export async function startExporter(
  settings: Readonly<Record<string, string>>,
  options: {
    readonly stateFolder?: string;
    readonly port?: number;
    readonly args?: readonly string[];
    readonly until?: 'ready' | 'healthy';
  } = {},
): Promise<TestExporter> {
  const port = options.port ?? (await freePort());
  const temporary = options.stateFolder === undefined ? temporaryFolder('state') : undefined;
  const stateFolder = options.stateFolder ?? temporary?.path ?? '';
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    command: process.execPath,
    args: [MAIN, ...(options.args ?? [])],
    port,
    env: cleanEnvironment({
      VALTRONICS_LISTEN: `127.0.0.1:${port}`,
      VALTRONICS_STATE_DIR: stateFolder,
      VALTRONICS_COLLECT_MIN_INTERVAL: '0s',
      ...settings,
    }),
    ready: () => answersOk(`${url}/-/${options.until ?? 'ready'}`),
  });
  const metrics = async (headers: Readonly<Record<string, string>> = {}): Promise<string> => {
    const response = await fetch(`${url}/metrics`, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`/metrics answered ${response.status}: ${text}`);
    return text;
  };
  return {
    ...server,
    url,
    stateFolder,
    metrics,
    value: async (series) => valueOf(await metrics(), series),
    stop: async (signal) => {
      await server.stop(signal);
      await temporary?.remove();
    },
  };
}
