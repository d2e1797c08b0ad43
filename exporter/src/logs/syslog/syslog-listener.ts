import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { errorCode, messageOf } from '../../base/errors.ts';
import type { ListenAddress } from '../../base/listen-address.ts';
import type { Logger } from '../../log/logger.ts';
import type { TakeEntries } from '../intake/intake.ts';
import type { MaskOptions } from '../reading/secrets.ts';
import { createFramer, type Frame } from './framer.ts';
import { createPendingEntries, type PendingEntries } from './pending-entries.ts';
import { createSyslogReader } from './syslog-reader.ts';

export interface SyslogLimits {
  /** Connections at once; more are closed at once. */
  readonly connections: number;
  /** Longer messages are cut and flagged. */
  readonly messageBytes: number;
  /** A message that is not complete after so many milliseconds ends its connection. */
  readonly messageTime: number;
}

export const SYSLOG_LIMITS: SyslogLimits = { connections: 100, messageBytes: 65_536, messageTime: 30_000 };

/** Takes syslog messages by TCP and UDP at one address. */
export interface SyslogListener {
  /** Rejects with a sentence for operators when the address cannot be listened on. */
  start(): Promise<void>;
  /** Where it listens, while it does. */
  address(): { readonly host: string; readonly port: number } | undefined;
  /** Ends all connections and hands on what came. */
  stop(): Promise<void>;
}

export interface SyslogListenerOptions {
  readonly listen: ListenAddress;
  readonly take: TakeEntries;
  /** Told of messages that were lost because there was no room. */
  readonly onDrop: (messages: number) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly mask?: MaskOptions;
  readonly limits?: SyslogLimits;
}

/** Reads one connection to its end. */
function serve(
  socket: Socket,
  receive: (frame: Frame) => void,
  limits: SyslogLimits,
  isBlocked: () => boolean,
): void {
  const framer = createFramer(limits.messageBytes);
  let unfinished: NodeJS.Timeout | undefined;

  socket.on('data', (chunk: Buffer) => {
    const frames = framer.push(chunk);
    if (frames.length > 0 || !framer.isWithin) {
      clearTimeout(unfinished);
      unfinished = undefined;
    }
    if (framer.isWithin) unfinished ??= setTimeout(() => socket.destroy(), limits.messageTime);
    for (const frame of frames) receive(frame);
    if (isBlocked()) socket.pause();
  });
  socket.once('end', () => {
    for (const frame of framer.end()) receive(frame);
  });
  socket.once('close', () => clearTimeout(unfinished));
  // A sender who goes away in the middle is no fault of ours; `close` follows.
  socket.on('error', () => undefined);
}

async function bindUdp(port: number, host: string): Promise<UdpSocket> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
  socket.bind(port, host);
  await once(socket, 'listening');
  return socket;
}

export function createSyslogListener(options: SyslogListenerOptions): SyslogListener {
  const { listen, take, onDrop, logger, limits = SYSLOG_LIMITS } = options;
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let udp: UdpSocket | undefined;
  let pending: PendingEntries | undefined;

  function begin(): { tcp: Server; receive: (frame: Frame) => void } {
    const read = createSyslogReader(options);
    const waiting = createPendingEntries(take, () => {
      for (const socket of sockets) socket.resume();
    });
    pending = waiting;
    const receive = (frame: Frame): void => {
      if (!waiting.add(read(frame))) onDrop(1);
    };
    const tcp = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      serve(socket, receive, limits, () => waiting.isBlocked);
    });
    tcp.maxConnections = limits.connections;
    return { tcp, receive };
  }

  async function stop(): Promise<void> {
    const closed = server === undefined ? undefined : once(server, 'close');
    server?.close();
    for (const socket of sockets) socket.destroy();
    const ended = udp === undefined ? undefined : once(udp, 'close');
    udp?.close();
    server = undefined;
    udp = undefined;
    await Promise.all([closed, ended]);
    const lost = pending?.end() ?? 0;
    pending = undefined;
    if (lost > 0) onDrop(lost);
  }

  async function start(): Promise<void> {
    const { tcp, receive } = begin();
    tcp.listen(listen.port, listen.host);
    await once(tcp, 'listening');
    server = tcp;
    const bound = tcp.address();
    if (bound === null || typeof bound === 'string') throw new Error('it has no port');
    udp = await bindUdp(bound.port, bound.address);
    udp.on('message', (bytes) => {
      const { messageBytes } = limits;
      const text = bytes.toString('utf8', 0, messageBytes).trimEnd();
      if (text !== '') receive({ text, truncated: bytes.length > messageBytes });
    });
    // An error of a socket that is bound is one datagram's.
    udp.on('error', (error) =>
      logger.warn({ error: error.message }, 'a syslog message could not be received'),
    );
    logger.info({ host: bound.address, port: bound.port }, 'syslog messages are taken in');
  }

  return {
    start: async () => {
      try {
        await start();
      } catch (error) {
        await stop();
        const where = `${listen.host ?? ''}:${listen.port}`;
        throw new Error(
          `cannot listen for syslog on ${where} (${errorCode(error) ?? messageOf(error)}): set VALTRONICS_SYSLOG_LISTEN to a free address`,
        );
      }
    },
    address: () => {
      const bound = server?.address();
      if (bound === null || bound === undefined || typeof bound === 'string') return undefined;
      return { host: bound.address, port: bound.port };
    },
    stop,
  };
}
