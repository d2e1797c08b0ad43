import { afterEach, beforeEach, expect, it } from '@jest/globals';
import mqtt from 'mqtt';
import { z } from 'zod';
import { valueOf } from '../support/exporter.ts';
import { json, startFakeApi, type FakeApi } from '../support/fake-api.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { type Reloadable, reloadable } from '../support/reloadable.ts';
import { MOSQUITTO, describeWith } from '../support/require.ts';
import { freePort, type RunningServer, waitFor } from '../support/server.ts';

const serviceMap = z.object({
  edges: z.array(
    z.object({
      ...{ client: z.string(), server: z.string(), kind: z.string(), unmeasured: z.string().nullable() },
      ...{ rate: z.number().nullable(), errorRate: z.number().nullable(), p95Ms: z.number().nullable() },
      ...{ requests: z.number(), failed: z.number() },
    }),
  ),
});

const device = (number: number, id: string, type: string) => ({
  ...{ id: number, device_id: id, name: id, device_type: type, status: 'online', is_active: true },
});

describeWith([MOSQUITTO], 'MQTT messages on the service map', () => {
  let exporter: Reloadable;
  let api: FakeApi;
  let broker: RunningServer;
  let port: number;

  beforeEach(async () => {
    port = await freePort();
    broker = await startMosquitto({ port });
    api = await startFakeApi();
    api.set('/api/v1/devices/', json([device(1, 'S', 'sensor'), device(2, 'C', 'camera')]));
    exporter = reloadable();
  });
  afterEach(async () => {
    await exporter.remove();
    await api.stop();
    await broker.stop();
  });

  async function edge(client: string) {
    const { edges } = serviceMap.parse((await exporter.ask('/api/v1/traces/map')).body);
    return edges.find((one) => one.client === client && one.kind === 'messages');
  }

  async function publish(...messages: readonly (readonly [topic: string, payload: string])[]): Promise<void> {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
    for (const [topic, payload] of messages) await client.publishAsync(topic, payload, { qos: 1 });
    await client.endAsync();
  }

  it('are counted one by one though no trace is sampled, stay through a reload, and wait for a broker', async () => {
    await exporter.start({
      ...{ VALTRONICS_TRACES_BUFFER: '50', OTEL_TRACES_SAMPLER: 'always_off' },
      ...{ VALTRONICS_API_URL: api.url, VALTRONICS_MQTT_URL: `mqtt://127.0.0.1:${port}` },
    });
    await waitFor(
      'the subscription',
      async () => valueOf(await exporter.scrape(), 'valtronics_mqtt_connected') === 1,
    );
    await publish(
      ['valtronics/S/telemetry', '{"metrics":[{"name":"t","value":1}]}'],
      ['valtronics/S/telemetry', 'nonsense'],
      ['valtronics/C/heartbeat', '{}'],
      ['valtronics/C/command', '{}'],
    );
    await waitFor('all messages', async () => (await edge('broker'))?.requests === 4);
    // Of less than a second nobody tells a rate.
    await waitFor('a rate', async () => ((await edge('devices:sensor'))?.rate ?? 0) > 0);
    const sensors = { requests: 2, failed: 1, errorRate: 0.5, p95Ms: null, unmeasured: null };
    expect(await edge('devices:sensor')).toMatchObject(sensors);
    expect(await edge('devices:camera')).toMatchObject({ requests: 1, failed: 0, errorRate: 0 });
    expect(await edge('valtronics-api')).toMatchObject({ server: 'broker', requests: 1, errorRate: null });

    await exporter.reload({ VALTRONICS_MAX_DEVICES: '7' });
    expect(await edge('devices:sensor')).toMatchObject(sensors);

    await broker.stop();
    await waitFor('the broker’s end', async () => (await edge('broker'))?.unmeasured === 'broker_away');
    expect(await edge('devices:sensor')).toMatchObject({ rate: null, errorRate: null, requests: 0 });
    broker = await startMosquitto({ port });
    await waitFor('the broker again', async () => (await edge('broker'))?.unmeasured === null);
    expect(await edge('devices:sensor')).toMatchObject(sensors);

    await exporter.reload({ VALTRONICS_MQTT_URL: undefined });
    expect(await edge('devices:sensor')).toBeUndefined();
  });
});
