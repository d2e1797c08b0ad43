import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import pg from 'pg';
import { z } from 'zod';
import { commandLine, isAlive } from '../src/processes.ts';
import {
  runMain,
  simulatorFolder,
  type SimulatorProcess,
  startSimulatorProcess,
} from './support/simulator-process.ts';
import { waitFor } from './support/wait.ts';

const folder = simulatorFolder();
let simulator: SimulatorProcess;
let database: pg.Client;

async function connectDatabase(running: SimulatorProcess): Promise<pg.Client> {
  const url = running.ready.databaseUrl;
  if (url === null) throw new Error(`no database: ${running.ready.databaseReason ?? ''}`);
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function api(path: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(`${simulator.ready.apiUrl}${path}`, init);
  return response.json();
}

async function control(path: 'break' | 'mend', body: unknown): Promise<unknown> {
  return api(`/simulator/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function number(sql: string): Promise<number> {
  const { rows } = await database.query<{ n: string }>(sql);
  return Number(rows[0]?.n ?? 0);
}

/** Process id of the server behind the database. */
async function postmaster(): Promise<number> {
  const { rows } = await database.query<{ d: string }>("select current_setting('data_directory') as d");
  return Number.parseInt(readFileSync(`${rows[0]?.d ?? ''}/postmaster.pid`, 'utf8'), 10);
}

const MAX_TELEMETRY = 'select coalesce(max(id), 0) as n from telemetry_data';
const device = z.looseObject({
  id: z.number(),
  device_id: z.string(),
  status: z.string(),
  last_seen: z.string().nullable(),
});

beforeAll(async () => {
  simulator = await startSimulatorProcess(folder.path, { SIMULATOR_SPEED: '4' });
  database = await connectDatabase(simulator);
});

afterAll(async () => {
  await database.end();
  await simulator.end('SIGTERM');
  await folder.remove();
});

describe('the database', () => {
  it('holds what REST says', async () => {
    const statement = `select id, device_id, name, status, location, firmware_version,
      to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US') as created from devices where is_active order by id`;
    const { rows } = await database.query<Record<string, unknown>>(statement);
    const listed = z
      .array(device)
      .parse(await api('/api/v1/devices/?limit=1000'))
      .sort((a, b) => a.id - b.id);
    expect(
      listed.map(({ id, device_id, name, location, firmware_version }) => [
        id,
        device_id,
        name,
        location,
        firmware_version,
      ]),
    ).toEqual(
      rows.map((row) => [row['id'], row['device_id'], row['name'], row['location'], row['firmware_version']]),
    );
    expect(listed.map((item) => String(item['created_at']).replace(/Z$/, '').padEnd(26, '0'))).toEqual(
      rows.map((row) => row['created']),
    );
  });

  it('holds the newest telemetry under the ids of REST', async () => {
    const point = z.object({
      id: z.number(),
      metric_name: z.string(),
      metric_value: z.number(),
      timestamp: z.string(),
    });
    const { rows } = await database.query<{ device_id: number }>(
      'select device_id from telemetry_data limit 1',
    );
    await waitFor('telemetry', async () => (await number(MAX_TELEMETRY)) > 20);
    const id = rows[0]?.device_id ?? 6;
    const points = z.array(point).parse(await api(`/api/v1/devices/${id}/telemetry`));
    await waitFor(
      'the last point in the database',
      async () => (await number(MAX_TELEMETRY)) >= (points[0]?.id ?? 0),
    );
    for (const { id: pointId, metric_name, metric_value } of points) {
      const { rows: found } = await database.query(
        'select metric_name, metric_value from telemetry_data where id = $1 and device_id = $2',
        [pointId, id],
      );
      expect(found).toEqual([{ metric_name, metric_value }]);
    }
  });

  it('has the alerts of REST in the same states', async () => {
    const alert = z.object({
      id: z.number(),
      status: z.string(),
      severity: z.string(),
      alert_type: z.string(),
    });
    await waitFor('agreement', async () => {
      const listed = z.array(alert).parse(await api('/api/v1/alerts/?limit=1000'));
      const { rows } = await database.query(
        'select id, severity, status, alert_type from alerts order by id desc',
      );
      const key = (row: unknown): string => {
        const { id, status, severity, alert_type } = alert.parse(row);
        return `${id} ${status} ${severity} ${alert_type}`;
      };
      return listed.map(key).sort().join() === rows.map(key).sort().join();
    });
    expect(await number('select count(*) as n from alerts')).toBeGreaterThan(20);
  });

  it('shows a REST write at once', async () => {
    const created = device.parse(
      await api('/api/v1/devices/', {
        method: 'POST',
        body: JSON.stringify({ name: 'Test', device_id: 'TEST-1', device_type: 'sensor' }),
      }),
    );
    await api(`/api/v1/devices/${created.id}/status?status=error`, { method: 'PATCH' });
    const { rows } = await database.query("select id, status from devices where device_id = 'TEST-1'");
    expect(rows).toEqual([{ id: created.id, status: 'error' }]);
  });

  it('has the connections of a backend: a pool that idles and a session that never ends', async () => {
    const { rows } = await database.query<{ state: string }>(
      "select distinct state from pg_stat_activity where datname = current_database() and application_name = ''",
    );
    expect(rows.map((row) => row.state)).toEqual(expect.arrayContaining(['idle', 'idle in transaction']));
  });
});

