import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { silentLogger } from '../../log/logger.ts';
import { recordingMqttFleet, type RecordingMqttFleet } from '../../../test/support/recording-mqtt-fleet.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { createMessageHandler, type MessageHandler } from './message-handler.ts';
import { createUnusableMessages, type UnusableMessages } from './unusable.ts';

const NOW = Date.UTC(2026, 10, 23);
const WRITTEN = '2026-11-22T23:29:16.303Z';

let fleet: RecordingMqttFleet;
let handler: MessageHandler;
let messages: UnusableMessages;
let metrics: ReturnType<typeof createMetrics>;

function start(limits: { maxTopics?: number; maxCachedTopics?: number } = {}): void {
  fleet = recordingMqttFleet();
  metrics = createMetrics({ defaultMetrics: false });
  messages = createUnusableMessages({
    logger: silentLogger(),
    clock: { wall: () => NOW, monotonic: () => 0 },
  });
  handler = createMessageHandler({
    fleet,
    metrics,
    unusable: messages,
    maxTopics: 50,
    maxCachedTopics: 100,
    ...limits,
  });
}

function send(topic: string, payload: unknown, retained = false): void {
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  handler.handle(topic, bytes, bytes.length, retained, NOW);
}

/** The samples above 0 of a family as `{"label values": value}`. */
async function counted(name: string): Promise<Record<string, number>> {
  const family = (await metrics.snapshot()).find((snapshot) => snapshot.name === name);
  const samples = (family?.samples ?? []).filter(({ value }) => value > 0);
  return Object.fromEntries(samples.map(({ labels, value }) => [Object.values(labels).join(' '), value]));
}

const unusable = (): Promise<Record<string, number>> => counted('valtronics_mqtt_unusable_total');

beforeEach(() => start());

describe('telemetry', () => {
  it('counts and applies the points of all layouts, units normalised, the topic’s id winning', async () => {
    send('valtronics/A/telemetry', {
      device_id: 'B',
      metrics: [
        { name: 't', value: 1, unit: 'celsius' },
        { name: 's', value: 'idle' },
      ],
    });
    send('valtronics/devices/1011/telemetry/pm25', { value: '3.5', unit: 'µg/m³', device_id: 1011 });
    send('valtronics/telemetry', { device_id: 'VT-1', timestamp: 1234, temperature: 22 });
    send('valtronics/telemetry/multi', { device_id: 1003, temperature: 23 });
    expect(fleet.points).toEqual([
      { id: 'A', metric: 't', unit: '°C', value: 1, at: NOW },
      { id: 'A', metric: 's', unit: '', value: null, at: NOW },
      { id: '1011', metric: 'pm25', unit: 'μg/m³', value: 3.5, at: NOW },
      { id: 'VT-1', metric: 'temperature', unit: '', value: 22, at: NOW },
      { id: '1003', metric: 'temperature', unit: '', value: 23, at: NOW },
    ]);
    expect(await counted('valtronics_mqtt_messages_total')).toEqual({
      'valtronics/+/telemetry subscribe': 1,
      'valtronics/devices/+/telemetry/+ subscribe': 1,
      'valtronics/telemetry subscribe': 1,
      'valtronics/telemetry/+ subscribe': 1,
    });
    expect(await unusable()).toEqual({});
    expect(handler.lastMessageAt()).toBe(NOW);
  });

  it('keeps the rest of a batch with one NaN', async () => {
    send('valtronics/A/telemetry', '{"metrics":[{"name":"a","value":NaN},{"name":"b","value":2}]}');
    expect(fleet.points.map(({ metric, value }) => [metric, value])).toEqual([['b', 2]]);
    expect(await unusable()).toEqual({ not_finite: 1 });
  });

  it('keeps what is good beside bare nan, -nan and inf of C, and up to a NUL', async () => {
    send('valtronics/A/telemetry', '{"metrics":[{"name":"a","value":nan},{"name":"b","value":2}]}\0');
    send('valtronics/telemetry', '{"device_id":"A","a":-nan,"b":inf,"c":-inf,"d":4}\0\0junk');
    expect(fleet.points.map(({ metric, value }) => [metric, value])).toEqual([
      ['b', 2],
      ['d', 4],
    ]);
    expect(await unusable()).toEqual({ not_finite: 4 });
  });

  it('says which device sent which bad value', () => {
    send('valtronics/telemetry', { device_id: 'VT-1', temperature: '12 apples', humidity: 40 });
    send('valtronics/B/telemetry', 'no json');
    expect(messages.list().items).toEqual([
      {
        reason: 'ambiguous_number',
        topic: 'valtronics/telemetry',
        deviceId: 'VT-1',
        metric: 'temperature',
        sample: '{"device_id":"VT-1","temperature":"12 apples","humidity":40}',
        size: 60,
        count: 1,
        firstAt: NOW,
        lastAt: NOW,
      },
      {
        reason: 'bad_json',
        topic: 'valtronics/B/telemetry',
        deviceId: 'B',
        metric: null,
        sample: 'no json',
        size: 7,
        count: 1,
        firstAt: NOW,
        lastAt: NOW,
      },
    ]);
  });

  it('hears a device whose message has no usable point', async () => {
    send('valtronics/A/telemetry', 'no json');
    send('valtronics/B/telemetry', { metrics: [] });
    send('valtronics/C/telemetry', { metrics: [5] });
    handler.handle('valtronics/D/telemetry', undefined, 5_000_000, false, NOW);
    expect(fleet.heardIds).toEqual(['A', 'B', 'C', 'D']);
    expect(fleet.points).toEqual([]);
    expect(await unusable()).toEqual({ bad_json: 1, wrong_type: 1, too_large: 1 });
    expect(await counted('valtronics_telemetry_bytes_total')).toEqual({ '': 5_000_000 + 7 + 14 + 15 });
  });

  it('counts a message that names no device', async () => {
    send('valtronics/telemetry', { temperature: 1 });
    send('valtronics/telemetry', { device_id: '', temperature: 1 });
    send('valtronics/telemetry', { device_id: {}, temperature: 1 });
    send('valtronics/telemetry', 'x');
    expect(fleet.heardIds).toEqual([]);
    expect(await unusable()).toEqual({ no_device: 3, bad_json: 1 });
  });
});

