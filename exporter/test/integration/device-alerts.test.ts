import { isDeepStrictEqual } from 'node:util';
import { afterEach, expect, it } from '@jest/globals';
import type { MqttClient } from 'mqtt';
import { z } from 'zod';
import { startExporter, subscribed, type TestExporter } from '../support/exporter.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { describeWith, MOSQUITTO } from '../support/require.ts';
import { freePort, type RunningServer, temporaryFolder, waitFor } from '../support/server.ts';
import { connectDevice } from '../support/watched-mqtt.ts';

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

const pageSchema = z.object({
  items: z.array(
    z.object({
      ...{ name: z.string(), source: z.string(), state: z.string(), severity: z.string(), count: z.number() },
      labels: z.record(z.string(), z.string()),
      resolution: z.object({ comment: z.string() }).nullable(),
    }),
  ),
});

interface Parts {
  readonly client: MqttClient;
  readonly exporter: TestExporter;
  readonly broker: RunningServer;
  /** `device type severity state count`, oldest first. */
  rows(): Promise<string[]>;
  say(topic: string, payload: unknown, retain?: boolean): Promise<unknown>;
}

async function parts(settings: Readonly<Record<string, string>> = {}): Promise<Parts> {
  const broker = await startMosquitto();
  cleanUp.push(() => broker.stop());
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const client = await connectDevice(url);
  cleanUp.push(() => client.endAsync(true));
  const exporter = await startExporter({ VALTRONICS_MQTT_URL: url, ...settings });
  cleanUp.push(() => exporter.stop());
  await subscribed(exporter);
  return {
    ...{ broker, client, exporter },
    rows: () => rowsOf(exporter),
    say: (topic, payload, retain = false) =>
      client.publishAsync(topic, JSON.stringify(payload), { qos: 1, retain }),
  };
}

async function rowsOf({ url }: TestExporter): Promise<string[]> {
  const { items } = pageSchema.parse(
    await (await fetch(`${url}/api/v1/alerts/history?source=device`)).json(),
  );
  return items
    .map(({ labels, severity, state, count }) =>
      [labels['device_id'], labels['alert_type'], severity, state, count].join(' '),
    )
    .reverse();
}

describeWith([MOSQUITTO], 'alerts of devices through mosquitto', () => {
  it('reach the store by every layout, are counted, and end by the device or its status', async () => {
    const { say, rows, exporter } = await parts();
    const at = new Date().toISOString();
    await say('valtronics/GATEWAY_001/status', { status: 'error' });
    await say('valtronics/GATEWAY_001/alert', {
      type: 'system',
      severity: 'critical',
      message: 'failed',
      timestamp: at,
    });
    await say('valtronics/alerts', {
      device_id: 'ESP-1',
      alert_type: 'humidity_low',
      severity: 'WARN',
      value: 12,
    });
    await say('valtronics/alerts/ESP-2', {
      alert_type: 'sensor_failover',
      severity: 'info',
      timestamp: 81234,
    });
    await say('valtronics/devices/DEV-3/alerts', { type: 'device', message: 'no severity' });
    await waitFor('four alerts', async () => (await rows()).length === 4);
    expect(await rows()).toEqual([
      'GATEWAY_001 system critical active 1',
      'ESP-1 humidity_low warning active 1',
      'ESP-2 sensor_failover info active 1',
      'DEV-3 device warning active 1',
    ]);
    for (let time = 0; time < 3; time += 1)
      await say('valtronics/alerts', { device_id: 'ESP-1', alert_type: 'humidity_low', severity: 'warning' });
    await say('valtronics/alerts', { device_id: 'ESP-1', alert_type: 'humidity_low', state: 'cleared' });
    await say('valtronics/GATEWAY_001/status', { status: 'online' });
    await waitFor(
      'two ends',
      async () => (await rows()).filter((row) => row.includes('resolved')).length === 2,
    );
    const total = (severity: string, type: string) =>
      exporter.value(`valtronics_device_alerts_total{severity="${severity}",alert_type="${type}"}`);
    expect(await total('warning', 'humidity_low')).toBe(4);
    expect(await total('critical', 'system')).toBe(1);
    expect(await total('warning', 'threshold')).toBe(0);
    expect(await exporter.metrics()).not.toContain('valtronics_alerts_total{');
    expect(
      await exporter.value('valtronics_store_alerts{source="device",state="active",severity="info"}'),
    ).toBe(1);
  });

  it('that the broker keeps are one alert, however often the exporter connects', async () => {
    const { say, rows, exporter, broker } = await parts();
    const payload = { type: 'leak', severity: 'critical', timestamp: new Date().toISOString() };
    await say('valtronics/PUMP/alert', payload, true);
    await waitFor('the alert', async () => (await rows()).length === 1);
    const url = `mqtt://127.0.0.1:${broker.port}`;
    const other = await startExporter({ VALTRONICS_MQTT_URL: url });
    cleanUp.push(() => other.stop());
    await waitFor('the kept alert', async () => (await rowsOf(other)).length === 1);
    await say('valtronics/PUMP/alert', {
      ...payload,
      status: 'resolved',
      timestamp: new Date().toISOString(),
    });
    await waitFor('the end', async () => (await rowsOf(other))[0]?.includes('resolved') === true);
    await fetch(`${other.url}/-/reload`, { method: 'POST' });
    await say('valtronics/PUMP/alert', { type: 'after', severity: 'info' });
    const expected = ['PUMP leak critical resolved 1', 'PUMP after info active 1'];
    for (const each of [() => rowsOf(other), rows])
      await waitFor('both rows', async () => isDeepStrictEqual(await each(), expected));
    expect(
      await exporter.value('valtronics_device_alerts_total{severity="critical",alert_type="leak"}'),
    ).toBe(1);
  });

  it('are neither lost nor doubled when the exporter is killed hard again and again', async () => {
    const broker = await startMosquitto();
    cleanUp.push(() => broker.stop());
    const url = `mqtt://127.0.0.1:${broker.port}`;
    const state = temporaryFolder('device-alerts-kill');
    cleanUp.push(() => state.remove());
    const port = await freePort();
    const settings = { VALTRONICS_MQTT_URL: url, VALTRONICS_MQTT_CLIENT_ID: 'killed' };
    const start = () => startExporter(settings, { stateFolder: state.path, port });
    const client = await connectDevice(url);
    cleanUp.push(() => client.endAsync(true));
    const KILLS = 5;
    const DEVICES = 40;
    let exporter = await start();
    await subscribed(exporter);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const said = Array.from({ length: DEVICES }, (_, device) =>
        client.publishAsync(
          `valtronics/D${kill}-${device}/alert`,
          JSON.stringify({ type: 'x', severity: 'critical', timestamp: new Date().toISOString() }),
          { qos: 1 },
        ),
      );
      await said[kill * 7];
      await exporter.stop('SIGKILL');
      await Promise.all(said);
      exporter = await start();
    }
    cleanUp.push(() => exporter.stop());
    const total = async (): Promise<number> => {
      const response = await fetch(`${exporter.url}/api/v1/alerts/statistics`);
      return z.object({ total_alerts: z.number() }).parse(await response.json()).total_alerts;
    };
    await waitFor('all alerts', async () => (await total()) >= KILLS * DEVICES);
    expect(await total()).toBe(KILLS * DEVICES);
  });
});
