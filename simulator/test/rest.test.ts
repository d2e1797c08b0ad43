import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readRestCapture } from './support/captures.ts';
import { type InMemoryApi, startInMemoryApi } from './support/in-memory-api.ts';
import { keysOf } from './support/shape.ts';

let api: InMemoryApi;
beforeAll(async () => {
  api = await startInMemoryApi();
});
afterAll(() => api.stop());
afterEach(() => {
  for (const fault of api.faults.active()) api.faults.set(fault, false);
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Headers;
}

async function call(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${api.url}${path}`, { redirect: 'manual', ...init });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
    headers: response.headers,
  };
}

async function json(path: string, init: RequestInit = {}): Promise<unknown> {
  return JSON.parse((await call(path, init)).text);
}

const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
const idOf = (deviceId: string): number => api.platform.devices.byDeviceId(deviceId)?.id ?? 0;

/** Captured requests by the path that asks ours the same. */
const CAPTURES: [string, () => string][] = [
  ['alert-rules', () => '/api/v1/alerts/rules/'],
  ['alerts', () => '/api/v1/alerts/?limit=20'],
  ['alerts-active-stats', () => '/api/v1/alerts/stats/active'],
  ['analytics-metrics-500', () => '/api/v1/analytics/metrics'],
  ['device-404', () => '/api/v1/devices/999999'],
  ['device-7', () => `/api/v1/devices/${idOf('MOCK-1001')}`],
  ['device-7-telemetry', () => `/api/v1/devices/${idOf('MOCK-1001')}/telemetry?limit=5&hours=1`],
  ['devices', () => '/api/v1/devices/?limit=1000'],
  ['devices-online', () => '/api/v1/devices/status/online'],
  ['error-422', () => '/api/v1/devices/?limit=0'],
  ['health', () => '/api/v1/health/'],
  ['metrics-404', () => '/metrics'],
  ['ping', () => '/api/v1/health/ping'],
  ['redirect-307', () => '/api/v1/devices'],
  ['root', () => '/'],
  [
    'timeseries',
    () => `/api/v1/analytics/device/${idOf('MOCK-1040')}/timeseries?metric=vibration_rms&hours=1`,
  ],
];

/** Keys and types; which of an optional value's two types occurs is chance. */
function optional(keys: Set<string>): Set<string> {
  return new Set([...keys].map((key) => key.replace(/: (null|number|string)$/, ': value')));
}

describe('REST against the captures', () => {
  it.each(CAPTURES)('%s: same status, type and keys', async (name, path) => {
    const captured = readRestCapture(name);
    const answer = await call(path());
    expect(answer.status).toBe(captured.status);
    expect(answer.type).toBe(captured.content_type);
    if (typeof captured.body === 'string') expect(answer.text).toBe(captured.body);
    else expect(optional(keysOf(JSON.parse(answer.text)))).toEqual(optional(keysOf(captured.body)));
  });

  it('keeps the order of keys', async () => {
    for (const [name, path] of CAPTURES.slice(1, 2).concat(CAPTURES.slice(7, 8))) {
      const first = (value: unknown): string[] =>
        Object.keys(z.array(z.looseObject({})).parse(value)[0] ?? {});
      expect(first(await json(path()))).toEqual(first(readRestCapture(name).body));
    }
  });

  it('has the bodies whose keys depend on the data', async () => {
    expect(await json('/api/v1/devices/stats')).toMatchObject({
      total_devices: 50,
      devices_by_type: { sensor: 33, monitor: 15, actuator: 1, gateway: 1 },
    });
    const names = (value: unknown): string[] => Object.keys(z.looseObject({}).parse(value));
    for (const [name, path] of [
      ['devices-stats', '/api/v1/devices/stats'],
      ['alerts-summary', '/api/v1/alerts/stats/summary?hours=24'],
      ['system-health', '/api/v1/analytics/system/health?hours=1'],
    ] as const) {
      expect(names(await json(path))).toEqual(names(readRestCapture(name).body));
    }
  });
});

describe('quirks', () => {
  it('redirects with an absolute address made from the Host header', async () => {
    const { status, headers } = await call('/api/v1/devices?limit=5');
    expect([status, headers.get('location')]).toEqual([307, `${api.url}/api/v1/devices/?limit=5`]);
  });

  it.each([
    ['HEAD', '/api/v1/health/', 405],
    ['DELETE', '/api/v1/devices/stats', 422],
    ['PUT', '/api/v1/devices/', 405],
    ['GET', '/health', 404],
    ['GET', '/api/v1/alerts/rules', 422],
    ['GET', '/api/v1/devices/abc', 422],
    ['GET', '/api/v1/devices/?limit=1001', 422],
    ['GET', '/api/v1/devices/status/warning', 400],
    ['GET', '/api/v1/devices/status/ONLINE', 400],
    ['GET', '/api/v1/analytics/device/1/timeseries?metric=nope', 404],
    ['GET', '/api/v1/analytics/device/1/timeseries', 422],
    ['GET', '/api/v1/alerts/?status=nope', 200],
    ['GET', '/api/v1/alerts/device/999999', 200],
    ['GET', '/api/v1/alerts/999999', 404],
    ['POST', '/api/v1/ai/insights', 503],
  ])('%s %s answers %d', async (method, path, status) => {
    expect((await call(path, { method })).status).toBe(status);
  });

  it('lists without total or order: an updated device moves to the end', async () => {
    const list = z.array(z.looseObject({ id: z.number() }));
    await call(`/api/v1/devices/1/status?status=online`, { method: 'PATCH' });
    const ids = list.parse(await json('/api/v1/devices/?limit=1000')).map((device) => device.id);
    expect(ids.at(-1)).toBe(1);
    expect(list.parse(await json('/api/v1/devices/?skip=49&limit=1000'))).toHaveLength(1);
  });

  it('describes its routes in OpenAPI 3.1', async () => {
    const document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.looseObject({})) });
    const { openapi, paths } = document.parse(await json('/api/v1/openapi.json'));
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toContain('/api/v1/devices/{device_id}/telemetry');
    expect(Object.keys(paths['/api/v1/devices/'] ?? {})).toEqual(['get', 'post']);
  });

  it('counts an unexpected severity under a key of its own', async () => {
    await call(
      '/api/v1/alerts/',
      post({ device_id: 2, title: 'x', severity: 'emergency', alert_type: 'system' }),
    );
    expect(await json('/api/v1/alerts/stats/active')).toMatchObject({ emergency: 1 });
  });
});

describe('writes', () => {
  it('creates, changes and soft-deletes a device', async () => {
    const device = { name: 'New', device_id: 'NEW-1', device_type: 'sensor', colour: 'red' };
    const created = await call('/api/v1/devices/', post(device));
    expect(created.status).toBe(201);
    const { id, status } = z.object({ id: z.number(), status: z.string() }).parse(JSON.parse(created.text));
    expect(status).toBe('offline');
    expect(await call('/api/v1/devices/', post(device))).toMatchObject({
      status: 400,
      text: '{"detail":"Device ID already exists"}',
    });
    const path = `/api/v1/devices/${id}`;
    expect((await call(`${path}/status?status=error`, { method: 'PATCH' })).status).toBe(200);
    expect(await json(path)).toMatchObject({ status: 'error', last_seen: expect.any(String) });
    expect((await call(`${path}/status?status=warning`, { method: 'PATCH' })).status).toBe(400);
    expect((await call(`${path}/status`, { method: 'PATCH', body: '{"status":"error"}' })).status).toBe(422);
    expect((await call(path, { method: 'PUT', body: '{"location":"Moon"}' })).status).toBe(200);
    expect(await json(path)).toMatchObject({ location: 'Moon', name: 'New' });
    expect((await call(path, { method: 'DELETE' })).status).toBe(204);
    expect((await call(path)).status).toBe(404);
    expect((await call('/api/v1/devices/', post(device))).status).toBe(500);
  });

  it('answers 500 to text that its column cannot hold, and stores nothing', async () => {
    const before = api.platform.devices.active().length;
    for (const [column, length] of [
      ['manufacturer', 100],
      ['model', 100],
      ['firmware_version', 50],
      ['location', 200],
    ] as const) {
      const device = { device_id: `LONG-${column}`, name: 'Long', device_type: 'sensor' };
      expect(
        (await call('/api/v1/devices/', post({ ...device, [column]: 'x'.repeat(length + 1) }))).status,
      ).toBe(500);
      expect(api.platform.devices.active()).toHaveLength(before);
    }
    const change = { method: 'PUT', body: JSON.stringify({ location: 'x'.repeat(201) }) };
    const path = `/api/v1/devices/${idOf('MOCK-1001')}`;
    expect((await call(path, change)).status).toBe(500);
    expect(api.platform.devices.byDeviceId('MOCK-1001')?.location).not.toContain('x'.repeat(201));
    const fits = { method: 'PUT', body: JSON.stringify({ location: '🏭'.repeat(200) }) };
    expect((await call(path, fits)).status).toBe(200);
  });

  it('stores telemetry for the device that the path and the body name', async () => {
    const path = `/api/v1/devices/3/telemetry`;
    expect((await call(path, post({ metric_name: 'x', metric_value: 1 }))).status).toBe(422);
    const created = await call(path, post({ device_id: 3, metric_name: 'x', metric_value: 1.5, unit: 'V' }));
    expect(created.status).toBe(201);
    expect(JSON.parse(created.text)).toMatchObject({ metric_name: 'x', metric_value: 1.5, device_id: 3 });
    const batch = [1, 2].map((metric_value) => ({ device_id: 3, metric_name: 'y', metric_value }));
    expect((await call(`${path}/batch`, post(batch))).status).toBe(201);
    expect(await json(`${path}?limit=2`)).toMatchObject([{ metric_value: 2 }, { metric_value: 1 }]);
  });

  it('raises an alert with an empty answer, acknowledges and resolves it', async () => {
    const created = await call(
      '/api/v1/alerts/',
      post({ device_id: 4, title: 'Hot', severity: 'critical', alert_type: 'threshold', actual_value: 99 }),
    );
    expect([created.status, created.text]).toEqual([201, '{}']);
    const [alert] = z
      .array(z.looseObject({ id: z.number() }))
      .parse(await json('/api/v1/alerts/device/4?status=active'));
    const path = `/api/v1/alerts/${alert?.id ?? 0}`;
    expect(await json(`${path}/acknowledge`, { method: 'PATCH' })).toMatchObject({ status: 'acknowledged' });
    expect(await json(`${path}/resolve?resolution_note=x`, { method: 'PATCH' })).toMatchObject({
      status: 'resolved',
    });
    expect((await call('/api/v1/alerts/', post({ device_id: 4, title: 'x', severity: 'info' }))).status).toBe(
      422,
    );
    const orphan = { device_id: 999_999, title: 'x', severity: 'info', alert_type: 'system' };
    expect((await call('/api/v1/alerts/', post(orphan))).status).toBe(500);
  });

  it('answers 422 to a body that is not JSON', async () => {
    expect((await call('/api/v1/devices/', { method: 'POST', body: '{' })).status).toBe(422);
  });
});

describe('faults', () => {
  it.each(['api-500', 'database-down'] as const)(
    '%s: data endpoints answer 500 in plain text',
    async (fault) => {
      api.faults.set(fault, true);
      expect(await call('/api/v1/devices/stats')).toMatchObject({
        status: 500,
        text: 'Internal Server Error',
      });
      expect((await call('/api/v1/health/')).status).toBe(200);
    },
  );

  it('api-down closes the connection', async () => {
    api.faults.set('api-down', true);
    await expect(call('/')).rejects.toThrow();
  });

  it('a NaN spoils what shows it, a missing status the whole list', async () => {
    const row = api.platform.devices.get(5);
    if (row === undefined) throw new Error('no device 5');
    const point = { deviceId: 5, metricName: 'broken', metricValue: NaN, unit: null };
    const nan = api.platform.telemetry.add(point, Date.now());
    expect((await call('/api/v1/devices/5')).status).toBe(500);
    expect((await call('/api/v1/devices/6')).status).toBe(200);
    api.platform.telemetry.remove(nan);
    expect((await call('/api/v1/devices/5')).status).toBe(200);
    const { status } = row;
    api.platform.devices.update(row, { status: null }, 1);
    expect((await call('/api/v1/devices/')).status).toBe(500);
    api.platform.devices.update(row, { status }, 1);
    expect((await call('/api/v1/devices/')).status).toBe(200);
  });
});

describe('the access log', () => {
  const last = (): string => api.accessLines.at(-1) ?? '';

  it('has a line for every request, in nginx combined with the request time', async () => {
    const before = api.accessLines.length;
    for (const path of ['/', '/metrics', '/api/v1/devices?limit=1', '/api/v1/analytics/metrics'])
      await call(path);
    await call('/api/v1/health/', { method: 'HEAD' });
    const lines = api.accessLines.slice(before);
    expect(lines.map((line) => / (\d{3}) \d+ "/.exec(line)?.[1])).toEqual([
      '200',
      '404',
      '307',
      '500',
      '405',
    ]);
    for (const line of lines) {
      expect(line).toMatch(
        /^127\.0\.0\.1 - - \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "\w+ \S+ HTTP\/1\.1" \d{3} \d+ "-" "[^"]+" \d+\.\d{3}$/,
      );
    }
  });

  it('names the client that a proxy names', async () => {
    await call('/', { headers: { 'x-forwarded-for': '10.1.2.3, 10.9.9.9' } });
    expect(last()).toMatch(/^10\.1\.2\.3 - - /);
  });

  it("says the same in uvicorn's words", async () => {
    await call('/api/v1/devices/999999');
    expect(api.backendLines.at(-1)).toMatch(
      /^INFO: {5}127\.0\.0\.1:\d+ - "GET \/api\/v1\/devices\/999999 HTTP\/1\.1" 404 Not Found$/,
    );
  });

  it('tells in its service log which ids a request came with, and whether it failed', async () => {
    const headers = { 'x-request-id': 'req-7', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
    const before = api.backendLines.length;
    await call('/api/v1/devices/stats?x=1', { headers });
    api.faults.set('api-500', true);
    await call('/api/v1/devices/stats', { headers });
    const lines = api.backendLines.slice(before).filter((line) => line.includes('request_id'));
    expect(lines.map((line) => line.replace(/in \d+ ms/, 'in _ ms'))).toEqual([
      `INFO:app.requests:GET /api/v1/devices/stats 200 in _ ms request_id=req-7 trace_id=${'a'.repeat(32)}`,
      `ERROR:app.requests:GET /api/v1/devices/stats 500 in _ ms request_id=req-7 trace_id=${'a'.repeat(32)}`,
    ]);
  });
});
