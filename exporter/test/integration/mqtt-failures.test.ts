import { Aedes } from 'aedes';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Socket } from 'node:net';
import { freePort, waitFor } from '../support/server.ts';
import { connectDevice, watchMqtt, type WatchOptions, type WatchedMqtt } from '../support/watched-mqtt.ts';

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function watch(options: WatchOptions): Promise<WatchedMqtt> {
  const watched = await watchMqtt(options);
  cleanUp.push(() => watched.stop());
  return watched;
}

/** Listens on a free port and gives each connection to `serve`. */
async function listen(serve: (socket: Socket) => void): Promise<number> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  cleanUp.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return port;
}

/** A broker that knows MQTT 3.1.1 only. */
async function aedes(authorise: (filter: string) => boolean = () => true): Promise<number> {
  const broker = await Aedes.createBroker({
    authorizeSubscribe: (_client, subscription, done) =>
      done(null, authorise(subscription.topic) ? subscription : null),
  });
  cleanUp.push(() => new Promise<void>((resolve) => broker.close(resolve)));
  return listen((socket) => broker.handle(socket));
}

const connected = async (watched: WatchedMqtt): Promise<number | undefined> =>
  (await watched.family('valtronics_mqtt_connected'))[''];

describe('a broker that cannot be used', () => {
  it('is named with host, port, reason and the next try while it is down, and the gauge is 0', async () => {
    const port = await freePort();
    const watched = await watch({ url: `mqtt://user:hunter2@127.0.0.1:${port}` });
    const message = await watched.failure();
    expect(message).toMatch(`mqtt://127.0.0.1:${port} refuses the connection`);
    expect(message).toMatch(/next try in \d+ s$/);
    expect(message + watched.mqtt.target + watched.broker.target).not.toContain('hunter2');
    expect(await watched.failure(watched.broker)).toMatch(/refuses the connection/);
    expect(await connected(watched)).toBe(0);
    expect(await watched.family('valtronics_mqtt_reconnects_total')).toEqual({ '': 0 });
    watched.mqtt.withdraw();
    expect(await connected(watched)).toBe(0);
    expect(watched.fleet.availability).toEqual([false]);
  });

  it('is said not to answer when it accepts and stays silent, within the time of the attempt', async () => {
    const port = await listen(() => undefined);
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}`, connectTimeout: 300 });
    expect(await watched.failure(watched.mqtt, 50)).toMatch('not connected');
    await waitFor('the end of the attempt', async () =>
      (await watched.failure()).includes('does not answer the greeting of MQTT within 0.3 s'),
    );
    expect(await connected(watched)).toBe(0);
  });

  it('is left when it talks nonsense, and taken again when it stops', async () => {
    let nonsense = true;
    const broker = await Aedes.createBroker();
    cleanUp.push(() => new Promise<void>((resolve) => broker.close(resolve)));
    const port = await listen((socket) => {
      if (nonsense) socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
      else broker.handle(socket);
    });
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}`, connectTimeout: 300 });
    expect(await watched.failure()).toMatch(`mqtt://127.0.0.1:${port}`);
    nonsense = false;
    await waitFor('a connection', async () => (await watched.failure()) === '');
    expect(await connected(watched)).toBe(1);
  });

  it.each([
    ['a malformed PUBLISH', Buffer.from([0x30, 0x01, 0x00])],
    ['a second CONNACK', Buffer.from([0x20, 0x03, 0x00, 0x00, 0x00])],
    ['an unknown packet', Buffer.from([0x00, 0x00])],
  ])('is left when it sends %s after a good beginning', async (_name, bytes) => {
    let connections = 0;
    const port = await listen((socket) => {
      connections += 1;
      socket.once('data', () => socket.write(Buffer.concat([Buffer.from([0x20, 0x03, 0, 0, 0]), bytes])));
    });
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}`, connectTimeout: 600_000 });
    await waitFor('another attempt', () => connections > 2);
    expect(await connected(watched)).toBe(0);
  });
});

describe('a broker that ends the connection', () => {
  it('is quoted with the reason that it gives', async () => {
    const port = await listen((socket) => {
      socket.once('data', () => socket.end(Buffer.from([0x20, 0x03, 0, 0, 0, 0xe0, 0x02, 0x8e, 0x00])));
    });
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}` });
    expect(await watched.failure()).toMatch(/gave the session to another client.*VALTRONICS_MQTT_CLIENT_ID/);
  });

  it('may leave the subscription without an answer: that is a failure, too', async () => {
    const port = await listen((socket) => {
      socket.once('data', () => socket.write(Buffer.from([0x20, 0x03, 0, 0, 0])));
    });
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}`, connectTimeout: 200 });
    // On a busy machine the greeting itself may take longer than the limit: then the next attempt comes this far.
    await waitFor('the failure of the subscription', async () =>
      /subscription.*no answer within 0.2 s/.test(await watched.failure()),
    );
  });
});

/** Bytes of a broker that accepts an MQTT 5 client and grants both subscriptions; anything else is left to `more`. */
function listenAndGrant(more: (socket: Socket, packet: Buffer) => void): Promise<number> {
  return listen((socket) => {
    socket.on('data', (packet) => {
      if (packet[0] === 0x10) socket.write(Buffer.from([0x20, 0x03, 0, 0, 0]));
      else if (packet[0] === 0x82)
        socket.write(Buffer.from([0x90, 0x05, packet[2] ?? 0, packet[3] ?? 0, 0, 1, 0]));
      else more(socket, packet);
    });
  });
}

/** First byte of the packet that answers a message at QoS 2. */
const PUBREC = 0x50;

describe('a connection that goes quiet', () => {
  it('is given up when the broker answers no PINGREQ', async () => {
    const port = await listenAndGrant(() => undefined);
    const watched = await watch({
      url: `mqtt://127.0.0.1:${port}`,
      keepAlive: 1000,
      backoff: { initial: 60_000, max: 60_000 },
    });
    await watched.collect();
    await waitFor('the loss', async () => (await watched.failure()).includes('keep-alive time of 1 s'));
    expect(await connected(watched)).toBe(0);
  });

  it('is kept while messages arrive, even if the answer to PINGREQ stands behind them', async () => {
    const topic = 'valtronics/x';
    const message = Buffer.from([0x30, 3 + topic.length, 0, topic.length, ...Buffer.from(topic), 0]);
    let pings = 0;
    const port = await listenAndGrant((socket, packet) => {
      if (packet[0] !== 0xc0) return;
      pings += 1;
      socket.write(message);
    });
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}`, keepAlive: 1000 });
    await watched.collect();
    await waitFor('several keep-alive times', () => pings === 4);
    expect(await watched.failure()).toBe('');
    expect(await watched.family('valtronics_mqtt_reconnects_total')).toEqual({ '': 0 });
    expect(await watched.family('valtronics_mqtt_messages_total')).toEqual({ 'other subscribe': 4 });
  });

  it('takes a message at QoS 2 that an older subscription of the session left behind', async () => {
    const topic = 'valtronics/A/telemetry';
    const body = Buffer.concat([
      Buffer.from([0, topic.length]),
      Buffer.from(topic),
      Buffer.from([0, 7, 0]),
      Buffer.from('{"name":"t","value":1}'),
    ]);
    const port = await listen((socket) => {
      socket.on('data', (packet) => {
        if (packet[0] === 0x10) {
          socket.write(Buffer.concat([Buffer.from([0x20, 0x03, 1, 0, 0, 0x34, body.length]), body]));
        } else if (packet[0] === PUBREC) socket.write(Buffer.from([0x62, 0x02, 0, 7]));
      });
    });
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}` });
    await waitFor('the point', () => watched.fleet.points.length === 1);
  });
});

