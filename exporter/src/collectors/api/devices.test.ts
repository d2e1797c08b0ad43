import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type FakeApi,
  internalServerError,
  json,
  startFakeApi,
  text,
} from '../../../test/support/fake-api.ts';
import { watchApi, type WatchedApi } from '../../../test/support/watched-api.ts';
import { API_DEVICES_UNLISTED, API_ENDPOINT_SUCCESS, API_UP } from '../../metrics/catalogue/platform.ts';
import type { ApiCollectorOptions } from './collector.ts';

const DEVICES = '/api/v1/devices/';

let api: FakeApi;
let clock: number;
const open: WatchedApi[] = [];

function watch(options: Partial<ApiCollectorOptions> = {}): WatchedApi {
  const watched = watchApi(api.url, { clock: { wall: () => clock, monotonic: () => clock }, ...options });
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
beforeEach(async () => {
  api = await startFakeApi();
  clock = 1_000_000;
});
afterEach(async () => {
  for (const { collector } of open.splice(0)) await collector.stop?.();
  await api.stop();
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
    api.set(
      DEVICES,
      text('[{"id": 1, "device_id": "A", "x": NaN, "status": "NaN"}]', 200, 'application/json'),
    );
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
