import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from '../../exporter/test/support/exporter.ts';
import { freePort, waitFor } from '../../exporter/test/support/server.ts';
import { startSimulatorProcess } from '../../simulator/test/support/simulator-process.ts';
import { EXPORTER_ENVIRONMENT } from '../start/exporter-environment.ts';
import { gatewaySettings, gatewayUrl } from '../start/gateway-settings.ts';
import type { Ports } from '../start/ports.ts';
import { findProgram, PROMETHEUS } from '../start/programs.ts';
import { prometheusCommand } from '../start/prometheus.ts';
import { ROOT, runToken } from '../start/run-folder.ts';
import { startService, stopService, untilReady } from '../start/service.ts';
import { exporterSettings } from '../start/sources.ts';
import { type AlertRecorder, startAlertRecorder } from './alert-recorder.ts';
import { writeAlertmanagerConfig } from './alertmanager-routes.ts';
import { createExporterClock, type ExporterClock } from './clock.ts';
import { type DeviceBridge, startDeviceBridge } from './device-bridge.ts';
import { createExporterProcess, type ExporterProcess } from './exporter-process.ts';
import { FAULTS, type Linked, type Server } from './faults.ts';
import { type Link, openLink } from './link.ts';
import { type CountingLogStore, startCountingLogStore } from './log-store.ts';
import { type RestartableServer, startAlertmanagerServer, startBroker, startRedisServer } from './servers.ts';
import { parseSamples } from './samples.ts';
import { openSimulatorControl, type SimulatorControl } from './simulator-control.ts';
import { openStateDisk, type StateDisk } from './state-disk.ts';
import { type CountingTraceCollector, startCountingTraceCollector } from './trace-collector.ts';
import { startWitnessAlerts, type WitnessAlerts } from './witness-alerts.ts';
import { startWitnessLog, type WitnessLog } from './witness-log.ts';

/** Everything that a soak runs, with what breaks it. */
export interface Stack {
  readonly folder: string;
  readonly exporter: ExporterProcess;
  readonly prometheusUrl: string;
  readonly token: string;
  readonly links: Readonly<Record<Linked, Link>>;
  readonly servers: Readonly<Record<Server, RestartableServer>>;
  readonly simulator: SimulatorControl;
  readonly logStore: CountingLogStore;
  readonly traces: CountingTraceCollector;
  readonly recorder: AlertRecorder;
  readonly bridge: DeviceBridge;
  readonly witnessLog: WitnessLog;
  readonly witnessAlerts: WitnessAlerts;
  readonly disk: StateDisk;
  readonly clock: ExporterClock;
  /** Stops everything that was started, in the opposite order. */
  stop(): Promise<void>;
}

async function freePorts(): Promise<Ports> {
  return {
    exporter: await freePort(),
    gateway: await freePort(),
    gatewayAdmin: await freePort(),
    prometheus: await freePort(),
    alertmanager: await freePort(),
    nodeExporter: await freePort(),
    grafana: await freePort(),
    jaeger: await freePort(),
    otlp: await freePort(),
    simulatorApi: await freePort(),
    simulatorMqtt: await freePort(),
  };
}

/** The URL with another port. */
function through(url: string, { port }: Link): string {
  const placed = new URL(url);
  placed.port = String(port);
  return placed.href.replace(/\/$/, '');
}

