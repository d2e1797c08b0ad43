import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeApi, internalServerError, json, startFakeApi, text } from '../../../test/support/fake-api.ts';
import { watchApi, type WatchedApi } from '../../../test/support/watched-api.ts';
import {
  API_ALERTS_LAST_DAY,
  API_DEVICES_UNLISTED,
  API_ENDPOINT_SUCCESS,
  API_UP,
} from '../../metrics/catalogue/platform.ts';
import type { ApiCollectorOptions } from './collector.ts';

const DEVICES = '/api/v1/devices/';
const DATA = [
  '/api/v1/devices/stats',
  DEVICES,
  '/api/v1/alerts/',
  '/api/v1/alerts/stats/active',
  '/api/v1/alerts/stats/summary',
];

let api: FakeApi;
let clock: number;
const open: WatchedApi[] = [];

function watch(options: Partial<ApiCollectorOptions> = {}): WatchedApi {
  const watched = watchApi(api.url, { now: () => clock, ...options });
  open.push(watched);
  return watched;
}

const device = (id: number, more: object = {}): object => ({
  id,
  device_id: `D-${id}`,
  name: 'n',
  device_type: 'sensor',
  status: 'online',
  is_active: true,
  created_at: '2026-11-22T23:00:00Z',
  ...more,
});
const alert = (id: number, severity = 'warning', type = 'threshold'): object => ({
  id,
  severity,
  alert_type: type,
  status: 'active',
});

beforeEach(async () => {
  api = await startFakeApi();
  clock = 1_000_000;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ collector }) => collector.stop?.()));
  await api.stop();
});

describe('api collector with what the running platform said', () => {
  it('lists the devices, counts the alerts and names the services', async () => {
    const { collect, fleet, alerts, metrics } = watch();
    await collect();
    expect(fleet.inventories[0]?.rows).toHaveLength(25);
    expect(fleet.inventories[0]?.rows[0]).toEqual({
      identity: {
        deviceId: 'MOCK-1001',
        name: 'Temperature Sensor 1001',
        deviceType: 'sensor',
        location: 'Server Room B',
        manufacturer: 'SensorTech Corp',
        model: 'ST-T1000',
        firmwareVersion: '2.1.3',
      },
      status: 'online',
      writtenAt: Date.parse('2026-11-22T23:58:31.039Z'),
      lastSeen: Date.parse('2026-11-22T23:58:31.039Z'),
    });
    // Of the 353 active rows the capture's page shows 20.
    const sums = Object.values(alerts.active ?? {}).reduce((sum, count) => sum + count, 0);
    expect(sums).toBe(353);
    expect(alerts.active?.['warning other']).toBeGreaterThan(300);
    expect(alerts.raisedRows).toEqual({});
    for (const service of ['database', 'redis', 'api']) expect(metrics.gauge(API_UP, service)).toBe(1);
    expect(metrics.gauge(API_DEVICES_UNLISTED)).toBe(0);
    expect(metrics.gauge(API_ALERTS_LAST_DAY, 'acknowledged')).toBe(1);
  });

  it('asks serially, with a trailing slash, under its own name, and no more often than agreed', async () => {
    const { collect, metrics } = watch();
    await collect();
    expect(api.requests).toEqual([
      'GET /api/v1/health/ping',
      'GET /api/v1/health/',
      'GET /api/v1/devices/stats',
      'GET /api/v1/alerts/stats/active',
      'GET /api/v1/devices/?limit=1000',
      'GET /api/v1/alerts/?limit=100&skip=0',
      'GET /api/v1/alerts/?status=active&limit=1000&skip=0',
      'GET /api/v1/alerts/stats/summary?hours=24',
    ]);
    api.requests.length = 0;
    clock += 14_999;
    await collect();
    expect(api.requests).toHaveLength(4);
    clock += 1;
    api.requests.length = 0;
    await collect();
    expect(api.requests).toHaveLength(6);
    expect(api.concurrency()).toBe(1);
    expect([...api.userAgents]).toEqual(['valtronics-exporter/1.2.3']);
    expect(metrics.observations.get('valtronics_api_probe_duration_seconds /api/v1/alerts/')).toHaveLength(3);
    expect([...metrics.observations.keys()].filter((key) => key.includes('?'))).toEqual([]);
    expect(api.sockets.size).toBe(1);
  });
});

