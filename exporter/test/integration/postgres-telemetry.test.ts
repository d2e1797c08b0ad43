import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { PostgresCollectorOptions } from '../../src/collectors/postgres/collector.ts';
import type { Collector } from '../../src/collectors/collector.ts';
import { createPlatformSchema } from '../support/platform-schema.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWith, POSTGRES } from '../support/require.ts';
import { watchPostgres, type WatchedPostgres } from '../support/watched-postgres.ts';
import { memoryState } from '../support/memory-state.ts';

describeWith([POSTGRES], 'postgres collector and new telemetry', () => {
  let server: TestPostgres;
  let client: pg.Client;
  let number = 0;
  let database = '';
  let clock = 1_000_000;
  let state = memoryState();
  const open: Collector[] = [];

  function watch(options: Partial<PostgresCollectorOptions> = {}): WatchedPostgres {
    const clockAndState = { state, activeAlertsInterval: 0, now: () => clock };
    const watched = watchPostgres(server.url(database), { ...clockAndState, ...options });
    open.push(watched.collector);
    return watched;
  }

  const device = (id: string, active = 'true', status = `'online'`): Promise<pg.QueryResult> =>
    client.query(
      `insert into devices (name, device_id, device_type, status, is_active, location, updated_at, last_seen)
       values ('Sensor', '${id}', 'sensor', ${status}, ${active}, 'Lab', '2026-11-22T23:00:00Z', null)`,
    );
  const telemetry = (by: pg.Client, values: string): Promise<pg.QueryResult> =>
    by.query(
      `insert into telemetry_data (device_id, metric_name, metric_value, unit, "timestamp") values ${values}`,
    );
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop());

  beforeEach(async () => {
    number += 1;
    database = `platform_${number}`;
    await server.createDatabase(database);
    client = await server.connect(database);
    await createPlatformSchema(client);
    state = memoryState();
    clock = 1_000_000;
  });
  afterEach(async () => {
    for (const collector of open.splice(0)) await collector.stop?.();
    await client.end();
  });

  it('counts what is stored from now on, with the newest values of active devices', async () => {
    await device('MOCK-1000');
    await device('GONE', 'false');
    await telemetry(client, `(1, 'temperature', 1, 'celsius', now())`);
    const { collect, fleet, metrics } = watch();
    await collect();
    expect(fleet.points.size).toBe(0);
    await telemetry(
      client,
      `(1, 'temperature', 21.5, 'celsius', '2026-11-22T23:00:02Z'), (1, 'temperature', 20, 'celsius', '2026-11-22T23:00:01Z'),
       (1, 'humidity', 'NaN', '%', now()), (1, 'humidity', 'Infinity', '%', now()), (2, 'temperature', 5, 'celsius', now()),
       (1, 'state', 3, null, null)`,
    );
    await collect();
    await collect();
    expect(Object.fromEntries(fleet.points)).toEqual({
      'sensor temperature': 3,
      'sensor humidity': 2,
      'sensor state': 1,
    });
    expect(Object.fromEntries(fleet.values)).toEqual({
      'MOCK-1000 temperature': { unit: '°C', value: 21.5, at: Date.parse('2026-11-22T23:00:02Z') },
      'MOCK-1000 state': { unit: '', value: 3, at: clock },
    });
    expect(metrics.counters.get('valtronics_rows_unusable_total postgres not_finite')).toBe(2);
  });

  it('knows a device that was registered after the last device reading', async () => {
    const { collect, fleet } = watch();
    await collect();
    await device('LATE');
    await telemetry(client, `(1, 'temperature', 7, '°C', now())`);
    await collect();
    expect(fleet.points.get('sensor temperature')).toBe(1);
    expect(fleet.values.get('LATE temperature')?.value).toBe(7);
  });

  it('misses no row and counts none twice when commits come out of order', async () => {
    await device('A');
    const { collect, fleet } = watch();
    await collect();
    const first = await server.connect(database);
    const second = await server.connect(database);
    const row = `(1, 'm', 1, '', now())`;
    await first.query('begin');
    await telemetry(first, `${row}, ${row}`);
    await second.query('begin');
    await telemetry(second, row);
    await telemetry(client, row);
    await collect();
    expect(fleet.points.get('sensor m')).toBe(1);
    await second.query('commit');
    await collect();
    expect(fleet.points.get('sensor m')).toBe(2);
    await telemetry(client, row);
    await first.query('commit');
    await collect();
    await collect();
    expect(fleet.points.get('sensor m')).toBe(5);
    await first.end();
    await second.end();
  });

  it('sees a row that was open when it started, and one that commits across a restart of the exporter', async () => {
    await device('A');
    const row = `(1, 'm', 1, '', now())`;
    await telemetry(client, row);
    const slow = await server.connect(database);
    await slow.query('begin');
    await telemetry(slow, row);
    await telemetry(client, row);
    const before = watch();
    await before.collect();
    await before.collector.stop?.();
    await slow.query('commit');
    await slow.end();
    const after = watch();
    await after.collect();
    expect(after.fleet.points.get('sensor m')).toBe(1);
  });

  it('gives up on a rolled-back id after its lifetime', async () => {
    await device('A');
    const { collect } = watch({ limits: { gapLifetime: 60_000 } });
    await collect();
    await client.query('begin');
    await telemetry(client, `(1, 'm', 1, '', now())`);
    await client.query('rollback');
    await telemetry(client, `(1, 'm', 1, '', now())`);
    await collect();
    const gaps = (): string => state.documents.get('postgres') ?? '';
    expect(gaps()).toContain('"from":1,"to":1');
    clock += 60_000;
    await collect();
    expect(gaps()).not.toContain('"from"');
  });

  it('catches up after a restart, a bounded number of rows at a time', async () => {
    await device('A');
    const before = watch();
    await before.collect();
    await before.collector.stop?.();
    await client.query(
      `insert into telemetry_data (device_id, metric_name, metric_value) select 1, 'm', g from generate_series(1, 2500) g`,
    );
    const after = watch({ limits: { page: 400, rows: 1000 } });
    const seen: (number | undefined)[] = [];
    for (let i = 0; i < 4; i++) {
      await after.collect();
      seen.push(after.fleet.points.get('sensor m'));
    }
    expect(seen).toEqual([1000, 2000, 2500, 2500]);
  });

  it('starts again at the new maximum of a reset table and says so', async () => {
    await device('A');
    await client.query(
      `insert into telemetry_data (device_id, metric_name, metric_value) select 1, 'm', g from generate_series(1, 50) g`,
    );
    const { collect, fleet, log } = watch();
    await collect();
    await client.query('truncate telemetry_data restart identity');
    await telemetry(client, `(1, 'm', 1, '', now()), (1, 'm', 1, '', now())`);
    await collect();
    expect(fleet.points.size).toBe(0);
    expect(log.lines.join('\n')).toContain('{"table":"telemetry_data","before":50,"after":2}');
    await telemetry(client, `(1, 'm', 1, '', now())`);
    await collect();
    expect(fleet.points.get('sensor m')).toBe(1);
  });

  it('counts from the beginning when the table was seen empty before its ids began again', async () => {
    await device('A');
    await client.query(
      `insert into telemetry_data (device_id, metric_name, metric_value) select 1, 'm', g from generate_series(1, 3) g`,
    );
    const { collect, fleet } = watch();
    await collect();
    await client.query('truncate telemetry_data restart identity');
    await collect();
    await telemetry(client, `(1, 'm', 1, '', now()), (1, 'm', 1, '', now()), (1, 'm', 1, '', now())`);
    await collect();
    expect(fleet.points.get('sensor m')).toBe(3);
  });

  it('starts at the newest rows of another database, even when its ids are higher', async () => {
    await device('A');
    const before = watch();
    await before.collect();
    await before.collector.stop?.();
    const other = `${database}_restored`;
    await server.createDatabase(other);
    const restored = await server.connect(other);
    await createPlatformSchema(restored);
    await restored.query(
      `insert into devices (name, device_id, device_type) values ('n', 'A', 'sensor');
       insert into telemetry_data (device_id, metric_name, metric_value) select 1, 'm', g from generate_series(1, 500) g`,
    );
    await restored.end();
    const after = watch({ url: server.url(other) });
    await after.collect();
    expect(after.fleet.points.size).toBe(0);
    expect(after.log.lines.join('\n')).toContain('another database than before');
  });
});
