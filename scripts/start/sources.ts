import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { z } from 'zod';

/** Variables that name a source of the platform: any of them turns the simulator off. */
const SOURCE_VARIABLES = [
  'API_URL',
  'MQTT_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'LOG_PATHS',
  'LOG_SOURCES',
].flatMap((name) => [`VALTRONICS_${name}`, `VALTRONICS_${name}_FILE`]);

/** True when the user points the exporter at a platform of their own, by a source or a settings file. */
export function hasOwnSources(environment: NodeJS.ProcessEnv): boolean {
  return [...SOURCE_VARIABLES, 'VALTRONICS_CONFIG_FILE'].some((name) => Boolean(environment[name]));
}

const readyLine = z.object({
  ready: z.object({
    apiUrl: z.string(),
    mqttUrl: z.string(),
    databaseUrl: z.string().nullable(),
    databaseReason: z.string().nullish(),
    accessLog: z.string(),
    serviceLogs: z.array(z.string()),
  }),
});

/** Where the simulated platform is, as its ready line says. */
export type SimulatedPlatform = z.output<typeof readyLine>['ready'];

/** The ready line in the simulator's output, or undefined when it is not there yet. */
export function findReadyLine(logFile: string): SimulatedPlatform | undefined {
  return readyLineIn(readFileSync(logFile, 'utf8'));
}

/** The same in what it printed so far. */
export function readyLineIn(output: string): SimulatedPlatform | undefined {
  const line = output
    .split('\n')
    .slice(0, -1)
    .find((text) => text.startsWith('{"ready"'));
  return line === undefined ? undefined : readyLine.parse(JSON.parse(line)).ready;
}

/** A service is called after its file, but for the backend, whose access log has that name, too. */
function logSource(path: string): string {
  const name = basename(path, extname(path));
  return `${name === 'backend' ? 'valtronics-api' : name}=${path}`;
}

/** The settings that point the exporter at the simulated platform. */
export function exporterSettings(platform: SimulatedPlatform): NodeJS.ProcessEnv {
  return {
    VALTRONICS_API_URL: platform.apiUrl,
    VALTRONICS_MQTT_URL: platform.mqttUrl,
    VALTRONICS_LOG_PATHS: platform.accessLog,
    VALTRONICS_LOG_SOURCES: platform.serviceLogs.map(logSource).join(','),
    ...(platform.databaseUrl === null ? {} : { VALTRONICS_DATABASE_URL: platform.databaseUrl }),
  };
}
