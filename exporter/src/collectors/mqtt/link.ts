import { MqttClient, type IClientOptions, type ISubscriptionMap } from 'mqtt';
import type { TLSSocket } from 'node:tls';
import type { BrokerUrl } from './broker-url.ts';
import { createPacketReader } from './packet-reader.ts';
import { openTransport, type TlsFiles } from './transport.ts';

/** How a connection ended. */
export interface LinkEnd {
  /** True when the broker had accepted the connection. */
  readonly accepted: boolean;
  /** The broker's reason code (CONNACK or DISCONNECT), where it gave one. */
  readonly code: number | undefined;
  readonly error: Error | undefined;
}

export interface LinkOptions {
  readonly broker: BrokerUrl;
  readonly files: TlsFiles;
  readonly clientId: string;
  readonly protocolVersion: 4 | 5;
  /** How long the broker keeps the session after the connection, milliseconds (MQTT 5). */
  readonly sessionExpiry: number;
  readonly keepAlive: number;
  readonly connectTimeout: number;
  readonly maxPayloadBytes: number;
  /** Reads what arrived at once: called with each chunk's reading. */
  readonly aroundBatch: (read: () => void) => void;
  onMessage(
    topic: string,
    payload: Buffer | undefined,
    size: number,
    retained: boolean,
    properties: Buffer | undefined,
    repeated: boolean,
  ): void;
  /** The messages of a chunk were handled: when they may be acknowledged, undefined for at once. Never rejects. */
  onHandled(): Promise<unknown> | undefined;
  onSecure(socket: TLSSocket): void;
  /** `resumed` tells whether the broker still had the session. */
  onAccepted(resumed: boolean): void;
  /** Called once; nothing else is called after it. */
  onEnd(end: LinkEnd): void;
}

export interface Filter {
  readonly filter: string;
  readonly qos: 0 | 1;
}

/** One connection to the broker, from the first byte to the last. */
export interface Link {
  /** Resolves with the granted QoS or the refusal (from 128) of each filter, in their order. */
  subscribe(filters: readonly Filter[]): Promise<readonly number[]>;
  unsubscribe(filters: readonly string[]): Promise<void>;
  /** Ends the connection at once, for a reason of ours. */
  fail(reason: Error): void;
  /** Says DISCONNECT and closes; after `patience` milliseconds without a word to the broker. */
  close(patience: number): Promise<void>;
}

/** `code` where it is a number: mqtt.js puts the broker's reason code there. */
function reasonCode(error: Error): number | undefined {
  return 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

function clientOptions(options: LinkOptions): IClientOptions {
  const { user, password } = options.broker;
  return {
    protocolId: 'MQTT',
    protocolVersion: options.protocolVersion,
    clientId: options.clientId,
    clean: false,
    keepalive: Math.ceil(options.keepAlive / 1000),
    connectTimeout: options.connectTimeout,
    // Reconnecting is the connection's work: it backs off, and may change the protocol version.
    reconnectPeriod: 0,
    resubscribe: false,
    timerVariant: 'native',
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(options.protocolVersion === 5
      ? { properties: { sessionExpiryInterval: Math.ceil(options.sessionExpiry / 1000) } }
      : {}),
  };
}

/**
 * Connects with mqtt.js over a transport of our own: mqtt.js speaks the protocol (CONNECT, SUBSCRIBE, keep
 * alive, DISCONNECT), while PUBLISH packets at QoS 0 and 1 are read and acknowledged beside it, because an
 * object, an event and a tick for each message cost more than its JSON (docs/performance.md). Throws when a
 * PEM file cannot be read.
 */
export function openLink(options: LinkOptions): Link {
  let accepted = false;
  let ended = false;
  let code: number | undefined;
  let error: Error | undefined;
  let seenPings = 0;

  const reader = createPacketReader({
    protocolVersion: options.protocolVersion,
    maxPayloadBytes: options.maxPayloadBytes,
    handler: {
      publish: options.onMessage,
      handled: () => options.onHandled(),
      control: (packet) => transport.deliver(packet),
      // What comes too late for this connection the broker sends again.
      acknowledge: (packets) => {
        if (!ended) transport.send(packets);
      },
    },
  });
  const transport = openTransport({
    address: options.broker.address,
    files: options.files,
    onSecure: (socket) => options.onSecure(socket),
    onBytes: (chunk) => {
      options.aroundBatch(() => reader.read(chunk));
      // Any byte after a PINGREQ proves the broker alive: in a flood its PINGRESP stands behind the messages.
      if (transport.pings() !== seenPings) {
        seenPings = transport.pings();
        client.reschedulePing(true);
      }
    },
  });
  transport.stream.on('error', (failure) => (error = failure));

  const client = new MqttClient(() => transport.stream, clientOptions(options));
  client.on('connect', ({ sessionPresent }) => {
    accepted = true;
    options.onAccepted(sessionPresent);
  });
  // Only QoS 2 arrives here: left over in the session from a subscription that was not ours.
  client.on('message', (topic, payload, packet) => {
    options.onMessage(topic, payload, payload.length, packet.retain, undefined, packet.dup);
    void options.onHandled();
  });
  client.on('disconnect', (packet) => (code = packet.reasonCode));
  client.on('error', (failure) => {
    code = reasonCode(failure) ?? code;
    error = failure;
    // mqtt.js goes on after some errors, with a parser that no longer reads.
    transport.stream.destroy();
  });
  client.on('close', () => {
    if (ended) return;
    ended = true;
    options.onEnd({ accepted, code, error });
  });

  /** A promise that fails when the broker leaves the request without an answer. */
  function answered<T>(
    ask: (resolve: (value: T) => void, reject: (reason: Error) => void) => void,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const late = new Error(`no answer within ${options.connectTimeout / 1000} s`);
    const timer = setTimeout(() => reject(late), options.connectTimeout);
    ask(resolve, reject);
    return promise.finally(() => clearTimeout(timer));
  }

  return {
    subscribe: (filters) =>
      answered((resolve, reject) => {
        const map: ISubscriptionMap = Object.fromEntries(filters.map(({ filter, qos }) => [filter, { qos }]));
        client.subscribe(map, (failure, _granted, packet) => {
          if (packet !== undefined) resolve(packet.granted.map(Number));
          else reject(failure ?? new Error('the connection ended'));
        });
      }),
    unsubscribe: (filters) =>
      answered((resolve, reject) => {
        client.unsubscribeAsync([...filters]).then(() => resolve(), reject);
      }),
    fail: (reason) => {
      error = reason;
      transport.stream.destroy();
    },
    close: async (patience) => {
      const { stream } = transport;
      if (stream.closed) return;
      const closed = new Promise((resolve) => stream.once('close', resolve));
      const timer = setTimeout(() => stream.destroy(), patience);
      client.end(!accepted);
      await closed;
      clearTimeout(timer);
    },
  };
}