describe('api collector and the devices', () => {
  it('survives odd rows, duplicates, NULLs and the three spellings of time', async () => {
    api.set(
      DEVICES,
      json([
        device(1, { updated_at: '2026-11-22T23:00:01Z', extra: { deep: [1] } }),
        device(2, { updated_at: '2026-11-22T23:00:01+00:00', status: 'maintenance', name: null }),
        device(3, { updated_at: '2026-11-22T23:00:01', status: null }),
        device(3, { updated_at: '2026-11-22T23:00:01', status: 'WARNING' }),
        device(4, { device_id: 1004, updated_at: 'soon', status: 7, location: 5, created_at: null }),
        device(5, { is_active: false }),
        { id: 6 },
        device(7, { device_id: '' }),
        null,
        'text',
        [],
      ]),
    );
    const { collect, fleet, metrics, log } = watch();
    await collect();
    const rows = fleet.inventories[0]?.rows ?? [];
    expect(rows.map((row) => [row.identity.deviceId, row.status, row.writtenAt])).toEqual([
      ['D-1', 'online', Date.parse('2026-11-22T23:00:01Z')],
      ['D-2', 'maintenance', Date.parse('2026-11-22T23:00:01Z')],
      ['D-3', 'WARNING', Date.parse('2026-11-22T23:00:01Z')],
      ['1004', null, null],
    ]);
    expect(metrics.counters.get('valtronics_rows_unusable_total api device')).toBe(5);
    expect(log.lines.filter((line) => line.includes('"kind":"device","rows":5'))).toHaveLength(1);
    // 25 by the stats, 4 of them listed.
    expect(metrics.gauge(API_DEVICES_UNLISTED)).toBe(21);
  });

  it('reads NaN as Python writes it', async () => {
    api.set(DEVICES, text('[{"id": 1, "device_id": "A", "x": NaN, "status": "NaN"}]', 200, 'application/json'));
    const { collect, fleet } = watch();
    await collect();
    expect(fleet.inventories[0]?.rows[0]?.status).toBe('NaN');
  });

  it('takes the lists by status when the whole list fails, and shows what is missing', async () => {
    api.set(DEVICES, internalServerError);
    api.set('/api/v1/devices/status/online', json([device(1), device(2)]));
    api.set('/api/v1/devices/status/offline', json([device(3, { status: 'offline' })]));
    api.set('/api/v1/devices/status/error', json([]));
    const { collect, fleet, metrics, log } = watch();
    await collect();
    expect(fleet.inventories[0]?.rows.map((row) => row.identity.deviceId)).toEqual(['D-1', 'D-2', 'D-3']);
    expect(metrics.gauge(API_DEVICES_UNLISTED)).toBe(22);
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, DEVICES)).toBe(0);
    await collect();
    expect(log.lines.filter((line) => line.startsWith('warn an endpoint'))).toEqual([
      'warn an endpoint gives no usable data: the others count without it ' +
        '{"endpoint":"/api/v1/devices/","error":"GET /api/v1/devices/?limit=1000 answered 500 Internal Server Error ' +
        '(text/plain): \\"Internal Server Error\\""}',
    ]);
    api.set(DEVICES, undefined);
    clock += 15_000;
    await collect();
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, DEVICES)).toBe(1);
    expect(fleet.inventories.at(-1)?.rows).toHaveLength(25);
    expect(log.lines.at(-1)).toContain('works again');
  });

  it('keeps the list of an endpoint that fails for a while and then takes it away, not the rest', async () => {
    const { collect, fleet, alerts, metrics } = watch();
    await collect();
    api.set(DEVICES, internalServerError);
    for (let i = 0; i < 8; i++) {
      clock += 15_000;
      await collect();
    }
    expect(fleet.withdrawn).toEqual([]);
    clock += 15_000;
    await collect();
    await collect();
    expect(fleet.withdrawn).toEqual(['api']);
    expect(metrics.published.has(API_DEVICES_UNLISTED.name)).toBe(false);
    expect(alerts.active).toBeDefined();
    expect(metrics.gauge(API_UP, 'api')).toBe(1);
  });
});

