import { join } from 'node:path';
import { startExporter } from '../../../exporter/test/support/exporter.ts';
import { startPostgres } from '../../../exporter/test/support/postgres.ts';
import {
  ALERTMANAGER,
  NODE_EXPORTER,
  POSTGRES,
  POSTGRES_EXPORTER,
  PROMETHEUS,
  REDIS,
  REDIS_EXPORTER,
  type Requirement,
} from '../../../exporter/test/support/programs.ts';
import { startRedis } from '../../../exporter/test/support/redis.ts';
import {
  answersOk,
  findExecutable,
  freePort,
  startServer,
  temporaryFolder,
} from '../../../exporter/test/support/server.ts';
import { startQuietAlertmanager } from '../../../exporter/test/support/alertmanager.ts';
import { ruleFiles } from '../../generate/prometheus-rules.ts';
import { copyConfig } from './prometheus.ts';

/** A part that runs, with the address that Prometheus scrapes. */
export interface RunningPeer {
  /** `host:port`. */
  readonly target: string;
  readonly stop: () => Promise<void>;
}

/** An exporter that is not ours, or the part of ours that a library brings, as it really is. */
export interface Peer {
  /** Its list in `scripts/queries/peers`. */
  readonly name: string;
  readonly needs: readonly Requirement[];
  start(): Promise<RunningPeer>;
}

/** Ends everything, the newest first. */
async function stopAll(parts: readonly { readonly stop: () => Promise<void> }[]): Promise<void> {
  for (const { stop } of parts.toReversed()) await stop();
}

/** Starts a program of which only `/metrics` is asked; `port` stands for its own in the arguments. */
async function startScraped(
  needs: Requirement,
  args: (port: number) => readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningPeer> {
  const port = await freePort();
  const server = await startServer({
    command: findExecutable(needs.names) ?? '',
    args: args(port),
    port,
    env: { ...process.env, ...env },
    ready: () => answersOk(`http://127.0.0.1:${port}/metrics`),
  });
  return { target: `127.0.0.1:${port}`, stop: () => server.stop() };
}

/** Debian's node_exporter. */
export function startNodeExporter(): Promise<RunningPeer> {
  return startScraped(NODE_EXPORTER, (port) => [`--web.listen-address=127.0.0.1:${port}`]);
}

/** Debian's postgres_exporter for the database. */
export function startPostgresExporter(url: string): Promise<RunningPeer> {
  return startScraped(POSTGRES_EXPORTER, (port) => [`--web.listen-address=127.0.0.1:${port}`], {
    DATA_SOURCE_NAME: `${url}?sslmode=disable`,
  });
}

/** Debian's redis_exporter for the server. */
export function startRedisExporter(url: string): Promise<RunningPeer> {
  return startScraped(REDIS_EXPORTER, (port) => [
    `--web.listen-address=127.0.0.1:${port}`,
    `--redis.addr=${url}`,
  ]);
}

/** A Prometheus with our configuration and rules that watches itself and tells an Alertmanager. */
async function startOurPrometheus(): Promise<RunningPeer> {
  const config = copyConfig();
  const [port, alertmanagerPort] = [await freePort(), await freePort()];
  const alertmanager = await startQuietAlertmanager(config.path, alertmanagerPort);
  config.target('prometheus', `127.0.0.1:${port}`);
  config.target('alertmanager', `127.0.0.1:${alertmanagerPort}`);
  for (const file of ['prometheus.yml', ...ruleFiles()])
    if (/interval: (?:1m|1[05]s)/.test(config.read(file)))
      config.edit(file, /interval: (?:1m|1[05]s)/g, 'interval: 1s');
  config.edit('prometheus.yml', /timeout: 10s/g, 'timeout: 1s');
  const server = await startServer({
    command: findExecutable(PROMETHEUS.names) ?? '',
    args: [
      `--config.file=${join(config.path, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(config.path, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    port,
    ready: async () => {
      const text = await metricsOf(`127.0.0.1:${port}`).catch(() => '');
      // Once it has found the Alertmanager and evaluated a group, the series of both are there.
      return (
        text.includes('prometheus_notifications_sent_total{') &&
        text.includes('_rule_group_last_evaluation_samples{')
      );
    },
  });
  return {
    target: `127.0.0.1:${port}`,
    stop: () => stopAll([{ stop: config.remove }, alertmanager, server]),
  };
}

/** What the address serves on `/metrics`, as text. */
export async function metricsOf(target: string): Promise<string> {
  const answer = await fetch(`http://${target}/metrics`);
  if (!answer.ok) throw new Error(`${target} answered ${answer.status}`);
  return answer.text();
}

/** The peers that can run here, each with what it watches. */
export const PEERS: readonly Peer[] = [
  {
    name: 'alertmanager',
    needs: [ALERTMANAGER],
    start: async () => {
      const folder = temporaryFolder('peer');
      const port = await freePort();
      const server = await startQuietAlertmanager(folder.path, port);
      return { target: `127.0.0.1:${port}`, stop: () => stopAll([{ stop: folder.remove }, server]) };
    },
  },
  { name: 'node-exporter', needs: [NODE_EXPORTER], start: startNodeExporter },
  {
    name: 'postgres-exporter',
    needs: [POSTGRES, POSTGRES_EXPORTER],
    start: async () => {
      const postgres = await startPostgres();
      const exporter = await startPostgresExporter(postgres.url());
      return { target: exporter.target, stop: () => stopAll([postgres, exporter]) };
    },
  },
  { name: 'prometheus', needs: [PROMETHEUS, ALERTMANAGER], start: startOurPrometheus },
  {
    name: 'redis-exporter',
    needs: [REDIS, REDIS_EXPORTER],
    start: async () => {
      const redis = await startRedis();
      const exporter = await startRedisExporter(redis.url);
      return { target: exporter.target, stop: () => stopAll([redis, exporter]) };
    },
  },
  {
    // What prom-client adds to our own metrics.
    name: 'node-process',
    needs: [],
    start: async () => {
      const exporter = await startExporter({}, { until: 'healthy' });
      return { target: `127.0.0.1:${exporter.port}`, stop: () => exporter.stop() };
    },
  },
];

/**
 * The series of an exposition in text format as lines of a peer's list, sorted, without those of the names. Samples may
 * bring their own time, as cAdvisor's do.
 */
export function peerLines(text: string, except: ReadonlySet<string> = new Set()): string[] {
  const types = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
  const labels = new Map<string, Set<string>>();
  for (const [, name = '', list = ''] of text.matchAll(
    /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? [^ ]+(?: \d+)?$/gm,
  )) {
    const known = labels.get(name) ?? new Set();
    for (const [, label = ''] of list.matchAll(/(?:^|,)(\w+)="(?:[^"\\]|\\.)*"/g)) known.add(label);
    labels.set(name, known);
  }
  return [...labels]
    .filter(([name]) => !except.has(name))
    .map(([name, known]) => {
      const family = name.replace(/_(?:bucket|sum|count)$/, '');
      // Sums and counts of histograms and summaries only rise.
      const type = types.get(name) ?? (name !== family && types.has(family) ? 'counter' : 'gauge');
      return `${type === 'summary' ? 'gauge' : type} ${name}{${[...known].sort().join(',')}}`;
    })
    .sort((a, b) => (a.slice(a.indexOf(' ')) < b.slice(b.indexOf(' ')) ? -1 : 1));
}
