import { afterEach, describe, expect, it } from '@jest/globals';
import {
  collectorState,
  deviceView,
  httpDependencies,
  NOW,
  rawRequest,
  startTestServer,
  type TestServer,
} from '../../../test/support/http.ts';
import { encodeCursor } from '../../fleet/device-query.ts';
import type { DeviceQuery, DeviceView } from '../../fleet/fleet.ts';
import type { HttpDependencies } from '../dependencies.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

async function start(changes: Partial<HttpDependencies> = {}, devices?: DeviceView[]): Promise<string> {
  server = await startTestServer({ dependencies: httpDependencies(changes, devices) });
  return `${server.url}/api/v1`;
}

async function getJson(url: string): Promise<{ status: number; json: unknown }> {
  const answer = await rawRequest(url);
  return { status: answer.status, json: JSON.parse(answer.text) };
}

describe('GET /api/v1/devices', () => {
  function recordingFleet(): {
    queries: DeviceQuery[];
    fleet: HttpDependencies['fleet'];
    refreshed: number[];
  } {
    const queries: DeviceQuery[] = [];
    const refreshed: number[] = [];
    const { fleet } = httpDependencies();
    const list = (query: DeviceQuery) => {
      queries.push(query);
      return { items: [deviceView()], nextCursor: 'next' };
    };
    return { queries, refreshed, fleet: { ...fleet, list, refresh: (now) => void refreshed.push(now) } };
  }

  it('gives the fleet the query, parsed, and brings it up to date first', async () => {
    const { queries, fleet, refreshed } = recordingFleet();
    const url = await start({ fleet });
    const answer = await getJson(
      `${url}/devices?status=error&type=sensor&q=Lab%20B%26&limit=7&cursor=${encodeCursor('a/ä')}`,
    );
    expect(answer).toEqual({ status: 200, json: { items: [deviceView()], nextCursor: 'next' } });
    await getJson(`${url}/devices`);
    await getJson(`${url}/devices/?status=&limit=&q=`);
    expect(queries).toEqual([
      { status: 'error', type: 'sensor', text: 'Lab B&', limit: 7, cursor: encodeCursor('a/ä') },
      { limit: 100 },
      { limit: 100 },
    ]);
    expect(refreshed).toEqual([NOW, NOW, NOW]);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=0x10', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=99999999999999999999', 'limit'],
    ['status=ONLINE', 'status'],
    ['status=broken', 'status'],
    ['status=error&status=online', 'status'],
    [`q=${'x'.repeat(257)}`, 'q'],
    [`cursor=${encodeCursor('x'.repeat(4096))}`, 'cursor'],
    ['cursor=abc', 'cursor'],
    ['state=error', ''],
    ['__proto__=1', ''],
  ])('refuses ?%s and says what is wrong', async (query, path) => {
    const { queries, fleet } = recordingFleet();
    const url = await start({ fleet });
    expect(await getJson(`${url}/devices?${query}`)).toMatchObject({
      status: 400,
      json: { error: { code: 'bad_request', details: [{ path }] } },
    });
    expect(queries).toEqual([]);
  });

  it('takes the bounds of limit', async () => {
    const { queries, fleet } = recordingFleet();
    const url = await start({ fleet });
    await getJson(`${url}/devices?limit=1`);
    await getJson(`${url}/devices?limit=1000`);
    expect(queries.map(({ limit }) => limit)).toEqual([1, 1000]);
  });
});

describe('GET /api/v1/devices/{device_id}', () => {
  const ids = ['MOCK-1000', 'a/b', 'a%b', 'a?b#c', 'Füße ☃', ' ', '..', 'a+b', '%2F', '__proto__', '"<x>"'];

  it.each(ids)('finds %j', async (deviceId) => {
    const device = deviceView({ deviceId });
    const url = await start({}, [deviceView({ deviceId: 'other' }), device]);
    const path = deviceId === '..' ? '%2E%2E' : encodeURIComponent(deviceId);
    // A path given apart is sent as it is: the URL parser would take dots away.
    const { pathname } = new URL(`${url}/devices/`);
    const answer = await rawRequest(url, { path: `${pathname}${path}` });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, device]);
  });

  it('finds an id whose slash a proxy has decoded', async () => {
    const device = deviceView({ deviceId: 'a/b' });
    const url = await start({}, [device]);
    expect(await getJson(`${url}/devices/a/b`)).toEqual({ status: 200, json: device });
  });

  it('was never heard of otherwise', async () => {
    const url = await start();
    expect(await getJson(`${url}/devices/MOCK-9999`)).toEqual({
      status: 404,
      json: { error: { code: 'not_found', message: 'the device "MOCK-9999" was never heard of' } },
    });
  });
});