describe('api collector and the alerts', () => {
  const pages = (ids: number[]) => (request: { url?: string | undefined }) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const [skip, limit] = [Number(query.get('skip')), Number(query.get('limit'))];
    return ids.slice(skip, skip + limit).map((id) => alert(id));
  };
  const serve = (ids: number[]): void =>
    api.set('/api/v1/alerts/', (request, response) => json(pages(ids)(request))(request, response));
  const descending = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from - i);

  it('counts rows raised since it began, each once, over a restart too', async () => {
    serve([3, 2, 1]);
    const before = watch();
    await before.collect();
    expect(before.alerts.raisedRows).toEqual({});
    serve([5, 4, 3, 2, 1]);
    clock += 15_000;
    await before.collect();
    await before.collect();
    expect(before.alerts.raisedRows).toEqual({ 'warning threshold': 2 });
    await before.collector.stop?.();
    serve([8, 6, 5, 4, 3]);
    const after = watch({ state: before.state });
    await after.collect();
    expect(after.alerts.raisedRows).toEqual({ 'warning threshold': 2 });
    serve([8, 7, 6, 5, 4, 3]);
    clock += 15_000;
    await after.collect();
    expect(after.alerts.raisedRows).toEqual({ 'warning threshold': 3 });
  });

  it('pages on until it meets a known row, and says when it did not', async () => {
    serve([10]);
    const { collect, alerts, log } = watch({ alertPages: 3 });
    await collect();
    serve(descending(1510, 1501));
    clock += 15_000;
    await collect();
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1500 });
    serve(descending(9000, 9000));
    clock += 15_000;
    await collect();
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1500 + 2100 });
    expect(log.lines.join('\n')).toContain('some are not counted');
  });

  it('goes on from the newest row of a reset database', async () => {
    serve([50, 49]);
    const { collect, alerts, log } = watch();
    await collect();
    serve([2, 1]);
    clock += 15_000;
    await collect();
    serve([3, 2, 1]);
    clock += 15_000;
    await collect();
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1 });
    expect(log.lines.join('\n')).toContain('{"before":50,"after":2}');
  });

  it('does not take the rows of another API for new ones', async () => {
    serve([50, 49]);
    const before = watch();
    await before.collect();
    await before.collector.stop?.();
    const other = await startFakeApi();
    other.set('/api/v1/alerts/', json([alert(900), alert(899)]));
    const after = watchApi(other.url, { state: before.state });
    await after.collect();
    expect(after.alerts.raisedRows).toEqual({});
    await after.collector.stop?.();
    await other.stop();
  });

  it('groups active rows over several pages that shift, and the rest by severity', async () => {
    const ids = descending(2500, 2500);
    let grown = 0;
    api.set('/api/v1/alerts/', (request, response) => {
      grown += 10;
      json(pages([...descending(2500 + grown, grown), ...ids])(request))(request, response);
    });
    api.set('/api/v1/alerts/stats/active', json({ critical: 2, warning: 3000, info: 0, emergency: 1, total: 3003 }));
    const { collect, alerts } = watch();
    await collect();
    expect(alerts.active).toEqual({
      'warning threshold': 2520,
      'warning other': 480,
      'critical other': 2,
      'emergency other': 1,
    });
  });

  it('ends the paging of a server that ignores skip', async () => {
    api.set('/api/v1/alerts/', json(descending(1000, 1000).map((id) => alert(id))));
    api.set('/api/v1/alerts/stats/active', json({ warning: 1000 }));
    const { collect, alerts } = watch();
    await collect();
    expect(alerts.active).toEqual({ 'warning threshold': 1000 });
    expect(api.requests.filter((request) => request.includes('status=active'))).toHaveLength(2);
  });

  it('survives rows and counts of odd shapes', async () => {
    api.set('/api/v1/alerts/', json([alert(1, 'fatal', 'x'), { id: 2 }, { id: 'a' }, null, alert(3, '', '')]));
    api.set('/api/v1/alerts/stats/active', json({ fatal: 1, unknown: 2, info: null, warning: 'many', total: 3 }));
    api.set('/api/v1/alerts/stats/summary', json({ by_status: { active: 3, odd: null } }));
    const { collect, alerts, metrics } = watch();
    await collect();
    expect(alerts.active).toEqual({ 'fatal x': 1, 'unknown unknown': 2 });
    expect(metrics.gauge(API_ALERTS_LAST_DAY, 'odd')).toBe(0);
    expect(metrics.counters.get('valtronics_rows_unusable_total api alert')).toBe(2);
  });

  it('caps the statuses of the summary', async () => {
    const statuses = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`s${i}`, 100 - i]));
    api.set('/api/v1/alerts/stats/summary', json({ by_status: statuses }));
    const { collect, metrics } = watch();
    await collect();
    expect(metrics.published.get(API_ALERTS_LAST_DAY.name)).toHaveLength(10);
    expect(metrics.gauge(API_ALERTS_LAST_DAY, 'other')).toBe(1701);
  });
});

