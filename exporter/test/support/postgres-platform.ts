import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type pg from 'pg';
import type { Collector } from '../../src/collectors/collector.ts';
import type { PostgresCollectorOptions } from '../../src/collectors/postgres/collector.ts';
import { memoryState } from './memory-state.ts';
import { createPlatformSchema } from './platform-schema.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';
import { watchPostgres, type WatchedPostgres } from './watched-postgres.ts';

/** The platform's tables on a real server: a database of its own for each test of the block. */
export interface PostgresPlatform {
  readonly server: () => TestPostgres;
  readonly database: () => string;
  /** A session on the test's database, closed after it. */
  readonly client: () => pg.Client;
  readonly state: () => ReturnType<typeof memoryState>;
  /** The collectors' clock, milliseconds; a test moves it. */
  clock: number;
  /** A collector of the test's database, stopped after the test. */
  watch(options?: Partial<PostgresCollectorOptions>): WatchedPostgres;
  /** Inserts a device; `status` is an SQL expression. */
  device(id: string, active?: string, status?: string): Promise<pg.QueryResult>;
  /** Inserts telemetry; `values` is the list of an SQL `values`. */
  telemetry(values: string, by?: pg.Client): Promise<pg.QueryResult>;
}

/** Call it in a `describe`: it starts the server before the block's tests and stops it after them. */
export function usePostgresPlatform(): PostgresPlatform {
  let server: TestPostgres;
  let client: pg.Client;
  let number = 0;
  let database = '';
  let state = memoryState();
  const open: Collector[] = [];

  const platform: PostgresPlatform = {
    server: () => server,
    database: () => database,
    client: () => client,
    state: () => state,
    clock: 1_000_000,
    watch: (options = {}) => {
      const clock = { wall: () => platform.clock, monotonic: () => platform.clock };
      const clockAndState = { state, activeAlertsInterval: 0, clock };
      const watched = watchPostgres(server.url(database), { ...clockAndState, ...options });
      open.push(watched.collector);
      return watched;
    },
    device: (id, active = 'true', status = `'online'`) =>
      client.query(
        `insert into devices (name, device_id, device_type, status, is_active, location, updated_at, last_seen)
         values ('Sensor', '${id}', 'sensor', ${status}, ${active}, 'Lab', '2026-11-22T23:00:00Z', null)`,
      ),
    telemetry: (values, by = client) =>
      by.query(
        `insert into telemetry_data (device_id, metric_name, metric_value, unit, "timestamp") values ${values}`,
      ),
  };

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    number += 1;
    database = `platform_${number}`;
    await server.createDatabase(database);
    client = await server.connect(database);
    await createPlatformSchema(client);
    state = memoryState();
    platform.clock = 1_000_000;
  });
  afterEach(async () => {
    for (const collector of open.splice(0)) await collector.stop?.();
    await client.end();
  });
  return platform;
}
