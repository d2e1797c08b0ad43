import { type Breaker, createBreaker } from './control/breaker.ts';
import { controlRoutes } from './control/control-routes.ts';
import { createFaults } from './control/faults.ts';
import { createFleetClock, now } from './clock.ts';
import type { Settings } from './config/settings.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { type Database, openDatabase } from './database/database.ts';
import { startFleet } from './fleet-runner.ts';
import { createBackendLog } from './logs/backend-log.ts';
import { createFleetLog } from './logs/fleet-log.ts';
import { openLogFiles } from './logs/log-files.ts';
import { createFleetModel } from './model/fleet-model.ts';
import { startBroker } from './mqtt/broker.ts';
import { createBrokerLog } from './mqtt/broker-log.ts';
import { messagesOf } from './mqtt/topics.ts';
import { createFleetWriter } from './platform/fleet-writer.ts';
import { createMqttHandler } from './platform/mqtt-handler.ts';
import { createPlatform, defaultRules } from './platform/platform.ts';
import { registerFleet } from './platform/register-fleet.ts';
import { nowhere } from './platform/rows.ts';
import { startApiServer } from './rest/api-server.ts';
import { apiRoutes } from './rest/api-routes.ts';
import { PortTakenError, requirePort } from './required-port.ts';
import { startApiTraffic } from './traffic/api-traffic.ts';

/** What runs where; printed as the one line on stdout. */
export interface Ready {
  readonly apiUrl: string;
  readonly mqttUrl: string;
  /** Null when the platform runs without PostgreSQL; then `databaseReason` says why. */
  readonly databaseUrl: string | null;
  readonly databaseSource: string | null;
  readonly databaseReason: string | null;
  readonly accessLog: string;
  readonly serviceLogs: readonly string[];
  readonly devices: number;
  readonly seed: number;
  readonly pid: number;
}

export interface RunningSimulator {
  readonly ready: Ready;
  readonly breaker: Breaker;
  stop(): Promise<void>;
}

/** A longer pause (milliseconds) means that the machine slept. */
const MAX_CLOCK_STEP = 10_000;

/** How psycopg2 says that the server is gone. */
const DATABASE_DOWN = [
  'unhealthy: (psycopg2.OperationalError) connection to server at "127.0.0.1", port 5432 failed: Connection refused',
  '\tIs the server running on that host and accepting TCP/IP connections?',
  '',
  '(Background on this error at: https://sqlalche.me/e/20/e3q8)',
].join('\n');

/** Undoes what was started, last first; every step is tried, and the errors are thrown together at the end. */
async function undo(steps: readonly (() => void | Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of [...steps].reverse()) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some parts could not be stopped');
}

/**
 * Starts the whole stand-in platform.
 * @param say takes lines for people
 * @throws PortTakenError, or an Error when a part cannot be started; what was started is stopped again
 */
export async function startSimulator(
  settings: Settings,
  say: (line: string) => void,
): Promise<RunningSimulator> {
  const steps: (() => void | Promise<void>)[] = [];
  const started = <T>(part: T, stop: () => void | Promise<void>): T => {
    steps.push(stop);
    return part;
  };
  try {
    return await start(settings, say, started, () => undo(steps));
  } catch (error) {
    await undo(steps);
    throw error;
  }
}