describe('GET /api/v1/summary', () => {
  it('has every sample below its metric name, per-device ones too', async () => {
    const url = await start();
    expect((await getJson(`${url}/summary`)).json).toEqual({
      valtronics_api_probe_duration_seconds_bucket: [{ labels: { endpoint: '/x', le: '+Inf' }, value: 2 }],
      valtronics_api_probe_duration_seconds_sum: [{ labels: { endpoint: '/x' }, value: 0.5 }],
      valtronics_api_probe_duration_seconds_count: [{ labels: { endpoint: '/x' }, value: 2 }],
      valtronics_devices_total: [{ labels: { status: 'online' }, value: 3 }],
      valtronics_mqtt_reconnects_total: [{ labels: {}, value: 1 }],
      valtronics_redis_ping_seconds: [{ labels: {}, value: 'NaN' }],
      valtronics_device_info: [
        {
          labels: {
            device_id: 'MOCK-1000',
            name: 'a "quoted" \\ name\nin two lines, {braces} äöü',
            device_type: 'sensor',
            location: 'Lab B',
            manufacturer: 'BMeter',
            model: 'BM-P3000',
            firmware_version: '2.1.0',
          },
          value: 1,
        },
      ],
      valtronics_device_telemetry: [
        { labels: { device_id: 'MOCK-1000', metric_name: 'temperature', unit: '°C' }, value: 21.5 },
      ],
    });
  });

  it('is an empty object when there is nothing', async () => {
    const { fleet } = httpDependencies();
    const snapshot = () => Promise.resolve([{ name: 'a', type: 'gauge' as const, help: '', samples: [] }]);
    const url = await start({
      metrics: { ...httpDependencies().metrics, snapshot },
      fleet: { ...fleet, series: [] },
    });
    expect(await getJson(`${url}/summary`)).toEqual({ status: 200, json: {} });
  });

  it('is an error in the one shape when the registry fails', async () => {
    const snapshot = () => Promise.reject(new Error('broken'));
    const url = await start({ metrics: { ...httpDependencies().metrics, snapshot } });
    expect(await getJson(`${url}/summary`)).toMatchObject({
      status: 500,
      json: { error: { code: 'internal' } },
    });
  });
});

describe('GET /api/v1/mqtt/unusable', () => {
  it('says which device sends what cannot be used, in words too', async () => {
    const item = {
      reason: 'bad_json' as const,
      topic: 'valtronics/A/telemetry',
      deviceId: 'A',
      metric: null,
      sample: 'no json',
      size: 7,
      count: 3,
    };
    const url = await start({
      unusable: () => ({ since: NOW - 60_000, items: [{ ...item, firstAt: NOW - 1000, lastAt: NOW }] }),
    });
    expect(await getJson(`${url}/mqtt/unusable`)).toEqual({
      status: 200,
      json: {
        since: '2026-11-23T14:01:11.000Z',
        items: [
          {
            ...item,
            words: 'the payload is no JSON',
            firstAt: '2026-11-23T14:02:10.000Z',
            lastAt: '2026-11-23T14:02:11.000Z',
          },
        ],
      },
    });
  });
});

describe('GET /api/v1/collectors', () => {
  it('lists every source in words, configured or not', async () => {
    const failing = {
      success: false,
      failures: 2,
      lastError: 'refused',
      lastSuccess: null,
      since: NOW - 5000,
    };
    const url = await start({
      collectors: () => [collectorState(), collectorState({ name: 'mqtt', ...failing })],
    });
    const { json } = await getJson(`${url}/collectors`);
    expect(json).toMatchObject({ items: { length: 6 } });
    expect(json).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          name: 'api',
          state: 'ok',
          lastSuccess: '2026-11-23T14:02:03.000Z',
          lastDurationSeconds: 0.042,
        }),
        expect.objectContaining({
          name: 'mqtt',
          state: 'failing',
          failures: 2,
          lastError: 'refused',
          lastSuccess: null,
        }),
        expect.objectContaining({
          name: 'redis',
          state: 'not_configured',
          setting: 'VALTRONICS_REDIS_URL',
          target: null,
        }),
      ]),
    });
  });
});

describe('GET /api/v1/health', () => {
  it('has the overall score and each component with its reason', async () => {
    const url = await start();
    expect((await getJson(`${url}/health`)).json).toEqual({
      overall: 87,
      components: [
        { component: 'overall', score: 87, explanation: 'weighted mean of 2 components' },
        { component: 'redis', score: null, explanation: 'not configured' },
      ],
    });
  });

  it('has no overall score when nothing is measured', async () => {
    const url = await start({ health: () => [] });
    expect((await getJson(`${url}/health`)).json).toEqual({ overall: null, components: [] });
  });
});
