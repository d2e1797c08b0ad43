import { expect, it } from '@jest/globals';
import type pg from 'pg';
import { DATABASE_CONNECTIONS } from '../../src/metrics/catalogue/platform.ts';
import { attemptContext } from '../support/attempt.ts';
import { usePostgresPlatform } from '../support/postgres-platform.ts';
import { describeWith, POSTGRES } from '../support/require.ts';

describeWith([POSTGRES], 'postgres collector on a real server', () => {
  const platform = usePostgresPlatform();
  const { watch, device, telemetry } = platform;
  const alert = (severity: string, type: string, status: string): Promise<pg.QueryResult> =>
    platform
      .client()
      .query(
        `insert into alerts (device_id, title, severity, alert_type, status) values (1, 't', '${severity}', '${type}', ${status})`,
      );

  it('counts connections as the server does', async () => {
    const other = await platform.server().connect();
    await other.query('begin');
    const { collect, metrics } = watch();
    await collect();
    // The test's two sessions and the exporter's own; the second is idle in a transaction, which is not idle.
    expect(metrics.gauge(DATABASE_CONNECTIONS, 'used')).toBe(3);
    expect(metrics.gauge(DATABASE_CONNECTIONS, 'idle')).toBe(1);
    expect(metrics.gauge(DATABASE_CONNECTIONS, 'max')).toBe(100);
    await other.end();
  });

  it('uses one connection under its own name and leaves no transaction open', async () => {
    const { collect } = watch();
    for (let i = 0; i < 3; i++) await collect();
    const rows = await platform
      .server()
      .sql(
        `select state, backend_start::text from pg_stat_activity where application_name = 'valtronics-exporter'`,
      );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.['state']).toBe('idle');
  });

  it('lists active devices, NULLs included, at most once an interval', async () => {
    await device('MOCK-1000');
    await device('MOCK-1001', 'false');
    await device('MOCK-1002', 'null');
    await device('MOCK-1003', 'true', 'null');
    await platform.client().query(
      `insert into devices (name, device_id, device_type, is_active, last_seen, updated_at, created_at)
       values ('x', 'MOCK-1004', 'gateway', true, 'infinity', null, '2026-11-22T22:00:00Z')`,
    );
    const { collect, fleet } = watch({ devicesInterval: 60_000 });
    await collect();
    platform.clock += 59_999;
    await collect();
    expect(fleet.inventories).toHaveLength(1);
    expect(fleet.inventories[0]?.rows).toEqual([
      {
        identity: {
          deviceId: 'MOCK-1000',
          name: 'Sensor',
          deviceType: 'sensor',
          location: 'Lab',
          manufacturer: '',
          model: '',
          firmwareVersion: '',
        },
        status: 'online',
        writtenAt: Date.parse('2026-11-22T23:00:00Z'),
        lastSeen: null,
      },
      expect.objectContaining({ status: null }),
      expect.objectContaining({ lastSeen: null, writtenAt: Date.parse('2026-11-22T22:00:00Z') }),
    ]);
    platform.clock += 1;
    await collect();
    expect(fleet.inventories).toHaveLength(2);
  });

  it('reads a fleet of more than one page', async () => {
    await platform.client().query(
      `insert into devices (name, device_id, device_type, is_active)
       select 'n', 'D-' || g, 'sensor', true from generate_series(1, 12000) g`,
    );
    const { collect, fleet } = watch();
    await collect();
    expect(new Set(fleet.inventories[0]?.rows.map((row) => row.identity.deviceId)).size).toBe(12_000);
  });

  it('groups active alerts and counts raised rows once', async () => {
    await device('A');
    await alert('warning', 'threshold', `'active'`);
    const { collect, alerts } = watch();
    await collect();
    expect(alerts.raisedRows).toEqual({});
    await alert('warning', 'threshold', `'active'`);
    await alert('emergency', 'device', `'resolved'`);
    await alert('critical', 'system', 'null');
    platform.clock += 60_000;
    await collect();
    await collect();
    expect(alerts.active).toEqual({ 'warning threshold': 2 });
    expect(alerts.raisedRows).toEqual({
      'warning threshold': 1,
      'emergency device': 1,
      'critical system': 1,
    });
  });

  /** Puts a view in the table's place whose column takes its time for each row that somebody looks at. */
  async function slowColumn(table: string, column: string, columns: string, seconds: number): Promise<void> {
    await platform.client().query(`
      alter table ${table} rename to stored_${table};
      create function slow(found text) returns text language plpgsql stable as
        $$ begin perform pg_sleep(${seconds}); return found; end $$;
      create view ${table} as select ${columns}, slow(${column}) as ${column} from stored_${table}`);
  }

  it('goes without a count that is too slow, asks it later, and keeps the rest', async () => {
    await device('A');
    for (let i = 0; i < 40; i++) await alert('warning', 'threshold', `'active'`);
    await slowColumn('alerts', 'status', 'id, device_id, severity, alert_type', 0.5);
    const { collect, alerts, metrics, fleet, log } = watch({ activeAlertsInterval: 5000 });
    await collect(6000);
    await platform
      .client()
      .query(
        `insert into stored_alerts (device_id, title, severity, alert_type, status) values (1, 't', 'info', 'system', 'active')`,
      );
    platform.clock += 5000;
    await collect(6000);
    expect(metrics.gauge(DATABASE_CONNECTIONS, 'max')).toBeGreaterThan(0);
    expect([fleet.inventories.length, alerts.raisedRows]).toEqual([1, { 'info system': 1 }]);
    expect(alerts.active).toBeUndefined();
    expect(log.lines.filter((line) => line.includes('a part of the database'))).toEqual([
      expect.stringMatching(/"part":"active alerts","error":"postgres:.* did not finish a query in time/),
    ]);
    await platform
      .client()
      .query(`create or replace function slow(found text) returns text language sql as 'select found'`);
    platform.clock += 60_000;
    await collect();
    expect(alerts.active).toEqual({ 'warning threshold': 40, 'info system': 1 });
    expect(log.lines.at(-1)).toContain('the part is read again');
  });

  it('withdraws the counts of active alerts when counting fails for too long', async () => {
    await device('A');
    await alert('warning', 'threshold', `'active'`);
    const { collect, alerts } = watch({ activeAlertsInterval: 5000 });
    await collect();
    await platform.client().query(`alter table alerts rename column status to state`);
    platform.clock += 60_000;
    await collect();
    expect(alerts.active).toEqual({ 'warning threshold': 1 });
    platform.clock += 60_001;
    await collect();
    expect(alerts.active).toBeUndefined();
  });

  it('goes on with a device table that one attempt cannot read', async () => {
    await platform.client().query(
      `insert into devices (name, device_id, device_type, is_active)
       select 'n', 'D-' || g, 'sensor', true from generate_series(1, 5000) g`,
    );
    const columns = `id, device_id, device_type, manufacturer, model, firmware_version, location, status, is_active,
       created_at, updated_at, last_seen`;
    await slowColumn('devices', 'name', columns, 0.0002);
    const { collect, fleet } = watch();
    let attempts = 0;
    // How many rows one attempt reads is up to the machine: a page may be too much for it, and the next is smaller. The
    // bound only ends what makes no progress.
    for (; fleet.inventories.length === 0 && attempts < 200; attempts++)
      await collect(2000).catch((error: unknown) =>
        expect(String(error)).toMatch(/statement timeout|did not answer within/),
      );
    expect(attempts).toBeGreaterThan(1);
    expect(new Set(fleet.inventories[0]?.rows.map((row) => row.identity.deviceId)).size).toBe(5000);
  });

  it('changes nothing when the attempt is not committed', async () => {
    await device('A');
    const { collect, collector, fleet, alerts } = watch();
    await collect();
    const kept = platform.state().documents.get('postgres');
    await telemetry(`(1, 'm', 1, '', now())`);
    await alert('warning', 'threshold', `'active'`);
    await collector.collect(attemptContext(5000));
    expect(fleet.points.size).toBe(0);
    expect(platform.state().documents.get('postgres')).toBe(kept);
    await collect();
    expect(fleet.points.get('sensor m')).toBe(1);
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1 });
  });

  it('brings everything again after its values were withdrawn', async () => {
    await device('A');
    const { collect, collector, fleet, alerts, metrics } = watch({ activeAlertsInterval: 60_000 });
    await collect();
    collector.withdraw();
    expect(fleet.withdrawn).toEqual(['postgres']);
    expect(alerts.active).toBeUndefined();
    expect(metrics.published.has(DATABASE_CONNECTIONS.name)).toBe(false);
    await collect();
    expect(fleet.inventories).toHaveLength(2);
    expect(alerts.active).toEqual({});
  });
});
