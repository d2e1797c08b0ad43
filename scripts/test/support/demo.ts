import { join } from 'node:path';
import { startQuietAlertmanager } from '../../../exporter/test/support/alertmanager.ts';
import { cleanEnvironment, startExporter } from '../../../exporter/test/support/exporter.ts';
import { PROMETHEUS } from '../../../exporter/test/support/programs.ts';
import { startRedis } from '../../../exporter/test/support/redis.ts';
import {
  answersOk,
  findExecutable,
  freePort,
  startServer,
  temporaryFolder,
  waitFor,
} from '../../../exporter/test/support/server.ts';
import { ruleFiles } from '../../generate/prometheus-rules.ts';
import { ROOT } from '../../root.ts';
import { exporterSettings, readyLineIn } from '../../start/sources.ts';
import { startNodeExporter, startPostgresExporter, startRedisExporter } from './peers.ts';
import { copyConfig } from './prometheus.ts';

/** The simulated platform, watched by the exporter, Debian's exporters and a Prometheus with our rules. */
export interface Demo {
  /** The address of Prometheus. */
  readonly prometheus: string;
  readonly stop: () => Promise<void>;
}

/** Seconds between scrapes, and between evaluations of rules. */
export const DEMO_INTERVAL = 3;

interface Stoppable {
  readonly stop: () => Promise<void>;
}

/** Starts all of it, and stops what it started when a part of it does not start. */
export async function startDemo(): Promise<Demo> {
  const parts: Stoppable[] = [];
  const stop = async (): Promise<void> => {
    for (const part of parts.splice(0).reverse()) await part.stop();
  };
  const keep = <T extends Stoppable>(part: T): T => {
    parts.push(part);
    return part;
  };
  try {
    return { prometheus: await startParts(keep), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSimulator(folder: string, trafficUrl: string) {
  const [port, mqttPort] = [await freePort(), await freePort()];
  return startServer({
    command: process.execPath,
    args: [join(ROOT, 'simulator', 'src', 'main.ts')],
    port,
    env: cleanEnvironment({
      SIMULATOR_API_PORT: String(port),
      SIMULATOR_MQTT_PORT: String(mqttPort),
      SIMULATOR_DATA_DIR: join(folder, 'simulator'),
      SIMULATOR_LOG_DIR: join(folder, 'simulator', 'logs'),
      SIMULATOR_TRAFFIC_URL: trafficUrl,
    }),
    ready: () => answersOk(`http://127.0.0.1:${port}/api/v1/health/ping`),
  });
}

/** Starts the parts in order and returns the address of Prometheus. */
async function startParts(keep: <T extends Stoppable>(part: T) => T): Promise<string> {
  const folder = temporaryFolder('demo');
  keep({ stop: folder.remove });
  const config = copyConfig();
  keep({ stop: config.remove });
  const [gatewayPort, alertmanagerPort, prometheusPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const gateway = `http://127.0.0.1:${gatewayPort}`;
  const simulator = keep(await startSimulator(folder.path, gateway));
  // Its API answers before the rest has started.
  await waitFor('the simulator names its parts', () => readyLineIn(simulator.output()) !== undefined);
  const platform = readyLineIn(simulator.output());
  if (platform === undefined) throw new Error(simulator.output());
  const redis = keep(await startRedis());
  keep(await startQuietAlertmanager(folder.path, alertmanagerPort));
  const alertmanager = `127.0.0.1:${alertmanagerPort}`;
  const settings = exporterSettings(platform);
  const exporter = keep(
    await startExporter({
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value ?? ''])),
      VALTRONICS_REDIS_URL: redis.url,
      VALTRONICS_ALERTMANAGER_URL: `http://${alertmanager}`,
      VALTRONICS_TRACES_BUFFER: '100',
      VALTRONICS_API_URL: gateway,
      VALTRONICS_API_REQUESTS_SOURCE: 'gateway',
      VALTRONICS_GATEWAY_LISTEN: `127.0.0.1:${gatewayPort}`,
      VALTRONICS_GATEWAY_UPSTREAM: platform.apiUrl,
    }),
  );
  config.target('prometheus', `127.0.0.1:${prometheusPort}`);
  config.target('alertmanager', alertmanager);
  config.target('valtronics-api', `127.0.0.1:${exporter.port}`);
  config.target('node-exporter', keep(await startNodeExporter()).target);
  config.target('redis-exporter', keep(await startRedisExporter(redis.url)).target);
  if (platform.databaseUrl !== null)
    config.target('postgres-exporter', keep(await startPostgresExporter(platform.databaseUrl)).target);
  for (const file of ['prometheus.yml', ...ruleFiles()])
    if (/interval: (?:1m|1[05]s)/.test(config.read(file)))
      config.edit(file, /interval: (?:1m|1[05]s)/g, `interval: ${DEMO_INTERVAL}s`);
  config.edit('prometheus.yml', /timeout: 10s/g, `timeout: ${DEMO_INTERVAL}s`);
  keep(
    await startServer({
      command: findExecutable(PROMETHEUS.names) ?? '',
      args: [
        `--config.file=${join(config.path, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(config.path, 'data')}`,
        `--web.listen-address=127.0.0.1:${prometheusPort}`,
      ],
      port: prometheusPort,
      ready: () => answersOk(`http://127.0.0.1:${prometheusPort}/-/ready`),
    }),
  );
  return `http://127.0.0.1:${prometheusPort}`;
}
