import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type FakeApi,
  internalServerError,
  json,
  startFakeApi,
  text,
} from '../../../test/support/fake-api.ts';
import { attemptContext } from '../../../test/support/attempt.ts';
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
  const watched = watchApi(api.url, { clock: { wall: () => clock, monotonic: () => clock }, ...options });
  open.push(watched);
  return watched;
}

beforeEach(async () => {
  api = await startFakeApi();
  clock = 1_000_000;
});
afterEach(async () => {
  for (const { collector } of open.splice(0)) await collector.stop?.();
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

describe('api collector and the health document', () => {
  it('believes the words, not the 200, and says what they are when they change', async () => {
    api.set(
      '/api/v1/health/',
      json({
        status: 'unhealthy',
        services: {
          database:
            'unhealthy: (psycopg2.OperationalError) connection to server failed\n\tIs the server running?',
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
    expect(await watch().failure()).toContain(
      'which is not JSON: is there a proxy or a web page at this address?',
    );
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

  it('takes everything away when it stops, and what still fails then publishes nothing', async () => {
    const { collect, collector, fleet, alerts, metrics } = watch();
    await collect();
    api.set('/api/v1/health/ping', internalServerError);
    await collector.stop?.();
    expect([fleet.withdrawn, alerts.active, metrics.published.size]).toEqual([['api'], undefined, 0]);
    await expect(collect()).rejects.toThrow('answered 500');
    expect(metrics.published.size).toBe(0);
  });

  it('changes nothing of the fleet when the attempt is not committed', async () => {
    const { collector, fleet, alerts, metrics, state } = watch();
    await collector.collect(attemptContext(5000));
    expect([fleet.inventories.length, alerts.active, metrics.published.size, state.documents.size]).toEqual([
      0,
      undefined,
      0,
      0,
    ]);
  });
});
