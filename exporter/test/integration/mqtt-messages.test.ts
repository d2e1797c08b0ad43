import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { MqttClient } from 'mqtt';
import { startMosquitto } from '../support/mosquitto.ts';
import { describeWith, MOSQUITTO } from '../support/require.ts';
import { waitFor, type RunningServer } from '../support/server.ts';
import { connectDevice, watchMqtt, type WatchedMqtt } from '../support/watched-mqtt.ts';

describeWith([MOSQUITTO], 'MQTT messages through mosquitto', () => {
  let server: RunningServer;
  let url: string;
  let client: MqttClient;
  let watched: WatchedMqtt;
  const retained: string[] = [];

  const unusable = (): Promise<Readonly<Record<string, number>>> =>
    watched.family('valtronics_mqtt_unusable_total');

  async function retain(topic: string, payload: string): Promise<void> {
    retained.push(topic);
    await client.publishAsync(topic, payload, { qos: 1, retain: true });
  }

  /** Publishes a last message and waits for it, so that all before it have been handled. */
  async function flush(): Promise<void> {
    const seen = watched.fleet.heardIds.length;
    await client.publishAsync('valtronics/LAST/response', '{}', { qos: 1 });
    await waitFor('the last message', () => watched.fleet.heardIds.slice(seen).includes('LAST'));
  }

  beforeAll(async () => {
    server = await startMosquitto();
    url = `mqtt://127.0.0.1:${server.port}`;
    client = await connectDevice(url);
  });
  afterAll(async () => {
    await client.endAsync(true);
    await server.stop();
  });
  beforeEach(async () => {
    watched = await watchMqtt({ url });
  });
  afterEach(async () => {
    await watched.stop();
    for (const topic of retained.splice(0)) await client.publishAsync(topic, '', { qos: 1, retain: true });
  });

  it('counts payloads of a megabyte, and parses the one within the limit', async () => {
    await watched.collect();
    const limit = 1_048_576;
    const document = (size: number): string => {
      const text = '{"name":"n","value":1,"pad":""}';
      return text.replace('""}', `"${'x'.repeat(size - text.length)}"}`);
    };
    await client.publishAsync('valtronics/A/telemetry', document(limit), { qos: 1 });
    await client.publishAsync('valtronics/B/telemetry', document(limit + 1), { qos: 1 });
    await client.publishAsync('valtronics/C/telemetry', document(8 * limit), { qos: 1 });
    await client.publishAsync('valtronics/D/telemetry', document(200), { qos: 1 });
    await flush();
    expect(watched.fleet.points.map(({ id }) => id)).toEqual(['A', 'D']);
    expect(watched.fleet.heardIds.slice(0, 2)).toEqual(['B', 'C']);
    expect(await unusable()).toMatchObject({ too_large: 2 });
    expect(await watched.family('valtronics_telemetry_bytes_total')).toEqual({ '': 10 * limit + 201 });
  });

  it('survives hostile topics and payloads, and counts what it cannot use', async () => {
    await watched.collect();
    const bytes = Buffer.from([0x80, 0xff, 0, 0x22]);
    const topics = [
      'valtronics/__proto__/telemetry',
      `valtronics/${'x'.repeat(60_000)}/telemetry`,
      'valtronics/%s%n"/telemetry',
      'valtronics//telemetry',
      'valtronics/devices/1/telemetry/../../etc',
      'valtronics/$SYS/telemetry',
      'valtronics/ü💥/telemetry',
      'valtronics',
    ];
    for (const topic of topics) {
      await client.publishAsync(topic, bytes, { qos: 1 });
      await client.publishAsync(topic, '{"name":"__proto__","value":"1e400"}', { qos: 0 });
    }
    await flush();
    expect(watched.fleet.points).toEqual([]);
    const counted = await unusable();
    expect([counted['not_utf8'], counted['not_finite']]).toEqual([5, 5]);
    expect(await watched.family('valtronics_mqtt_messages_total')).toEqual({
      'valtronics/+/telemetry subscribe': 10,
      'other subscribe': 6,
      'valtronics/+/response subscribe': 1,
    });
  });

  it('sees nothing of other topics, and nothing of $SYS as a device', async () => {
    await watched.collect();
    await watched.collect(watched.broker);
    await client.publishAsync('test', 'healthcheck');
    await client.publishAsync('$SYS/broker/uptime', '999999 seconds');
    await client.publishAsync('$valtronics/A/telemetry', '{"name":"n","value":1}', { qos: 1 });
    await flush();
    expect(watched.fleet.points).toEqual([]);
    expect(watched.fleet.heardIds).toEqual(['LAST']);
    expect(await watched.family('valtronics_mqtt_messages_total')).toEqual({
      'valtronics/+/response subscribe': 1,
    });
  });

  it('uses retained messages for state only, and a new one counts', async () => {
    await retain('valtronics/R/status', '{"status":"error","timestamp":"2026-11-22T23:00:00Z"}');
    await retain('valtronics/R/telemetry', '{"name":"t","value":5,"timestamp":"2026-11-22T23:00:00"}');
    const later = await watchMqtt({ url });
    try {
      await waitFor(
        'retained messages',
        () => later.fleet.retainedReports.length === 1 && later.fleet.values.length === 1,
      );
      expect(later.fleet.retainedReports).toEqual(
        [{ id: 'R', status: 'error', at: Date.now() }].map((r) => ({ ...r, at: expect.any(Number) })),
      );
      expect([later.fleet.points, later.fleet.reports, later.fleet.heardIds]).toEqual([[], [], []]);
      expect(await later.family('valtronics_mqtt_last_message_timestamp_seconds')).toEqual({});
      // Sent with the retain flag to one who is subscribed, it is live.
      await retain('valtronics/R/telemetry', '{"name":"t","value":6}');
      await waitFor('the live point', () => later.fleet.points.length === 1);
      await later.collect();
      expect(Object.keys(await later.family('valtronics_mqtt_last_message_timestamp_seconds'))).toHaveLength(
        1,
      );
    } finally {
      await later.stop();
    }
  });

  it('publishes the statistics of the broker, true to what it did', async () => {
    await watched.collect();
    await watched.collect(watched.broker);
    const before = await watched.family('valtronics_broker_messages_total');
    for (let n = 0; n < 50; n += 1) await client.publishAsync('test', 'healthcheck', { qos: 1 });
    await waitFor('newer statistics', async () => {
      await watched.collect(watched.broker);
      const now = await watched.family('valtronics_broker_messages_total');
      return (now['received'] ?? 0) >= (before['received'] ?? 0) + 50;
    });
    expect(await watched.family('valtronics_broker_clients')).toMatchObject({
      connected: 2,
      total: expect.any(Number),
    });
    expect(Object.keys(await watched.family('valtronics_broker_bytes_total')).sort()).toEqual([
      'received',
      'sent',
    ]);
    for (const name of ['uptime_seconds', 'subscriptions', 'stored_messages'])
      expect(Object.keys(await watched.family(`valtronics_broker_${name}`))).toHaveLength(1);
    watched.broker.withdraw();
    expect(await watched.family('valtronics_broker_clients')).toEqual({});
  });
});