describe('status and heartbeat', () => {
  it('reports what a device says about itself', () => {
    send('valtronics/A/status', { device_id: 'A', status: 'error', timestamp: WRITTEN });
    send('valtronics/B/heartbeat', { status: 'online' });
    send('valtronics/devices/1/status/offline', { value: 1 });
    send('valtronics/devices/2/status/online', 'no json');
    send('valtronics/C/status', { status: null });
    expect(fleet.reports).toEqual([
      { id: 'A', status: 'error', at: NOW },
      { id: 'B', status: 'online', at: NOW },
      { id: '1', status: 'offline', at: NOW },
      { id: '2', status: 'online', at: NOW },
      { id: 'C', status: null, at: NOW },
    ]);
  });

  it('hears a device that states nothing: the firmware’s report has no status', async () => {
    send('valtronics/devices/VT-1/status', { uptime: 5, sensor_status: 'ok' });
    send('valtronics/devices/VT-2/status/battery', { value: 5 });
    send('valtronics/A/heartbeat', {});
    send('valtronics/A/status', { status: 5 });
    expect(fleet.reports).toEqual([]);
    expect(fleet.heardIds).toEqual(['VT-1', 'VT-2', 'A', 'A']);
    expect(await unusable()).toEqual({ wrong_type: 1 });
  });
});

describe('an empty payload', () => {
  it('clears a retained message: it is no sign of life and no status', async () => {
    for (const topic of ['A/telemetry', 'A/status', 'A/heartbeat', 'A/alert', 'devices/1/status/online'])
      for (const retained of [false, true]) send(`valtronics/${topic}`, '', retained);
    expect([fleet.heardIds, fleet.reports, fleet.retainedReports]).toEqual([[], [], []]);
    expect(await unusable()).toEqual({ empty: 10 });
  });
});

describe('a last will', () => {
  it('is a status as plain text and as a JSON text, of any word', async () => {
    send('valtronics/A/status', 'offline');
    send('valtronics/B/status', '"offline"');
    send('valtronics/devices/1/status', 'Lost');
    send('valtronics/C/status', 'offline', true);
    expect(fleet.reports).toEqual([
      { id: 'A', status: 'offline', at: NOW },
      { id: 'B', status: 'offline', at: NOW },
      { id: '1', status: 'Lost', at: NOW },
    ]);
    expect(fleet.retainedReports).toEqual([{ id: 'C', status: 'offline', at: null }]);
    expect(fleet.heardIds).toEqual([]);
    expect(await unusable()).toEqual({});
  });

  it('is no status where no status is expected', async () => {
    send('valtronics/A/telemetry', 'offline');
    expect(fleet.heardIds).toEqual(['A']);
    expect(await unusable()).toEqual({ bad_json: 1 });
  });
});

