import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The simulator's settings; every one is an environment variable. */
export interface Settings {
  /** Address that REST API and broker listen on. */
  readonly host: string;
  readonly apiPort: number;
  readonly mqttPort: number;
  /** 0: any free port. */
  readonly postgresPort: number;
  readonly devices: number;
  readonly seed: number;
  /** Absolute. */
  readonly logDir: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly speed: number;
  readonly maxPointsPerSecond: number;
  /** Where its clients ask, e.g. a gateway in front of it; undefined: the API itself. */
  readonly trafficUrl: string | undefined;
  /** `auto`, `off` or the URL of an empty database. */
  readonly postgres: string;
}

/** A value that is not allowed: names the variable, the value and what is allowed. */
export class SettingsError extends Error {}

const whole = (low: number, high: number, fallback: number): z.ZodType<number> =>
  z.coerce.number().int().min(low).max(high).default(fallback);

const DEFAULT_API_PORT = 8000;

const schema = z.object({
  SIMULATOR_HOST: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  SIMULATOR_API_PORT: whole(0, 65_535, DEFAULT_API_PORT),
  SIMULATOR_MQTT_PORT: whole(0, 65_535, 1883),
  SIMULATOR_POSTGRES_PORT: whole(0, 65_535, 0),
  SIMULATOR_DEVICES: whole(20, 20_000, 50),
  SIMULATOR_SEED: whole(0, 0xffff_ffff, 1),
  SIMULATOR_LOG_DIR: z.string().optional(),
  SIMULATOR_DATA_DIR: z.string().optional(),
  SIMULATOR_SPEED: z.coerce.number().min(0.1).max(60).default(1),
  SIMULATOR_POINTS_PER_SECOND: whole(10, 20_000, 1500),
  SIMULATOR_TRAFFIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SIMULATOR_POSTGRES: z
    .union([z.enum(['auto', 'off']), z.url({ protocol: /^postgres(ql)?$/ })])
    .default('auto'),
});

/** What each variable accepts, for the error line and for people. */
export const ALLOWED: Readonly<Record<keyof z.output<typeof schema>, string>> = {
  SIMULATOR_HOST: 'an IP address',
  SIMULATOR_API_PORT: 'a port, 0 for any free one',
  SIMULATOR_MQTT_PORT: 'a port, 0 for any free one',
  SIMULATOR_POSTGRES_PORT: 'a port, 0 for any free one',
  SIMULATOR_DEVICES: 'a whole number from 20 to 20000',
  SIMULATOR_SEED: 'a whole number from 0 to 4294967295',
  SIMULATOR_LOG_DIR: 'a folder',
  SIMULATOR_DATA_DIR: 'a folder',
  SIMULATOR_SPEED: 'a number from 0.1 to 60',
  SIMULATOR_POINTS_PER_SECOND: 'a whole number from 10 to 20000',
  SIMULATOR_TRAFFIC_URL: 'a URL beginning with http:// or https://',
  SIMULATOR_POSTGRES: 'auto, off or a postgresql:// URL',
};

/** A value for people: a URL loses its password. */
function shown(value: string): string {
  return value.replace(/:\/\/[^@/]*@/, '://***@');
}

/**
 * Reads the settings; an empty variable counts as unset.
 * @throws SettingsError with one line for the first bad value
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name.startsWith('SIMULATOR_') && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const name = z.enum(Object.keys(ALLOWED)).safeParse(String(parsed.error.issues[0]?.path[0])).data ?? '';
    const allowed = Object.entries(ALLOWED).find(([key]) => key === name)?.[1] ?? '';
    throw new SettingsError(`${name} is "${shown(given[name] ?? '')}"; allowed: ${allowed}`);
  }
  const values = parsed.data;
  const apiPort = values.SIMULATOR_API_PORT;
  // Two simulators with different ports do not meet: the folder follows the port.
  const folder = apiPort === DEFAULT_API_PORT ? 'simulator' : `simulator-${apiPort}`;
  const dataDir = resolve(values.SIMULATOR_DATA_DIR ?? join('.run', folder));
  return {
    host: values.SIMULATOR_HOST,
    apiPort,
    mqttPort: values.SIMULATOR_MQTT_PORT,
    postgresPort: values.SIMULATOR_POSTGRES_PORT,
    devices: values.SIMULATOR_DEVICES,
    seed: values.SIMULATOR_SEED,
    logDir: resolve(values.SIMULATOR_LOG_DIR ?? join(dataDir, 'logs')),
    dataDir,
    speed: values.SIMULATOR_SPEED,
    maxPointsPerSecond: values.SIMULATOR_POINTS_PER_SECOND,
    trafficUrl: values.SIMULATOR_TRAFFIC_URL,
    postgres: values.SIMULATOR_POSTGRES,
  };
}
