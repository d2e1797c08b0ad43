import { join } from 'node:path';
import { launch, type Run } from './run.ts';
import { ROOT } from './run-folder.ts';
import type { ServiceCommand } from './service.ts';
import { exporterSettings, findReadyLine, type SimulatedPlatform } from './sources.ts';

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