describe('other messages', () => {
  it('takes alerts, responses and events for signs of life', () => {
    send('valtronics/A/alert', { type: 'system', severity: 'critical' });
    send('valtronics/B/response', { command_id: 1 });
    send('valtronics/devices/1/events', {});
    send('valtronics/alerts', { device_id: 'VT-1', severity: 'warning' });
    expect(fleet.heardIds).toEqual(['A', 'B', '1', 'VT-1']);
  });

  it('takes nothing that the platform sent for a sign of life', async () => {
    send('valtronics/A/command', { command: 'reboot' });
    send('valtronics/devices/1/config/interval', 'no json');
    send('valtronics/system/health/api', 'no json');
    send('valtronics/nobody/knows/this', 'no json');
    expect(fleet.heardIds).toEqual([]);
    expect(await unusable()).toEqual({});
    expect(await counted('valtronics_mqtt_messages_total')).toEqual({
      'valtronics/+/command publish': 1,
      'valtronics/devices/+/config/+ publish': 1,
      'valtronics/system/health/+ subscribe': 1,
      'other subscribe': 1,
    });
  });
});

describe('retained messages', () => {
  it('are no messages, no points and no signs of life', async () => {
    send(
      'valtronics/A/telemetry',
      {
        timestamp: WRITTEN,
        metrics: [
          { name: 't', value: 1 },
          { name: 's', value: 'x' },
        ],
      },
      true,
    );
    send('valtronics/B/telemetry', { timestamp: 12345, name: 't', value: 2 }, true);
    const old = NOW - 30 * 86_400_000;
    send('valtronics/D/telemetry', { timestamp: old * 1000, name: 't', value: 3 }, true);
    send('valtronics/E/telemetry', { timestamp: old * 1e6, name: 't', value: 4 }, true);
    send('valtronics/A/status', { status: 'error', timestamp: WRITTEN }, true);
    send('valtronics/B/status', { status: 'online' }, true);
    send('valtronics/C/status', {}, true);
    send('valtronics/C/alert', {}, true);
    send('valtronics/C/alert', 'no json', true);
    const at = Date.parse(WRITTEN);
    // B's value has no time: milliseconds since boot say nothing about its age.
    expect(fleet.values).toEqual([
      { id: 'A', metric: 't', unit: '', value: 1, at },
      { id: 'D', metric: 't', unit: '', value: 3, at: old },
      { id: 'E', metric: 't', unit: '', value: 4, at: old },
    ]);
    expect(fleet.retainedReports).toEqual([
      { id: 'A', status: 'error', at },
      { id: 'B', status: 'online', at: null },
    ]);
    expect([fleet.points, fleet.reports, fleet.heardIds]).toEqual([[], [], []]);
    expect(handler.lastMessageAt()).toBeNull();
    expect(await counted('valtronics_mqtt_messages_total')).toEqual({});
    expect(await counted('valtronics_telemetry_bytes_total')).toEqual({});
  });
});

describe('limits', () => {
  it('folds templates over the cap into other and counts each once', async () => {
    start({ maxTopics: 1 });
    for (const kind of ['telemetry', 'status', 'alert', 'status']) {
      send(`valtronics/A/${kind}`, {});
      send(`valtronics/B/${kind}`, {});
    }
    expect(await counted('valtronics_mqtt_messages_total')).toEqual({
      'valtronics/+/telemetry subscribe': 2,
      'other subscribe': 6,
    });
    expect(await counted('valtronics_series_dropped_total')).toEqual({ topics: 2 });
  });

  it('counts the same with a memory for topics that is too small', async () => {
    start({ maxCachedTopics: 2 });
    for (let n = 0; n < 100; n += 1) send(`valtronics/D${n % 10}/telemetry`, { name: 't', value: n });
    send(`valtronics/${'x'.repeat(5000)}/telemetry`, { name: 't', value: 1 });
    expect(fleet.points).toHaveLength(101);
    expect(await counted('valtronics_mqtt_messages_total')).toEqual({
      'valtronics/+/telemetry subscribe': 101,
    });
  });

  it('takes any topic and any payload without throwing', () => {
    const topic = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'valtronics/A/telemetry',
        'valtronics/devices/1/status',
        'valtronics/telemetry',
        'valtronics/A/alert',
      ),
    );
    const payload = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(topic, payload, fc.boolean(), (name, bytes, retained) => {
        handler.handle(name, bytes, bytes.length, retained, NOW);
      }),
    );
  });
});