describe('MQTT', () => {
  it('stores what a foreign client publishes, and warns about an unknown device', async () => {
    const client = await connectAsync(simulator.ready.mqttUrl, { reconnectPeriod: 0 });
    const payload = JSON.stringify({ metrics: [{ name: 'foreign', value: 4.25, unit: 'V' }] });
    await client.publishAsync('valtronics/TEST-1/telemetry', payload, { qos: 1 });
    await client.publishAsync('valtronics/STRANGER/telemetry', payload, { qos: 1 });
    await waitFor(
      'the row',
      async () =>
        (await number("select count(*) as n from telemetry_data where metric_name = 'foreign'")) === 1,
    );
    await client.endAsync();
    const backend = simulator.ready.serviceLogs.find((path) => path.endsWith('backend.log')) ?? '';
    await waitFor('the warning', () =>
      readFileSync(backend, 'utf8').includes(
        'WARNING:telemetry.mqtt_handler:Telemetry from unknown device: STRANGER',
      ),
    );
  });
});

describe('breaking and mending', () => {
  afterEach(async () => {
    await control('mend', {});
  });

  it('breaks devices by the command, names them, and REST and SQL tell the same', async () => {
    const port = new URL(simulator.ready.apiUrl).port;
    const { code, stdout } = await runMain(['break', '--devices', '3', '--how', 'error'], {
      SIMULATOR_API_PORT: port,
    });
    expect(code).toBe(0);
    const { devices } = z.object({ devices: z.array(z.string()) }).parse(JSON.parse(stdout));
    expect(devices).toHaveLength(3);
    await waitFor('the rows', async () => {
      const { rows } = await database.query(
        "select 1 from devices where status = 'error' and device_id = any($1)",
        [devices],
      );
      return rows.length === 3;
    });
    const inError = z
      .array(device)
      .parse(await api('/api/v1/devices/status/error'))
      .map((row) => row.device_id);
    expect(inError).toEqual(expect.arrayContaining(devices));
    expect(await control('mend', {})).toMatchObject({ devices: expect.arrayContaining(devices) });
    await waitFor('the rows to be well', async () => {
      const { rows } = await database.query(
        "select 1 from devices where status = 'online' and device_id = any($1)",
        [devices],
      );
      return rows.length === 3;
    });
  });

  it('stalls the database while MQTT goes on', async () => {
    await control('break', { what: 'broker-stalls-database' });
    const messages = async (): Promise<number> =>
      z.object({ messages: z.number() }).parse(await api('/simulator/status')).messages;
    const before = await number(MAX_TELEMETRY);
    const sent = await messages();
    await waitFor('more messages', async () => (await messages()) > sent + 40);
    expect(await number(MAX_TELEMETRY)).toBe(before);
    await control('mend', { what: 'broker-stalls-database' });
    await waitFor('the database to grow', async () => (await number(MAX_TELEMETRY)) > before);
  });

  it('takes the database away and brings it back', async () => {
    await database.end();
    await control('break', { what: 'database-down' });
    expect(await api('/api/v1/health/')).toMatchObject({ status: 'unhealthy' });
    expect((await fetch(`${simulator.ready.apiUrl}/api/v1/devices/stats`)).status).toBe(500);
    await expect(connectDatabase(simulator)).rejects.toThrow('ECONNREFUSED');
    await control('mend', { what: 'database-down' });
    expect(await api('/api/v1/health/')).toMatchObject({ status: 'healthy' });
    database = await connectDatabase(simulator);
    const before = await number(MAX_TELEMETRY);
    await waitFor('the database to grow', async () => (await number(MAX_TELEMETRY)) > before);
  });

  it('refuses orders from web pages and orders that make no sense', async () => {
    const url = `${simulator.ready.apiUrl}/simulator/break`;
    const body = '{"devices":1}';
    const type = { 'content-type': 'application/json' };
    const status = async (init: RequestInit): Promise<number> =>
      (await fetch(url, { method: 'POST', ...init })).status;
    expect(await status({ body, headers: { 'content-type': 'text/plain' } })).toBe(415);
    expect(await status({ body, headers: { ...type, origin: 'http://evil.example' } })).toBe(415);
    expect(await status({ body: '{"devices":"all"}', headers: type })).toBe(400);
    expect(await status({ body: '{', headers: type })).toBe(400);
  });
});

