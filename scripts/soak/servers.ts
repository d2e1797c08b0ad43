import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startMosquitto } from '../../exporter/test/support/mosquitto.ts';
import { startRedis } from '../../exporter/test/support/redis.ts';
import { freePort, type RunningServer } from '../../exporter/test/support/server.ts';
import { startAlertmanagerProcess } from '../test/support/alertmanager-process.ts';

/** A real server that can go away and come back on its port, with what it has on disk. */
export interface RestartableServer {
  readonly port: number;
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  start(): Promise<void>;
  /** `SIGSTOP` and `SIGCONT`. */
  signal(signal: NodeJS.Signals): void;
}

type Launch = () => Promise<Pick<RunningServer, 'stop'> & { readonly process: RunningServer['process'] }>;

async function restartable(port: number, launch: Launch): Promise<RestartableServer> {
  let server = await launch();
  return {
    port,
    stop: (signal) => server.stop(signal),
    async start() {
      server = await launch();
    },
    signal: (signal) => void server.process.kill(signal),
  };
}

/** mosquitto whose sessions and queues are on disk when it was told to stop, and without bounds. */
export async function startBroker(folder: string): Promise<RestartableServer> {
  const data = join(folder, 'mosquitto');
  mkdirSync(data, { recursive: true });
  const port = await freePort();
  // Without bounds for what is on its way, it acknowledges only what it has also written to its subscribers.
  const lines = ['persistence true', `persistence_location ${data}/`, 'max_inflight_messages 0'];
  return restartable(port, () => startMosquitto({ port, lines }));
}

export async function startRedisServer(): Promise<RestartableServer> {
  const redis = await startRedis();
  return {
    port: redis.port,
    stop: (signal) => redis.halt(signal),
    start: () => redis.resume(),
    signal: (signal) => redis.kill(signal),
  };
}

export async function startAlertmanagerServer(
  configFile: string,
  folder: string,
): Promise<RestartableServer> {
  const port = await freePort();
  const options = { configFile, storage: join(folder, 'alertmanager'), port };
  // Whom it told is written down each second, else a kill would have it tell again.
  const args = ['--data.maintenance-interval=1s'];
  return restartable(port, () => startAlertmanagerProcess({ ...options, args }));
}
