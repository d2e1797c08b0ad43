import { createBackendLog } from '../../src/logs/backend-log.ts';
import { createFaults, type Faults } from '../../src/control/faults.ts';
import { createFleetModel, type FleetModel } from '../../src/model/fleet-model.ts';
import { createFleetWriter } from '../../src/platform/fleet-writer.ts';
import { createPlatform, defaultRules, type Platform } from '../../src/platform/platform.ts';
import { registerFleet } from '../../src/platform/register-fleet.ts';
import { nowhere } from '../../src/platform/rows.ts';
import { apiRoutes } from '../../src/rest/api-routes.ts';
import { startApiServer } from '../../src/rest/api-server.ts';

export interface InMemoryApi {
  readonly url: string;
  readonly platform: Platform;
  readonly fleet: FleetModel;
  readonly faults: Faults;
  readonly accessLines: string[];
  readonly backendLines: string[];
  stop(): Promise<void>;
}

export const START = Date.parse('2026-11-22T23:00:00Z');

/** The API on a free port over a fleet of 50 that has lived for four minutes, without broker and database. */
export async function startInMemoryApi(): Promise<InMemoryApi> {
  const fleet = createFleetModel({
    seed: 7,
    devices: 50,
    startTime: START,
    maxPointsPerSecond: 1500,
    speed: 1,
  });
  const platform = createPlatform(nowhere, 50, defaultRules(START));
  registerFleet(platform, fleet, 7, START);
  const writer = createFleetWriter({ platform, storesTelemetry: () => true, available: () => true });
  const end = START + 240_000;
  for (const event of fleet.advance(end)) writer.write(event);
  const faults = createFaults();
  const accessLines: string[] = [];
  const backendLines: string[] = [];
  const routes = apiRoutes({
    platform,
    now: () => end,
    flush: () => Promise.resolve(),
    services: () => ({ database: 'healthy', redis: 'healthy' }),
  });
  const api = await startApiServer({
    port: 0,
    routes,
    faults,
    databaseHealthy: () => !faults.has('database-down'),
    access: (line) => accessLines.push(line),
    log: createBackendLog((line) => backendLines.push(line)),
    control: (_req, res) => void res.json({}),
  });
  return {
    url: `http://127.0.0.1:${api.port}`,
    platform,
    fleet,
    faults,
    accessLines,
    backendLines,
    stop: api.stop,
  };
}
