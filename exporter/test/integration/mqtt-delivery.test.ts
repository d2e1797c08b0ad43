import { afterEach, expect, it } from '@jest/globals';
import type { MqttClient } from 'mqtt';
import { startMosquitto } from '../support/mosquitto.ts';
import type { RecordingMqttFleet } from '../support/recording-mqtt-fleet.ts';
import { describeWith, MOSQUITTO } from '../support/require.ts';
import { freePort, temporaryFolder, waitFor } from '../support/server.ts';
import { connectDevice, watchMqtt, type WatchOptions, type WatchedMqtt } from '../support/watched-mqtt.ts';
import { memoryState } from '../support/memory-state.ts';

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function watch(options: WatchOptions): Promise<WatchedMqtt> {
  const watched = await watchMqtt(options);
  cleanUp.push(() => watched.stop());
  return watched;
}

async function device(url: string): Promise<MqttClient> {
  const client = await connectDevice(url, { clean: false, clientId: `device-${Math.random()}` });
  cleanUp.push(() => client.endAsync(true));
  return client;
}

/** Publishes one point with the number as value at QoS 1; resolves when the broker has it. */
async function publish(client: MqttClient, n: number): Promise<void> {
  const payload = JSON.stringify({ metrics: [{ name: 'n', value: n, unit: 'count' }] });
  await client.publishAsync(`valtronics/DEV-${n % 10}/telemetry`, payload, { qos: 1 });
}

/** Publishes the numbers from `from` to before `to`, eight at a time. */
async function publishAll(client: MqttClient, from: number, to: number): Promise<void> {
  let next = from;
  const worker = async (): Promise<void> => {
    while (next < to) {
      const n = next;
      next += 1;
      await publish(client, n);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

const numbers = (...fleets: RecordingMqttFleet[]): Set<number | null> =>
  new Set(fleets.flatMap((fleet) => fleet.points.map(({ value }) => value)));

describeWith([MOSQUITTO], 'delivery of MQTT messages through mosquitto', () => {
  it('loses nothing at QoS 1 when the broker is killed and restarted under load', async () => {
    const port = await freePort();
    const url = `mqtt://127.0.0.1:${port}`;
    const folder = temporaryFolder('mosquitto-data');
    cleanUp.push(() => folder.remove());
    // With a bounded window mosquitto acknowledges messages that it only holds in memory: a kill loses those
    // before any subscriber could see them. Unbounded, it writes to the subscriber before it acknowledges.
    const options = { port, persistence: folder.path, lines: ['max_inflight_messages 0'] };
    let server = await startMosquitto(options);
    cleanUp.push(() => server.stop());
    const watched = await watch({ url });
    await watched.collect();
    const client = await device(url);
    const total = 3000;
    const publishing = publishAll(client, 0, total);
    for (const share of [0.2, 0.6]) {
      await waitFor('some of the load', () => numbers(watched.fleet).size > total * share);
      await server.stop('SIGKILL');
      await waitFor(
        'the loss is seen',
        async () => (await watched.family('valtronics_mqtt_connected'))[''] === 0,
      );
      server = await startMosquitto(options);
    }
    await publishing;
    await waitFor('all points', () => numbers(watched.fleet).size === total);
    expect(watched.fleet.points.length).toBeGreaterThanOrEqual(total);
    await watched.collect();
    expect(await watched.family('valtronics_mqtt_connected')).toEqual({ '': 1 });
    expect(await watched.family('valtronics_mqtt_reconnects_total')).toEqual({ '': 2 });
    expect(await watched.family('valtronics_mqtt_messages_total')).toEqual({
      'valtronics/+/telemetry subscribe': watched.fleet.points.length,
    });
  }, 300_000);

  it.each([5, 4] as const)(
    'gets what was sent while the exporter was away, whatever kind of stop (client at MQTT %i)',
    async (protocolVersion) => {
      const server = await startMosquitto();
      cleanUp.push(() => server.stop());
      const url = `mqtt://127.0.0.1:${server.port}`;
      const state = memoryState();
      const first = await watchMqtt({ url, state });
      await first.collect();
      const client = await connectDevice(url, { protocolVersion });
      cleanUp.push(() => client.endAsync(true));
      await publishAll(client, 0, 10);
      await waitFor('the first points', () => first.fleet.points.length === 10);
      await first.stop();
      await publishAll(client, 10, 500);
      const second = await watch({ url, state });
      await waitFor('the points of the outage', () => second.fleet.points.length === 490);
      expect(numbers(first.fleet, second.fleet).size).toBe(500);
    },
  );

  it('splits the messages in a shared group, and each exporter has the broker’s statistics', async () => {
    const server = await startMosquitto();
    cleanUp.push(() => server.stop());
    const url = `mqtt://127.0.0.1:${server.port}`;
    const pair = [await watch({ url, sharedGroup: 'a' }), await watch({ url, sharedGroup: 'a' })];
    const alone = await watch({ url });
    for (const watched of [...pair, alone]) await watched.collect();
    const client = await device(url);
    await publishAll(client, 0, 400);
    await waitFor('all points', () => numbers(...pair.map(({ fleet }) => fleet)).size === 400);
    await waitFor('all points at the one outside the group', () => numbers(alone.fleet).size === 400);
    const shares = pair.map(({ fleet }) => fleet.points.length);
    expect(shares.reduce((sum, share) => sum + share)).toBe(400);
    for (const share of shares) expect(share).toBeGreaterThan(50);
    for (const watched of pair) {
      await watched.collect(watched.broker);
      expect(await watched.family('valtronics_broker_clients')).toHaveProperty('connected');
    }
  });

  it('leaves the old filter when a run joins a group with the session of the run before', async () => {
    const server = await startMosquitto();
    cleanUp.push(() => server.stop());
    const url = `mqtt://127.0.0.1:${server.port}`;
    const state = memoryState();
    const before = await watchMqtt({ url, state });
    await before.collect();
    await waitFor('the session is remembered', () => state.documents.has('mqtt-session'));
    await before.stop();
    const after = await watch({ url, state, sharedGroup: 'g' });
    await after.collect();
    const client = await device(url);
    await publishAll(client, 0, 50);
    await waitFor('all points', () => numbers(after.fleet).size === 50);
    expect(after.fleet.points).toHaveLength(50);
  });

  it('tells the broker goodbye within a second, and does so only once', async () => {
    const server = await startMosquitto({ lines: ['log_type all'] });
    cleanUp.push(() => server.stop());
    const watched = await watchMqtt({ url: `mqtt://127.0.0.1:${server.port}`, clientId: 'leaver' });
    await watched.collect();
    await watched.stop();
    const goodbyes = (): number => server.output().split('Received DISCONNECT from leaver').length - 1;
    await waitFor('the goodbye', () => goodbyes() > 0);
    expect(goodbyes()).toBe(1);
    expect(await watched.family('valtronics_mqtt_connected')).toEqual({});
  });
});