async function start(
  settings: Settings,
  say: (line: string) => void,
  started: <T>(part: T, stop: () => void | Promise<void>) => T,
  stop: () => Promise<void>,
): Promise<RunningSimulator> {
  await requirePort('SIMULATOR_API_PORT', settings.apiPort);
  await requirePort('SIMULATOR_MQTT_PORT', settings.mqttPort);
  await requirePort('SIMULATOR_POSTGRES_PORT', settings.postgresPort);
  const lock = lockDataFolder(settings.dataDir);
  started(lock, () => lock.release());
  const logs = openLogFiles(settings.logDir);
  started(logs, () => logs.close());
  const { backend, mosquitto, postgres, fleet: fleetFile, simulator: simulatorFile } = logs.services;
  const backendLog = createBackendLog((line) => backend.line(line));

  const startTime = Math.floor(now());
  const rules = defaultRules(startTime);
  let databaseReason: string | null = null;
  let database: Database | undefined;
  if (settings.postgres === 'off') databaseReason = 'SIMULATOR_POSTGRES is off';
  else {
    try {
      database = await openDatabase({
        postgres: settings.postgres,
        port: settings.postgresPort,
        dataDir: settings.dataDir,
        rules,
        onLog: (line) => postgres.line(line),
        onTrouble: say,
      });
      const opened = database;
      started(opened, () => opened.stop());
    } catch (error) {
      // A database that was asked for by its URL has to work; one of our own may be missing.
      if (settings.postgres !== 'auto') throw error;
      databaseReason = error instanceof Error ? error.message : String(error);
    }
  }

  const platform = createPlatform(database?.sink ?? nowhere, settings.devices, rules);
  const fleet = createFleetModel({ ...settings, startTime });
  registerFleet(platform, fleet, settings.seed, startTime);
  const faults = createFaults();
  const databaseHealthy = (): boolean => !faults.has('database-down') && (database?.healthy() ?? true);
  const storing = (): boolean => databaseHealthy() && !faults.has('broker-stalls-database');

  const handleMessage = createMqttHandler({ platform, log: backendLog, now, working: storing });
  const broker = await startBroker({
    host: settings.host,
    port: settings.mqttPort,
    log: createBrokerLog((line) => mosquitto.line(line), now),
    onMessage: handleMessage,
  });
  started(broker, () => broker.stop());

  const writer = createFleetWriter({ platform, storesTelemetry: storing, available: databaseHealthy });
  const fleetLog = createFleetLog(
    (line) => fleetFile.line(line),
    (line) => simulatorFile.line(line),
  );
  fleetLog.started(fleet.roster, startTime, broker.port);
  const runner = startFleet({
    fleet,
    clock: createFleetClock(startTime, MAX_CLOCK_STEP),
    now,
    onEvent(event) {
      for (const message of messagesOf(event)) broker.publish(message);
      writer.write(event);
      fleetLog.event(event);
    },
    onTalking: (count) => broker.setFleetClients(count),
  });
  started(runner, () => runner.stop());

  const breaker = createBreaker({ fleet, platform, faults, broker, database, runner, now });
  const routes = apiRoutes({
    platform,
    now,
    flush: async () => database?.flush(),
    services: () => ({
      database: databaseHealthy() ? 'healthy' : DATABASE_DOWN,
      redis: faults.has('redis-down') ? 'disabled (local development)' : 'healthy',
    }),
  });
  const api = await startApiServer({
    host: settings.host,
    port: settings.apiPort,
    routes,
    faults,
    databaseHealthy,
    access: (line) => logs.access.line(line),
    log: backendLog,
    control: controlRoutes(breaker),
  });
  started(api, () => api.stop());
  backendLog.started(api.port);
  await database?.flush();

  const apiUrl = `http://127.0.0.1:${api.port}`;
  const traffic = startApiTraffic({
    apiUrl: settings.trafficUrl ?? apiUrl,
    seed: settings.seed,
    deviceIds: platform.devices.active().map((row) => row.id),
    onFailure: (reason) => {
      if (!faults.has('api-down')) say(`simulated client: ${reason}`);
    },
  });
  started(traffic, () => traffic.stop());
  return {
    ready: {
      apiUrl,
      mqttUrl: `mqtt://127.0.0.1:${broker.port}`,
      databaseUrl: database?.url ?? null,
      databaseSource: database?.source ?? null,
      databaseReason,
      accessLog: logs.access.path,
      serviceLogs: Object.values(logs.services).map((file) => file.path),
      devices: settings.devices,
      seed: settings.seed,
      pid: process.pid,
    },
    breaker,
    stop,
  };
}

export { PortTakenError };