describe('api collector and the health document', () => {
  it('believes the words, not the 200, and says what they are when they change', async () => {
    api.set(
      '/api/v1/health/',
      json({
        status: 'unhealthy',
        services: {
          database: 'unhealthy: (psycopg2.OperationalError) connection to server failed\n\tIs the server running?',
          redis: 'disabled (local development)',
          api: 'healthy',
          queue: { depth: 3 },
        },
      }),
    );
    const { collect, metrics, log } = watch();
    await collect();
    await collect();
    expect(['database', 'redis', 'api', 'queue'].map((service) => metrics.gauge(API_UP, service))).toEqual([
      0, 0, 1, 0,
    ]);
    const said = log.lines.filter((line) => line.includes('does not call the service healthy'));
    expect(said).toHaveLength(3);
    expect(said[0]).toContain('connection to server failed"');
    expect(said[1]).toContain('disabled (local development)');
    api.set('/api/v1/health/', undefined);
    await collect();
    expect(log.lines.filter((line) => line.includes('healthy again'))).toHaveLength(2);
    expect(metrics.gauge(API_UP, 'redis')).toBe(1);
  });

  it('goes without a health document of an unknown shape', async () => {
    api.set('/api/v1/health/', json(['fine']));
    const { collect, metrics, fleet, log } = watch();
    await collect();
    expect(metrics.published.has(API_UP.name)).toBe(false);
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, '/api/v1/health/')).toBe(0);
    expect(fleet.inventories).toHaveLength(1);
    expect(log.lines.join('\n')).toContain('answered JSON of an unknown shape');
  });
});

describe('api collector: what fails the attempt', () => {
  it('fails when every endpoint with data fails, and still tells the health', async () => {
    for (const path of DATA) api.set(path, internalServerError);
    const { failure, metrics, fleet } = watch();
    expect(await failure()).toMatch(
      /answers, but none of its data can be read: GET \/api\/v1\/devices\/stats answered 500 .*"Internal Server Error"/,
    );
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, '/api/v1/devices/stats')).toBe(0);
    expect(fleet.inventories).toHaveLength(0);
    // The document is answered all the same: its words are the only trace of the cause.
    api.set('/api/v1/health/', json({ services: { database: 'unhealthy: gone', api: 'healthy' } }));
    expect(await failure()).toContain('its health document says: database unhealthy: gone, api healthy');
    expect(metrics.gauge(API_UP, 'database')).toBe(0);
  });

  it('fails at once, cached documents or not, when all data begins to fail', async () => {
    const { collect, failure } = watch();
    await collect();
    for (const path of DATA) api.set(path, internalServerError);
    expect(await failure()).toContain('none of its data can be read');
  });

  it('does not flap when only the ever fresh endpoints fail', async () => {
    api.set('/api/v1/devices/stats', internalServerError);
    api.set('/api/v1/alerts/stats/active', internalServerError);
    const { collect, alerts } = watch();
    for (let i = 0; i < 5; i++) {
      clock += 5000;
      await collect();
    }
    // Without counts by severity the paging stands alone.
    expect(Object.values(alerts.active ?? {}).reduce((sum, count) => sum + count, 0)).toBe(20);
  });

  it('fails when the ping does, asks nothing else and calls the API unhealthy', async () => {
    api.set('/api/v1/health/ping', text('<html><h1>502 Bad Gateway</h1>\n</html>', 502, 'text/html'));
    const { failure, metrics } = watch();
    expect(await failure()).toBe(
      'GET /api/v1/health/ping answered 502 Bad Gateway (text/html): "<html><h1>502 Bad Gateway</h1> </html>"',
    );
    expect(api.requests).toHaveLength(1);
    expect(metrics.published.get(API_UP.name)).toEqual([{ labels: { service: 'api' }, value: 0 }]);
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, '/api/v1/health/ping')).toBe(0);
  });

  it('names the page of something that is not Valtronics', async () => {
    api.set('/api/v1/health/ping', text('<!doctype html><title>Login</title>', 200, 'text/html'));
    expect(await watch().failure()).toContain('which is not JSON: is there a proxy or a web page at this address?');
    api.set('/api/v1/health/ping', json({ status: 'ok' }));
    expect(await watch().failure()).toContain('is it Valtronics?');
  });

  it('brings everything again after its values were withdrawn', async () => {
    const { collect, collector, fleet, alerts, metrics } = watch();
    await collect();
    collector.withdraw();
    expect([fleet.withdrawn, alerts.active]).toEqual([['api'], undefined]);
    expect(metrics.published.has(API_ALERTS_LAST_DAY.name)).toBe(false);
    await collect();
    expect(fleet.inventories).toHaveLength(2);
    expect(alerts.active).toBeDefined();
    expect(metrics.published.has(API_ALERTS_LAST_DAY.name)).toBe(true);
  });

  it('changes nothing of the fleet when the attempt is not committed', async () => {
    const { collector, fleet, alerts, metrics, state } = watch();
    await collector.collect({ signal: new AbortController().signal, deadline: Date.now() + 5000 });
    expect([fleet.inventories.length, alerts.active, metrics.published.size, state.documents.size]).toEqual([
      0,
      undefined,
      0,
      0,
    ]);
  });
});
