import { join } from 'node:path';
import { findProgram, NODE_EXPORTER, PROMETHEUS } from './programs.ts';
import { type Ports, requireFree } from './ports.ts';
import { nodeExporterCommand, prometheusCommand } from './prometheus.ts';
import { ROOT } from './run-folder.ts';
import { type Service, type ServiceCommand, startService, untilReady } from './service.ts';
import { exporterSettings, findReadyLine, type SimulatedPlatform } from './sources.ts';
import type { TableRow } from './table.ts';

/** One run of the stack: what it may use, and what it has started so far. */
export interface Run {
  readonly environment: NodeJS.ProcessEnv;
  readonly ports: Ports;
  readonly folder: string;
  readonly token: string;
  readonly services: Service[];
  readonly rows: TableRow[];
  /** Aborted when the run ends: nothing is started any more. */
  readonly stopping: AbortController;
}

async function launch(run: Run, command: ServiceCommand): Promise<Service> {
  run.stopping.signal.throwIfAborted();
  const service = startService(command);
  run.services.push(service);
  await untilReady(service, command.readyUrl);
  return service;
}

function nodeScript(
  run: Run,
  name: string,
  file: string,
  readyUrl: string,
  environment: NodeJS.ProcessEnv,
): ServiceCommand {
  return {
    name,
    command: process.execPath,
    args: [join(ROOT, file)],
    environment: { ...run.environment, ...environment },
    logFile: join(run.folder, 'logs', `${name}.log`),
    readyUrl,
  };
}

/** Starts the stand-in platform and returns the exporter's settings for it. */
export async function startSimulator(run: Run): Promise<NodeJS.ProcessEnv> {
  const { ports } = run;
  await requireFree(ports.simulatorApi, 'the simulated API', 'SIMULATOR_API_PORT');
  await requireFree(ports.simulatorMqtt, 'the simulated MQTT broker', 'SIMULATOR_MQTT_PORT');
  const service = await launch(
    run,
    nodeScript(
      run,
      'simulator',
      'simulator/src/main.ts',
      `http://127.0.0.1:${ports.simulatorApi}/api/v1/health/ping`,
      {
        SIMULATOR_API_PORT: String(ports.simulatorApi),
        SIMULATOR_MQTT_PORT: String(ports.simulatorMqtt),
        SIMULATOR_DATA_DIR: join(run.folder, 'simulator'),
        SIMULATOR_LOG_DIR: join(run.folder, 'simulator', 'logs'),
      },
    ),
  );
  let platform: SimulatedPlatform | undefined;
  while ((platform = findReadyLine(service.logFile)) === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  run.rows.push(
    {
      part: 'Valtronics API',
      state: 'runs',
      where: platform.apiUrl,
      note: 'simulated; break it: npm run simulator -- break',
    },
    { part: 'MQTT broker', state: 'runs', where: platform.mqttUrl, note: 'simulated' },
    platform.databaseUrl === null
      ? {
          part: 'PostgreSQL',
          state: 'missing',
          where: '',
          note: platform.databaseReason ?? 'could not start',
        }
      : {
          part: 'PostgreSQL',
          state: 'runs',
          where: new URL(platform.databaseUrl).host,
          note: 'simulated, a real server',
        },
  );
  return exporterSettings(platform);
}

/** Starts the exporter; it is the main job, so its failure is the run's. */
export async function startExporter(run: Run, sources: NodeJS.ProcessEnv): Promise<void> {
  const base = `http://127.0.0.1:${run.ports.exporter}`;
  await launch(
    run,
    nodeScript(run, 'exporter', 'exporter/src/main.ts', `${base}/-/healthy`, {
      VALTRONICS_LISTEN: run.environment['VALTRONICS_LISTEN'] || `127.0.0.1:${run.ports.exporter}`,
      VALTRONICS_STATE_DIR: run.environment['VALTRONICS_STATE_DIR'] || join(run.folder, 'exporter'),
      VALTRONICS_TOKEN: run.token,
      ...sources,
    }),
  );
  run.rows.unshift({ part: 'Exporter', state: 'runs', where: base, note: `metrics: ${base}/metrics` });
}

/** Starts node-exporter and Prometheus where they are installed. */
export async function startPrometheus(run: Run): Promise<void> {
  const { environment, ports, rows } = run;
  const nodeExporter = findProgram(NODE_EXPORTER, environment);
  if (nodeExporter === undefined) {
    rows.push({ part: NODE_EXPORTER.name, state: 'missing', where: '', note: NODE_EXPORTER.hint });
  } else {
    await requireFree(ports.nodeExporter, NODE_EXPORTER.name, 'NODE_EXPORTER_PORT');
    const command = nodeExporterCommand(nodeExporter, run.folder, ports);
    await launch(run, command);
    rows.push({
      part: NODE_EXPORTER.name,
      state: 'runs',
      where: command.readyUrl,
      note: 'metrics of this machine',
    });
  }
  const prometheus = findProgram(PROMETHEUS, environment);
  if (prometheus === undefined) {
    rows.push({ part: PROMETHEUS.name, state: 'missing', where: '', note: PROMETHEUS.hint });
    return;
  }
  await requireFree(ports.prometheus, PROMETHEUS.name, 'PROMETHEUS_PORT');
  await launch(
    run,
    prometheusCommand(prometheus, run.folder, ports, { nodeExporter: nodeExporter !== undefined }),
  );
  rows.push({
    part: PROMETHEUS.name,
    state: 'runs',
    where: `http://127.0.0.1:${ports.prometheus}`,
    note: 'targets: /targets, rules: /alerts',
  });
}
