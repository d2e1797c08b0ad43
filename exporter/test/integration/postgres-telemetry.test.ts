import { expect, it } from '@jest/globals';
import { createPlatformSchema } from '../support/platform-schema.ts';
import { usePostgresPlatform } from '../support/postgres-platform.ts';
import { describeWith, POSTGRES } from '../support/require.ts';

describeWith([POSTGRES], 'postgres collector and new telemetry', () => {
  const platform = usePostgresPlatform();
  const { watch, device, telemetry } = platform;

  it('counts what is stored from now on, with the newest values of active devices', async () => {
    await device('MOCK-1000');
    await device('GONE', 'false');
    await telemetry(`(1, 'temperature', 1, 'celsius', now())`);
    const { collect, fleet, metrics } = watch();
    await collect();
    expect(fleet.points.size).toBe(0);
    await telemetry(`(1, 'temperature', 21.5, 'celsius', '2026-11-22T23:00:02Z'), (1, 'temperature', 20, 'celsius', '2026-11-22T23:00:01Z'),
       (1, 'humidity', 'NaN', '%', now()), (1, 'humidity', 'Infinity', '%', now()), (2, 'temperature', 5, 'celsius', now()),
       (1, 'state', 3, null, null)`);
    await collect();
    await collect();
    expect(Object.fromEntries(fleet.points)).toEqual({
      'sensor temperature': 3,
      'sensor humidity': 2,
      'sensor state': 1,
    });
    expect(Object.fromEntries(fleet.values)).toEqual({
      'MOCK-1000 temperature': { unit: '°C', value: 21.5, at: Date.parse('2026-11-22T23:00:02Z') },
      'MOCK-1000 state': { unit: '', value: 3, at: platform.clock },
    });
    expect(metrics.counters.get('valtronics_rows_unusable_total postgres not_finite')).toBe(2);
  });

  it('knows a device that was registered after the last device reading', async () => {
    const { collect, fleet } = watch();
    await collect();
    await device('LATE');
    await telemetry(`(1, 'temperature', 7, '°C', now())`);
    await collect();
    expect(fleet.points.get('sensor temperature')).toBe(1);
    expect(fleet.values.get('LATE temperature')?.value).toBe(7);
  });

  it('misses no row and counts none twice when commits come out of order', async () => {
    await device('A');
    const { collect, fleet } = watch();
    await collect();
    const first = await platform.server().connect(platform.database());
    const second = await platform.server().connect(platform.database());
    const row = `(1, 'm', 1, '', now())`;
    await first.query('begin');
    await telemetry(`${row}, ${row}`, first);
    await second.query('begin');
    await telemetry(row, second);
    await telemetry(row);
    await collect();
    expect(fleet.points.get('sensor m')).toBe(1);
    await second.query('commit');
    await collect();
    expect(fleet.points.get('sensor m')).toBe(2);
    await telemetry(row);
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
    await telemetry(row);
    const slow = await platform.server().connect(platform.database());
    await slow.query('begin');
    await telemetry(row, slow);
    await telemetry(row);
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
    await platform.client().query('begin');
    await telemetry(`(1, 'm', 1, '', now())`);
    await platform.client().query('rollback');
    await telemetry(`(1, 'm', 1, '', now())`);
    await collect();
    const gaps = (): string => platform.state().documents.get('postgres') ?? '';
    expect(gaps()).toContain('"from":1,"to":1');
    platform.clock += 60_000;
    await collect();
    expect(gaps()).not.toContain('"from"');
  });

  it('catches up after a restart, a bounded number of rows at a time', async () => {
    await device('A');
    const before = watch();
    await before.collect();
    await before.collector.stop?.();
    await platform
      .client()
      .query(
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
    await platform
      .client()
      .query(
        `insert into telemetry_data (device_id, metric_name, metric_value) select 1, 'm', g from generate_series(1, 50) g`,
      );
    const { collect, fleet, log } = watch();
    await collect();
    await platform.client().query('truncate telemetry_data restart identity');
    await telemetry(`(1, 'm', 1, '', now()), (1, 'm', 1, '', now())`);
    await collect();
    expect(fleet.points.size).toBe(0);
    expect(log.lines.join('\n')).toContain('{"table":"telemetry_data","before":50,"after":2}');
    await telemetry(`(1, 'm', 1, '', now())`);
    await collect();
    expect(fleet.points.get('sensor m')).toBe(1);
  });

  it('counts from the beginning when the table was seen empty before its ids began again', async () => {
    await device('A');
    await platform
      .client()
      .query(
        `insert into telemetry_data (device_id, metric_name, metric_value) select 1, 'm', g from generate_series(1, 3) g`,
      );
    const { collect, fleet } = watch();
    await collect();
    await platform.client().query('truncate telemetry_data restart identity');
    await collect();
    await telemetry(`(1, 'm', 1, '', now()), (1, 'm', 1, '', now()), (1, 'm', 1, '', now())`);
    await collect();
    expect(fleet.points.get('sensor m')).toBe(3);
  });

  it('starts at the newest rows of another database, even when its ids are higher', async () => {
    await device('A');
    const before = watch();
    await before.collect();
    await before.collector.stop?.();
    const other = `${platform.database()}_restored`;
    await platform.server().createDatabase(other);
    const restored = await platform.server().connect(other);
    await createPlatformSchema(restored);
    await restored.query(
      `insert into devices (name, device_id, device_type) values ('n', 'A', 'sensor');
       insert into telemetry_data (device_id, metric_name, metric_value) select 1, 'm', g from generate_series(1, 500) g`,
    );
    await restored.end();
    const after = watch({ url: platform.server().url(other) });
    await after.collect();
    expect(after.fleet.points.size).toBe(0);
    expect(after.log.lines.join('\n')).toContain('another database than before');
  });
});
