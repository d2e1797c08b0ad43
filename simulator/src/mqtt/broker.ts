import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import { BoundedPersistence } from './bounded-persistence.ts';
import { type BrokerCounters, createBrokerCounters, publishSize } from './broker-counters.ts';
import type { BrokerLog } from './broker-log.ts';
import { createSysTopics } from './sys-topics.ts';
import type { Message } from './topics.ts';

/** The platform's broker: anonymous MQTT 3.1.1 on TCP, with mosquitto's `$SYS` topics. */
export interface Broker {
  readonly port: number;
  readonly counters: Readonly<BrokerCounters>;
  /** Publishes as one of the fleet's own clients would: it counts as a message received. */
  publish(message: Message): void;
  /** So many clients of the fleet count as connected, besides those on sockets. */
  setFleetClients(count: number): void;
  /** Closes every connection and refuses new ones until resumed; sessions and counters stay. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface BrokerOptions {
  /** Address to listen on; 127.0.0.1 when absent. */
  readonly host?: string;
  readonly port: number;
  readonly log: BrokerLog;
  /** Told about every message on `valtronics/…`, before it is acknowledged to nobody in particular. */
  readonly onMessage: (topic: string, payload: Buffer) => void;
  /** Milliseconds between two rounds of `$SYS`. */
  readonly sysInterval?: number;
}

const HOST = '127.0.0.1';
const MAX_QUEUED = 1000;

/** Listens, or rejects with the system's error (`EADDRINUSE`, …). */
async function listen(server: Server, port: number, host = HOST): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the broker got no TCP port');
  return address.port;
}

/** Wires the counters to what aedes tells; control packets count by their events. */
function countTraffic(aedes: Aedes, counters: BrokerCounters): void {
  const exchange = (received: number, sent: number): void => {
    counters.messagesReceived += received;
    counters.messagesSent += sent;
  };
  aedes.on('client', () => {
    counters.connections += 1;
    exchange(1, 1);
  });
  aedes.on('ping', () => exchange(1, 1));
  aedes.on('ack', () => exchange(1, 0));
  aedes.on('subscribe', (subscriptions) => {
    counters.subscriptions += subscriptions.length;
    exchange(1, 1);
  });
  aedes.on('unsubscribe', (topics) => {
    counters.subscriptions = Math.max(0, counters.subscriptions - topics.length);
  });
}

export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { log, onMessage, sysInterval = 10_000 } = options;
  const counters = createBrokerCounters();
  const online = new Set<string>();
  const sessions = new Set<string>();
  const sockets = new Set<Socket>();
  let fleetClients = 0;

  const persistence = new BoundedPersistence({
    maxQueued: MAX_QUEUED,
    isConnected: (clientId) => online.has(clientId),
    onDropped: () => (counters.publishDropped += 1),
  });
  const aedes = await Aedes.createBroker({
    id: 'valtronics',
    persistence,
    // Longer ids are allowed by mosquitto for MQTT 3.1 as well.
    maxClientsIdLength: 65_535,
    // aedes announces its clients on topics that mosquitto does not have.
    authorizeForward(_client, packet) {
      if (packet.topic.startsWith('$SYS/') && !packet.topic.startsWith('$SYS/broker/')) return null;
      const size = publishSize(Buffer.byteLength(packet.topic), packet.payload.length, packet.qos);
      counters.publishSent += 1;
      counters.messagesSent += 1;
      counters.publishBytesSent += packet.payload.length;
      counters.bytesSent += size;
      return packet;
    },
    published(packet, _client, done) {
      if (packet.topic.startsWith('$SYS/')) {
        done();
        return;
      }
      const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
      const size = publishSize(Buffer.byteLength(packet.topic), payload.length, packet.qos);
      counters.publishReceived += 1;
      counters.messagesReceived += 1;
      if (packet.qos > 0) counters.messagesSent += 1;
      counters.publishBytesReceived += payload.length;
      counters.bytesReceived += size;
      onMessage(packet.topic, payload);
      done();
    },
  });
  countTraffic(aedes, counters);

  const noteConnected = (): void => {
    counters.connected = online.size + fleetClients;
    counters.maximum = Math.max(counters.maximum, counters.connected);
    counters.disconnected = [...sessions].filter((id) => !online.has(id)).length;
  };
  aedes.on('clientReady', (client: Client) => {
    online.add(client.id);
    if (client.clean) sessions.delete(client.id);
    else sessions.add(client.id);
    noteConnected();
    log.connected(client.id, addressOf(client), client.clean);
  });
  aedes.on('clientDisconnect', (client: Client) => {
    online.delete(client.id);
    noteConnected();
    log.disconnected(client.id);
  });
  const onError = (client: Client, error: Error): void => log.failed(client.id, error.message);
  aedes.on('clientError', onError);
  aedes.on('connectionError', onError);

  const createListener = (): Server =>
    createServer((socket) => {
      sockets.add(socket);
      counters.sockets += 1;
      log.opened(`${socket.remoteAddress ?? HOST}:${socket.remotePort ?? 0}`);
      socket.once('close', () => sockets.delete(socket));
      aedes.handle(socket);
    });
  let server: Server | undefined = createListener();
  let port: number;
  try {
    port = await listen(server, options.port, options.host);
  } catch (error) {
    await new Promise<void>((resolve) => aedes.close(resolve));
    throw error;
  }
  log.listening(port);

  const sys = createSysTopics(() => process.memoryUsage().heapUsed);
  const startedAt = Date.now();
  let published = new Map<string, string>();
  const publishSys = (): void => {
    counters.retained = persistence.retained;
    counters.stored = persistence.retained + persistence.queued;
    const values = sys.values(counters, (Date.now() - startedAt) / 1000);
    for (const [topic, value] of values) {
      if (published.get(topic) === value) continue;
      aedes.publish(
        { cmd: 'publish', topic, payload: Buffer.from(value), qos: 0, retain: true, dup: false },
        () => undefined,
      );
    }
    published = values;
    counters.storedBytes = [...values.values()].reduce((sum, value) => sum + value.length, 0);
  };
  publishSys();
  const timer = setInterval(publishSys, sysInterval);

  const suspend = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    if (closing === undefined) return;
    const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  return {
    port,
    counters,
    publish: ({ topic, payload, qos }) =>
      aedes.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain: false, dup: false },
        (error) => {
          if (error instanceof Error) log.failed('fleet', error.message);
        },
      ),
    setFleetClients(count) {
      fleetClients = count;
      noteConnected();
    },
    suspend,
    async resume() {
      if (server !== undefined) return;
      server = createListener();
      await listen(server, port, options.host);
    },
    async stop() {
      clearInterval(timer);
      await suspend();
      await new Promise<void>((resolve) => aedes.close(resolve));
      log.stopped();
    },
  };
}

function addressOf(client: Client): string {
  const { conn } = client;
  if ('remoteAddress' in conn) return `${conn.remoteAddress ?? HOST}:${conn.remotePort ?? 0}`;
  return HOST;
}