describe('the life of the process', () => {
  it('writes an access log by its own traffic', async () => {
    await waitFor('traffic', () => readFileSync(simulator.ready.accessLog, 'utf8').includes(' - - ['));
    expect(readFileSync(simulator.ready.accessLog, 'utf8')).not.toContain('/simulator/');
  });

  it('refuses its folder to a second simulator', async () => {
    const environment = {
      SIMULATOR_API_PORT: '0',
      SIMULATOR_MQTT_PORT: '0',
      SIMULATOR_DATA_DIR: folder.path,
    };
    const { code, stderr } = await runMain([], environment);
    expect(code).toBe(1);
    expect(stderr).toContain('is used by another simulator');
  });

  it('ends with 1 and one line for a taken port, with 2 for a bad value or command', async () => {
    const port = new URL(simulator.ready.mqttUrl).port;
    const taken = await runMain([], { SIMULATOR_API_PORT: '0', SIMULATOR_MQTT_PORT: port });
    expect(taken).toEqual({
      code: 1,
      stdout: '',
      stderr: `simulator: port ${port} on 127.0.0.1 is taken; set SIMULATOR_MQTT_PORT to another one\n`,
    });
    const bad = await runMain([], { SIMULATOR_DEVICES: 'many' });
    expect(bad.code).toBe(2);
    expect(bad.stderr).toBe(
      'simulator: SIMULATOR_DEVICES is "many"; allowed: a whole number from 20 to 20000\n',
    );
    expect((await runMain(['destroy'], {})).code).toBe(2);
  });

  it('starts again after kill -9, ending the server that was left behind, and stops without a trace', async () => {
    const orphan = await postmaster();
    await simulator.end('SIGKILL');
    expect(isAlive(orphan)).toBe(true);
    simulator = await startSimulatorProcess(folder.path);
    expect(isAlive(orphan) && (commandLine(orphan) ?? '').includes(folder.path)).toBe(false);
    database = await connectDatabase(simulator);
    expect(await number('select count(*) as n from devices')).toBe(50);
    const server = await postmaster();
    await database.end();
    expect(await simulator.end('SIGTERM')).toBe(0);
    expect(isAlive(server)).toBe(false);
    simulator = await startSimulatorProcess(folder.path, { SIMULATOR_POSTGRES: 'off' });
    expect(simulator.ready).toMatchObject({ databaseUrl: null, databaseReason: 'SIMULATOR_POSTGRES is off' });
    expect(await api('/api/v1/devices/stats')).toMatchObject({ total_devices: 50 });
  }, 300_000);
});
