import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mqtt from 'mqtt';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OPTIONS } from '../../src/config/options.ts';
import { restCapture } from '../support/captures.ts';
import { valueOf } from '../support/exporter.ts';
import { type Answer, json, startFakeApi, type FakeApi } from '../support/fake-api.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import {
  type Changes,
  expectTakenOver,
  type Reloadable,
  reloadable,
  type SettingRow,
} from '../support/reloadable.ts';
import { MOSQUITTO, describeWith } from '../support/require.ts';

const HOUR = 3_600_000;
function device(id: string, order: number): object {
  return {
    ...{ id: order, device_id: id, name: `name of ${id}`, device_type: 'sensor', status: 'online' },
    ...{ is_active: true, last_seen: new Date(Date.now() - HOUR / 2).toISOString() },
  };
}

const slowly: Answer = (request, response) => {
  setTimeout(() => json(restCapture('ping').body)(request, response), 400);
};

describeWith([MOSQUITTO], 'a reload of sources, fleet and server', () => {
  const undo: (() => Promise<unknown>)[] = [];
  let fleet: FakeApi;
  let slow: FakeApi;
  let broker: string;
  let exporter: Reloadable;

  beforeAll(async () => {
    fleet = await startFakeApi();
    fleet.set('/api/v1/devices/', json(['A', 'B', 'C'].map(device)));
    slow = await startFakeApi();
    slow.set('/api/v1/health/ping', slowly);
    const mosquitto = await startMosquitto();
    broker = `mqtt://127.0.0.1:${mosquitto.port}`;
    const client = await mqtt.connectAsync(broker);
    for (const [topic, payload] of [
      [
        'valtronics/D/telemetry',
        {
          timestamp: new Date().toISOString(),
          metrics: [
            { name: 'one', value: 1, unit: 'a' },
            { name: 'two', value: 2, unit: 'b' },
          ],
        },
      ],
      ['valtronics/BIG/status', { status: 'online', padding: 'x'.repeat(2000) }],
    ] as const)
      await client.publishAsync(topic, JSON.stringify(payload), { qos: 1, retain: true });
    await client.endAsync();
    undo.push(fleet.stop, slow.stop, () => mosquitto.stop());
  }, 300_000);
  afterAll(async () => {
    for (const step of undo) await step();
  }, 300_000);

  beforeEach(() => {
    exporter = reloadable();
  });
  afterEach(() => exporter.remove());

  const values = (text: string, pattern: RegExp): string[] =>
    [...new Set([...text.matchAll(pattern)].map(([, value = '']) => value))].sort();
  const devices = async (): Promise<string[]> =>
    values(await exporter.scrape(), /^valtronics_device_status\{device_id="([^"]+)"/gm);
  const collected = async (): Promise<number | undefined> =>
    valueOf(await exporter.scrape(), 'valtronics_collector_success{collector="api"}');
  const fingerprint = async (given: Record<string, string>): Promise<unknown> => {
    const body = { name: 'N', severity: 'info', message: '', labels: given };
    return (await exporter.ask('/api/v1/alerts', { method: 'POST', body })).body['fingerprint'];
  };

  const withFleet = (): Changes => ({ VALTRONICS_API_URL: fleet.url });
  const withBroker = (): Changes => ({ VALTRONICS_MQTT_URL: broker });
  const ROWS: readonly SettingRow[] = [
    {
      option: 'VALTRONICS_API_TIMEOUT',
      besides: () => ({ VALTRONICS_API_URL: slow.url }),
      ...{ first: ['5s', 1], second: ['100ms', 0], wrong: '5', see: collected },
    },
    {
      option: 'VALTRONICS_COLLECT_TIMEOUT',
      besides: () => ({ VALTRONICS_API_URL: slow.url }),
      ...{ first: [undefined, 1], second: ['100ms', 0], wrong: '2m', see: collected },
    },
    {
      option: 'VALTRONICS_COLLECT_MIN_INTERVAL',
      besides: withFleet,
      ...{ first: ['0s', 2], second: ['1m', 0], wrong: '2m' },
      see: async () => {
        fleet.requests.splice(0);
        for (let scrape = 0; scrape < 2; scrape += 1) await exporter.scrape();
        return fleet.requests.filter((request) => request.endsWith('/ping')).length;
      },
    },
    {
      option: 'VALTRONICS_MQTT_CLIENT_ID',
      besides: withBroker,
      ...{ first: ['one', 'one'], second: ['two', 'two'], wrong: 'x'.repeat(129) },
      see: () =>
        Promise.resolve(
          exporter.lines.flatMap((line) => /"clientId":"(\w+)"/.exec(line)?.slice(1) ?? []).at(-1),
        ),
    },
    {
      option: 'VALTRONICS_MQTT_SHARED_GROUP',
      besides: withBroker,
      first: [undefined, ['valtronics/#', '$SYS/broker/#']],
      second: ['g', ['$share/g/valtronics/#', '$SYS/broker/#']],
      wrong: 'a b',
      see: () => {
        const document = readFileSync(join(exporter.folder, 'state', 'mqtt-session.json'), 'utf8');
        return Promise.resolve(
          z.object({ filters: z.array(z.string()) }).parse(JSON.parse(document)).filters,
        );
      },
    },
    {
      option: 'VALTRONICS_MQTT_MAX_PAYLOAD_BYTES',
      besides: withBroker,
      ...{ first: [undefined, []], second: ['1024', ['too_large']], wrong: '12' },
      see: async () => {
        const { body } = await exporter.ask('/api/v1/mqtt/unusable');
        return z
          .array(z.object({ reason: z.string() }))
          .parse(body['items'])
          .map(({ reason }) => reason);
      },
    },
    {
      option: 'VALTRONICS_LIMITS_METRIC_NAMES',
      besides: withBroker,
      ...{ first: [undefined, ['one', 'two']], second: ['1', ['one']], wrong: '0' },
      see: async () =>
        values(await exporter.scrape(), /^valtronics_device_telemetry\{.*metric_name="(\w+)"/gm),
    },
    {
      option: 'VALTRONICS_LIMITS_UNITS',
      besides: withBroker,
      ...{ first: [undefined, ['a', 'b']], second: ['1', ['a', 'other']], wrong: '0' },
      see: async () => values(await exporter.scrape(), /^valtronics_device_telemetry\{.*unit="(\w+)"/gm),
    },
    {
      option: 'VALTRONICS_MAX_DEVICES',
      besides: withFleet,
      ...{ first: [undefined, ['A', 'B', 'C']], second: ['1', ['A']], wrong: '0', see: devices },
    },
    {
      option: 'VALTRONICS_DEVICES_INCLUDE',
      besides: withFleet,
      ...{ first: [undefined, ['A', 'B', 'C']], second: ['A,B', ['A', 'B']], see: devices },
    },
    {
      option: 'VALTRONICS_DEVICES_EXCLUDE',
      besides: withFleet,
      ...{ first: ['A', ['B', 'C']], second: ['A,B', ['C']], see: devices },
    },
    {
      option: 'VALTRONICS_OFFLINE_AFTER',
      besides: withFleet,
      ...{ first: [undefined, 4], second: ['1h', 1], wrong: '5' },
      see: async () =>
        valueOf(await exporter.scrape(), 'valtronics_device_status{device_id="A",device_type="sensor"}'),
    },
    {
      option: 'VALTRONICS_SHARD',
      besides: () => ({ ...withFleet(), VALTRONICS_TOTAL_SHARDS: '2' }),
      ...{ first: ['0', ['A', 'C']], second: ['1', ['B']], wrong: '2', see: devices },
    },
    {
      option: 'VALTRONICS_TOTAL_SHARDS',
      besides: withFleet,
      ...{ first: [undefined, ['A', 'B', 'C']], second: ['2', ['A', 'C']], wrong: '0', see: devices },
    },
    {
      option: 'VALTRONICS_EXPOSITION_EXCLUDE_FAMILIES',
      besides: withFleet,
      ...{ first: [undefined, ['A', 'B', 'C']], second: ['*_device_status', []], see: devices },
    },
    {
      option: 'VALTRONICS_EXPOSITION_EXCLUDE_LABELS',
      besides: withFleet,
      ...{ first: [undefined, 3], second: ['name', 0], wrong: 'device_id' },
      see: async () => values(await exporter.scrape(), /,name="(name of .)"/g).length,
    },
    {
      option: 'VALTRONICS_EXTERNAL_LABELS',
      ...{ first: [undefined, true], second: ['region', false] },
      see: async () => (await fingerprint({ cluster: 'x' })) === (await fingerprint({})),
    },
    {
      option: 'VALTRONICS_TOKEN',
      ...{ first: [undefined, 200], second: ['a-long-secret', 401], wrong: 'short' },
      see: async () => (await exporter.ask('/api/v1/devices')).status,
    },
    {
      option: 'VALTRONICS_LOG_LEVEL',
      ...{ first: ['info', true], second: ['error', false], wrong: 'loud' },
      see: async () => {
        exporter.lines.splice(0);
        await exporter.reload({});
        return exporter.lines.some((line) => line.includes('settings reloaded'));
      },
    },
  ];

  it.each(ROWS)('takes $option over, back again, and nothing of a wrong one', (row) =>
    expectTakenOver(exporter, row),
  );

  it('takes over what the web configuration says now, and refuses a wrong one', async () => {
    const web = join(exporter.folder, 'web.yml');
    const frames = (value: string): void =>
      writeFileSync(web, `http_server_config: { headers: { X-Frame-Options: ${value} } }`);
    frames('deny');
    await exporter.start({ VALTRONICS_WEB_CONFIG_FILE: web });
    expect(await exporter.header('x-frame-options')).toBe('deny');
    frames('sameorigin');
    await exporter.reload({});
    expect(await exporter.header('x-frame-options')).toBe('sameorigin');
    frames('perhaps');
    await expect(exporter.reload({})).rejects.toThrow('VALTRONICS_WEB_CONFIG_FILE');
    expect(await exporter.header('x-frame-options')).toBe('sameorigin');
  });

  describe('of a setting that needs a restart', () => {
    it.each(OPTIONS.filter(({ needsRestart }) => needsRestart))(
      'warns of $path and goes on',
      async (option) => {
        await exporter.start();
        const web = join(exporter.folder, 'web.yml');
        writeFileSync(web, '');
        exporter.lines.splice(0);
        const others = new Map([
          ['listen', '127.0.0.1:1'],
          ['gateway.admin_listen', '127.0.0.1:1'],
          ['state_dir', join(exporter.folder, 'other')],
          ['web_config_file', web],
        ]);
        await exporter.reload({ [option.env]: others.get(option.path) });
        expect(exporter.lines.filter((line) => line.includes('"level":"warn"'))).toEqual([
          expect.stringContaining(`"setting":"${option.path}"`),
        ]);
        expect((await exporter.ask('/api/v1/devices')).status).toBe(200);
      },
    );
  });
});