/** A broker of both versions that closes without a word unless `answers` says otherwise; notes the versions it was asked in. */
function listenAsBroker(
  versions: (number | undefined)[],
  answers: (attempt: number) => boolean,
): Promise<number> {
  return listen((socket) => {
    let isOld = false;
    socket.on('data', (packet) => {
      if (packet[0] === 0x10) {
        // Byte 8 of CONNECT is the protocol's version.
        versions.push(packet[8]);
        isOld = packet[8] === 4;
        if (!answers(versions.length)) socket.end();
        else socket.write(Buffer.from(isOld ? [0x20, 0x02, 0, 0] : [0x20, 0x03, 0, 0, 0]));
      } else if (packet[0] === 0x82) {
        const [, , high = 0, low = 0] = packet;
        socket.write(Buffer.from(isOld ? [0x90, 0x04, high, low, 1, 0] : [0x90, 0x05, high, low, 0, 1, 0]));
      }
    });
  });
}

describe('a broker that knows MQTT 3.1.1 only', () => {
  it('is spoken to in 3.1.1 after it refused 5', async () => {
    const port = await aedes();
    const url = `mqtt://127.0.0.1:${port}`;
    const watched = await watch({ url, patience: 0 });
    await watched.collect();
    const client = await connectDevice(url);
    cleanUp.push(() => client.endAsync(true));
    await client.publishAsync('valtronics/A/telemetry', '{"name":"t","value":1}', { qos: 1 });
    await waitFor('the point', () => watched.fleet.points.length === 1);
    expect(await connected(watched)).toBe(1);
    expect(await watched.failure(watched.broker)).toMatch(
      /no statistics below \$SYS\/broker\/ .*other than mosquitto/,
    );
    expect(await watched.family('valtronics_broker_clients')).toEqual({});
  });

  it('is found when it closes the connection instead of refusing', async () => {
    const broker = await Aedes.createBroker();
    cleanUp.push(() => new Promise<void>((resolve) => broker.close(resolve)));
    const port = await listen((socket) => {
      socket.once('data', (first) => {
        // Byte 8 of CONNECT is the protocol's version.
        if (first[8] === 5) socket.end();
        else {
          socket.unshift(first);
          broker.handle(socket);
        }
      });
    });
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}` });
    await waitFor('a connection', async () => (await watched.failure()) === '');
  });

  it('is not taken for one because it closed once without a word', async () => {
    const versions: (number | undefined)[] = [];
    const port = await listenAsBroker(versions, (attempt) => attempt > 1);
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}` });
    await waitFor('a connection', async () => (await watched.failure()) === '');
    expect(versions).toEqual([5, 5]);
  });

  it('is asked for 5 again after a while when it was only silent', async () => {
    const versions: (number | undefined)[] = [];
    const port = await listenAsBroker(versions, (attempt) => attempt > 2);
    const watched = await watch({ url: `mqtt://127.0.0.1:${port}`, retryVersionAfter: 50 });
    await waitFor('another try', () => versions.length > 3);
    await waitFor('a connection', async () => (await watched.failure()) === '');
    expect(versions).toEqual([5, 5, 4, 5]);
  });

  it('tells when it refuses the subscription, and tries again until it does not', async () => {
    let allowed = false;
    const port = await aedes((filter) => filter.startsWith('$SYS') || allowed);
    const watched = await watch({ url: `mqtt://watch:pw@127.0.0.1:${port}` });
    const message = await watched.failure();
    expect(message).toMatch(
      /refuses the subscription to valtronics\/# .*allow user "watch".*ACL.*next try in/,
    );
    expect(await connected(watched)).toBe(0);
    allowed = true;
    await waitFor('the subscription', async () => (await watched.failure()) === '');
    expect(await connected(watched)).toBe(1);
    expect(await watched.family('valtronics_mqtt_reconnects_total')).toEqual({ '': 0 });
  });
});
