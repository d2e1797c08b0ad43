import { afterEach, describe, expect, it } from '@jest/globals';
import { connect as connectClient, connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { sysTopics } from '../../test/support/captures.ts';
import { waitFor } from '../../test/support/wait.ts';
import { type Broker, startBroker } from './broker.ts';
import { createBrokerLog } from './broker-log.ts';

interface Received {
  readonly topic: string;
  readonly payload: string;
  readonly qos: number;
  readonly retain: boolean;
}

const clients: MqttClient[] = [];
let broker: Broker | undefined;

afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
  await broker?.stop();
  broker = undefined;
});

async function start(sysInterval = 50): Promise<{ broker: Broker; seen: string[]; log: string[] }> {
  const seen: string[] = [];
  const log: string[] = [];
  const started = await startBroker({
    port: 0,
    sysInterval,
    log: createBrokerLog(
      (line) => log.push(line),
      () => 0,
    ),
    onMessage: (topic, payload) => seen.push(`${topic} ${payload.toString()}`),
  });
  broker = started;
  return { broker: started, seen, log };
}

async function connect(
  port: number,
  options: IClientOptions = {},
): Promise<{ client: MqttClient; received: Received[] }> {
  const received: Received[] = [];
  // The session may have messages waiting: they come right behind the CONNACK.
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options });
  client.on('message', (topic, payload, { qos, retain }) => {
    received.push({ topic, payload: payload.toString(), qos, retain });
  });
  clients.push(client);
  return { client, received };
}

describe('startBroker', () => {
  it("publishes exactly mosquitto's $SYS topics, retained, and nothing of its own library", async () => {
    const { broker } = await start();
    const { client, received } = await connect(broker.port);
    await client.subscribeAsync('$SYS/#');
    await connect(broker.port, { clientId: 'another' });
    await waitFor('all topics', () => new Set(received.map(({ topic }) => topic)).size >= 53);
    await waitFor('a second round', () => received.length > 60);
    expect([...new Set(received.map(({ topic }) => topic))].sort()).toEqual(sysTopics().sort());
    expect(received.filter(({ retain }) => retain).length).toBe(53);
  });

  it('counts what it carries in $SYS', async () => {
    const { broker, seen } = await start();
    const { client, received } = await connect(broker.port);
    await client.subscribeAsync('valtronics/#', { qos: 1 });
    broker.publish({ topic: 'valtronics/A/telemetry', payload: '{"a":1}', qos: 1 });
    await client.publishAsync('valtronics/X/telemetry', '{"x":1}', { qos: 1 });
    await waitFor('both messages', () => received.length === 2);
    expect(received.map(({ qos, retain }) => [qos, retain])).toEqual([
      [1, false],
      [1, false],
    ]);
    expect(seen).toEqual(['valtronics/A/telemetry {"a":1}', 'valtronics/X/telemetry {"x":1}']);
    expect(broker.counters).toMatchObject({ publishReceived: 2, publishSent: 2, connected: 1, maximum: 1 });
    expect(broker.counters.publishBytesReceived).toBe(14);
    broker.setFleetClients(40);
    expect(broker.counters).toMatchObject({ connected: 41, maximum: 41 });
  });

  it('keeps messages of a persistent session, and a bounded number of them', async () => {
    const { broker } = await start();
    const options = { clientId: 'persistent', clean: false };
    const { client } = await connect(broker.port, options);
    await client.subscribeAsync('valtronics/#', { qos: 1 });
    await client.endAsync();
    await waitFor('its absence', () => broker.counters.disconnected === 1);
    for (let number = 0; number < 1100; number++) {
      broker.publish({ topic: 'valtronics/A/telemetry', payload: String(number), qos: 1 });
    }
    await waitFor('the queue to be full', () => broker.counters.publishDropped === 100);
    const queued: string[] = [];
    // Listened to before it is connected: what waits may come with the broker's word that it is.
    const back = connectClient(`mqtt://127.0.0.1:${broker.port}`, options);
    clients.push(back);
    back.on('message', (_topic, payload) => queued.push(payload.toString()));
    await waitFor('the queued messages', () => queued.length >= 1000);
    expect(queued).toEqual(Array.from({ length: 1000 }, (_, number) => String(number)));
  });

  it('refuses MQTT 5 with a reason, as a broker without it does', async () => {
    const { broker } = await start();
    await expect(
      connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 5, reconnectPeriod: 0 }),
    ).rejects.toThrow(/Unacceptable protocol version|Connection refused/);
  });

  it('goes away and comes back on the same port', async () => {
    const { broker } = await start();
    const { client } = await connect(broker.port);
    await broker.suspend();
    await waitFor('the client to be cut off', () => !client.connected);
    await expect(connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0 })).rejects.toThrow();
    await broker.resume();
    const { client: again } = await connect(broker.port);
    expect(again.connected).toBe(true);
  });

  it("logs connections in mosquitto's words", async () => {
    const { broker, log } = await start();
    await connect(broker.port, { clientId: 'auto-1' });
    await waitFor('the line', () => log.some((line) => line.includes('New client connected')));
    expect(log[0]).toBe('1970-01-01T00:00:00: mosquitto version 2.0.11 starting');
    const line = log.find((text) => text.includes('New client connected')) ?? '';
    expect(line).toMatch(
      /^1970-01-01T00:00:00: New client connected from 127\.0\.0\.1:\d+ as auto-1 \(p2, c1, k60\)\.$/,
    );
  });

  it('rejects a taken port', async () => {
    const { broker } = await start();
    await expect(
      startBroker({
        port: broker.port,
        log: createBrokerLog(
          () => undefined,
          () => 0,
        ),
        onMessage: () => undefined,
      }),
    ).rejects.toThrow('EADDRINUSE');
  });
});
