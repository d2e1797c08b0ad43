import { afterEach, expect, it } from '@jest/globals';
import { CATALOGUE } from '../../src/metrics/catalogue/index.ts';
import { startExporter, subscribed } from '../support/exporter.ts';
import { json, startFakeApi } from '../support/fake-api.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { describeWith, MOSQUITTO } from '../support/require.ts';
import { waitFor } from '../support/server.ts';
import { connectDevice } from '../support/watched-mqtt.ts';
import { devicesIn, pointsIn, publishReadings, samplesOf, startShards, summed } from '../support/shards.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const IDS = Array.from(
  { length: 300 },
  (_, index) => `${index % 3 === 0 ? 'Fühler' : 'SENSOR'}-${1000 + index}`,
);
/** What each exporter says about itself and its own connections; and times, which differ from one to the next. */
const OF_EACH =
  /^valtronics_(?:mqtt_(?:connected|reconnects|last_message)|api_(?:healthy|endpoint_success|probe_duration)|device_(?:last_seen|status_since)_|broker_)/;

async function broker(): Promise<string> {
  const server = await startMosquitto();
  undo.push(() => server.stop());
  return `mqtt://127.0.0.1:${server.port}`;
}

async function shardsOf(total: number, settings: Readonly<Record<string, string>>) {
  const shards = await startShards(total, settings);
  undo.push(() => shards.stop());
  return shards;
}

/** Messages and values that could not be used. */
function unusableIn(texts: readonly string[]): number {
  const found = [...summed(texts)].filter(([series]) => series.startsWith('valtronics_mqtt_unusable_total'));
  return found.reduce((sum, [, value]) => sum + value, 0);
}

/** An API that lists the devices, and one that was never heard. */
async function platform(): Promise<string> {
  const api = await startFakeApi();
  undo.push(() => api.stop());
  const registered = [...IDS, 'SILENT-1'].map((device_id, index) => ({
    ...{ id: index + 1, device_id, name: `Device ${device_id}`, device_type: index % 2 ? 'sensor' : 'meter' },
    ...{ location: 'Hall 1', status: 'offline', is_active: true },
  }));
  api.set('/api/v1/devices/', json(registered));
  return api.url;
}

describeWith([MOSQUITTO], 'three exporters of one fleet', () => {
  it('expose together what one alone does, and each device once', async () => {
    const url = await broker();
    const settings = { VALTRONICS_MQTT_URL: url, VALTRONICS_API_URL: await platform() };
    const alone = await startExporter(settings);
    undo.push(() => alone.stop());
    const shards = await shardsOf(3, settings);
    await Promise.all([alone, ...shards.exporters].map(subscribed));
    // And one that nobody has registered.
    await publishReadings(url, [...IDS, 'STRANGER'], 21);
    // Of no use: what names nobody, what is none of a device that names itself.
    const device = await connectDevice(url);
    undo.push(() => device.endAsync(true));
    await device.publishAsync('valtronics/telemetry', '{"metrics":[]}', { qos: 1 });
    for (const id of IDS.slice(0, 20))
      await device.publishAsync(`valtronics/${id}/telemetry`, '{', { qos: 1 });
    const total = IDS.length + 1;
    await waitFor('all points', async () => pointsIn([await alone.metrics()]) === total);
    await waitFor('all points', async () => pointsIn(await shards.metrics()) === total);
    for (const all of [() => shards.metrics(), async () => [await alone.metrics()]])
      await waitFor('all that is of no use', async () => unusableIn(await all()) === 21);

    const texts = await shards.metrics();
    const one = await alone.metrics();
    expect(devicesIn(texts)).toEqual([...IDS, 'SILENT-1'].sort());
    const ofPlatform = new Set(CATALOGUE.filter(({ owner }) => owner !== 'exporter').map(({ name }) => name));
    const compared = [...samplesOf(one)].filter(([series]) => {
      const name = /^\w+/.exec(series)?.[0] ?? '';
      return ofPlatform.has(name.replace(/_(?:bucket|sum|count)$/, '')) && !OF_EACH.test(name);
    });
    const sums = summed(texts);
    expect(compared.map(([series]) => [series, sums.get(series)])).toEqual(compared);
    const names = new Set(compared.map(([series]) => /^\w+/.exec(series)?.[0]));
    expect([...names]).toEqual(
      expect.arrayContaining([
        'valtronics_devices_total',
        'valtronics_device_telemetry',
        'valtronics_mqtt_messages_total',
        'valtronics_mqtt_unregistered_devices',
        'valtronics_alerts_active',
      ]),
    );
  }, 300_000);

  it('keep alerts, the broker and logs to the first, and say so', async () => {
    const shards = await shardsOf(2, { VALTRONICS_MQTT_URL: await broker() });
    const states = shards.exporters.map(async ({ url, metrics }) => ({
      alerts: (await fetch(`${url}/api/v1/alerts`)).status,
      logs: (await fetch(`${url}/api/v1/logs/statistics`)).status,
      hasBroker: (await metrics()).includes('collector="broker"'),
      hasStore: (await metrics()).includes('valtronics_alert_store_up'),
    }));
    expect(await Promise.all(states)).toEqual([
      { alerts: 200, logs: 200, hasBroker: true, hasStore: true },
      { alerts: 503, logs: 503, hasBroker: false, hasStore: false },
    ]);
    const answer = await fetch(`${shards.exporters[1]?.url ?? ''}/api/v1/alerts`);
    expect(await answer.text()).toContain('VALTRONICS_SHARD=0');
  });

  it('count every message once while one of them restarts and when their number changes', async () => {
    const url = await broker();
    const shards = await shardsOf(3, { VALTRONICS_MQTT_URL: url });
    let ended = 0;
    let sent = 0;
    const send = async (value: number): Promise<void> => {
      await publishReadings(url, IDS, value);
      sent += IDS.length;
    };
    const allCounted = (): Promise<void> =>
      waitFor('all points', async () => ended + pointsIn(await shards.metrics()) === sent);

    await send(1);
    await allCounted();
    const before = await shards.metrics();
    expect(devicesIn(before)).toEqual([...IDS].sort());

    // Its counters begin at 0 again, as Prometheus expects of a restart.
    ended += pointsIn(before.slice(1, 2));
    await shards.exporters[1]?.stop();
    await send(2);
    const running = shards.exporters.filter((_exporter, shard) => shard !== 1);
    const others = await Promise.all(running.map(({ metrics }) => metrics()));
    expect(devicesIn(others)).toEqual(devicesIn(before.filter((_text, shard) => shard !== 1)));
    await shards.restart(1);
    await allCounted();
    expect(devicesIn(await shards.metrics())).toEqual([...IDS].sort());

    ended += pointsIn(await shards.metrics());
    // What is sent meanwhile waits at the broker, for all of them; the new owner counts it.
    await shards.resize(2, () => send(3));
    await send(4);
    await allCounted();
    const after = await shards.metrics();
    expect(devicesIn(after)).toEqual([...IDS].sort());
    expect(after.every((text) => devicesIn([text]).length > IDS.length / 3)).toBe(true);
  }, 300_000);
});