/** Whether the exporter's subscription to the devices' messages stands. */
async function hearsDevices(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/metrics?collect[]=mqtt`);
  return parseSamples(await answer.text()).value('valtronics_mqtt_connected') === 1;
}

/** Starts all parts. What was started is stopped when one of them cannot start. */
export async function startStack(devices: number, seed: number, say: (text: string) => void): Promise<Stack> {
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const started = <T>(part: T, end: (part: T) => unknown): T => {
    undo.push(() => end(part));
    return part;
  };
  const linkTo = async (port: number): Promise<Link> => started(await openLink(port), (link) => link.stop());

  const prometheus = findProgram(PROMETHEUS, process.env);
  if (prometheus === undefined) throw new Error(`Prometheus is not installed: ${PROMETHEUS.hint}`);
  const folder = join(ROOT, '.run', 'soak');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'logs'), { recursive: true });
  try {
    const ports = await freePorts();
    const { token, file: tokenFile } = runToken(folder, {});
    const exporterUrl = `http://127.0.0.1:${ports.exporter}`;
    const disk = started(openStateDisk(folder), (part) => part.remove());
    const clock = createExporterClock(folder);

    say(`a platform of ${devices} devices …`);
    const simulator = await startSimulatorProcess(join(folder, 'simulator'), {
      SIMULATOR_API_PORT: String(ports.simulatorApi),
      SIMULATOR_DEVICES: String(devices),
      SIMULATOR_SEED: String(seed),
      SIMULATOR_TRAFFIC_URL: gatewayUrl({ ports }),
    });
    undo.push(() => simulator.end('SIGTERM'));
    const { ready } = simulator;
    if (ready.databaseUrl === null) throw new Error(`no database: ${ready.databaseReason ?? ''}`);

    say('broker, Redis, Alertmanager, Prometheus, a log store and a collector of traces …');
    const recorder = started(await startAlertRecorder(), (part) => part.stop());
    const recorded = [...new Set(FAULTS.flatMap(({ alerts }) => alerts))];
    const alertmanagerConfig = writeAlertmanagerConfig(folder, {
      ...{ exporterUrl, tokenFile, recorderUrl: recorder.url, recorded },
    });
    const end = (server: RestartableServer): Promise<void> => {
      server.signal('SIGCONT');
      return server.stop('SIGTERM');
    };
    const servers = {
      broker: started(await startBroker(folder), end),
      redis: started(await startRedisServer(), end),
      alertmanager: started(await startAlertmanagerServer(alertmanagerConfig, folder), end),
    };
    const logStore = started(await startCountingLogStore(), (part) => part.stop());
    const traces = started(await startCountingTraceCollector(), (part) => part.stop());
    const links = {
      api: await linkTo(ports.simulatorApi),
      broker: await linkTo(servers.broker.port),
      database: await linkTo(Number(new URL(ready.databaseUrl).port)),
      redis: await linkTo(servers.redis.port),
      'log-store': await linkTo(logStore.port),
      traces: await linkTo(traces.port),
      alertmanager: await linkTo(servers.alertmanager.port),
    };
    const local = (link: Link, scheme = 'http'): string => `${scheme}://127.0.0.1:${link.port}`;

    const witnessLog = started(startWitnessLog(join(folder, 'witness')), (part) => part.end());
    const sources = exporterSettings({ ...ready, mqttUrl: local(links.broker, 'mqtt') });
    const exporter = createExporterProcess({
      port: ports.exporter,
      logs: join(folder, 'logs'),
      environment: cleanEnvironment({
        ...EXPORTER_ENVIRONMENT,
        ...clock.environment,
        ...sources,
        ...gatewaySettings({ environment: {}, ports, folder }, through(ready.apiUrl, links.api)),
        VALTRONICS_DATABASE_URL: through(ready.databaseUrl, links.database),
        VALTRONICS_REDIS_URL: local(links.redis, 'redis'),
        VALTRONICS_ELASTICSEARCH_URL: local(links['log-store']),
        VALTRONICS_ALERTMANAGER_URL: local(links.alertmanager),
        OTEL_EXPORTER_OTLP_ENDPOINT: local(links.traces),
        VALTRONICS_LOG_SOURCES: `${sources['VALTRONICS_LOG_SOURCES'] ?? ''},soak=${witnessLog.pattern}`,
        VALTRONICS_LISTEN: `127.0.0.1:${ports.exporter}`,
        VALTRONICS_STATE_DIR: join(disk.path, 'exporter'),
        VALTRONICS_TOKEN: token,
      }),
    });
    undo.push(() => exporter.stop());
    say('the exporter …');
    await exporter.start();

    const command = prometheusCommand(
      prometheus,
      folder,
      { ...ports, alertmanager: links.alertmanager.port },
      { nodeExporter: false, alertmanager: true, engine: 'prometheus' },
    );
    const service = started(startService(command), stopService);
    await untilReady(service, command.readyUrl);

    // Before it has subscribed, the broker keeps nothing for it.
    await waitFor('the exporter to hear the devices', () => hearsDevices(exporter.url));
    const bridge = started(
      await startDeviceBridge(ready.mqttUrl, `mqtt://127.0.0.1:${servers.broker.port}`),
      (part) => part.stop(),
    );
    const witnessAlerts = started(startWitnessAlerts(exporter.url, token), (part) => part.abandon());
    return {
      ...{ folder, exporter, token, links, servers, logStore, traces, recorder, bridge, witnessLog },
      ...{ witnessAlerts, disk, clock, stop },
      prometheusUrl: `http://127.0.0.1:${ports.prometheus}`,
      simulator: openSimulatorControl(ready.apiUrl),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
