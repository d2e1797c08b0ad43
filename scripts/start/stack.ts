import { join } from 'node:path';
import { alertingSettings } from './alerting-settings.ts';
import { EXPORTER_ENVIRONMENT } from './exporter-environment.ts';
import { bufferSettings, gatewaySettings, gatewayUrl } from './gateway-settings.ts';
import type { Installed } from './installed.ts';
import { launch, type Run } from './run.ts';
import { ruleSettings } from './rule-settings.ts';
import { ROOT } from './run-folder.ts';
import type { ServiceCommand } from './service.ts';
import { exporterSettings, findReadyLine, type SimulatedPlatform } from './sources.ts';

const DEFAULT_API_PORT = 8000;

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

/** How to break something in the simulator on the port. */
export function breakCommand(port: number): string {
  return `${port === DEFAULT_API_PORT ? '' : `SIMULATOR_API_PORT=${port} `}npm run simulator -- break --devices 5`;
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
        SIMULATOR_TRAFFIC_URL: gatewayUrl(run),
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
      note: `simulated; break it: ${breakCommand(ports.simulatorApi)}`,
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
  return { ...exporterSettings(platform), ...gatewaySettings(run, platform.apiUrl) };
}

/** Starts the exporter; it is the main job, so its failure is the run's. */
export async function startExporter(
  run: Run,
  installed: Installed,
  sources: NodeJS.ProcessEnv,
): Promise<void> {
  const base = `http://127.0.0.1:${run.ports.exporter}`;
  const rules = ruleSettings(run, installed);
  await launch(
    run,
    nodeScript(run, 'exporter', 'exporter/src/main.ts', `${base}/-/healthy`, {
      ...EXPORTER_ENVIRONMENT,
      ...run.environment,
      VALTRONICS_LISTEN: run.environment['VALTRONICS_LISTEN'] || `127.0.0.1:${run.ports.exporter}`,
      VALTRONICS_STATE_DIR: run.environment['VALTRONICS_STATE_DIR'] || join(run.folder, 'exporter'),
      VALTRONICS_TOKEN: run.token,
      ...alertingSettings(run, installed),
      ...rules,
      ...bufferSettings(run),
      ...sources,
    }),
  );
  const gateway = {
    part: 'Gateway',
    state: 'runs',
    where: gatewayUrl(run),
    note: 'in front of the API, in the exporter’s process',
  } as const;
  run.rows.unshift(
    { part: 'Exporter', state: 'runs', where: base, note: `metrics: ${base}/metrics` },
    ...(sources['VALTRONICS_GATEWAY_LISTEN'] === undefined ? [] : [gateway]),
  );
  if (rules.VALTRONICS_RULES_FILES !== undefined)
    run.rows.push({
      part: 'Rules',
      state: 'runs',
      where: `${base}/api/v1/alerts/rules`,
      note: 'evaluated by the exporter, as there is no Prometheus',
    });
}
