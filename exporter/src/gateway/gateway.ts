import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { listenOn } from '../base/listen.ts';
import { Slots } from '../base/slots.ts';
import { trackSockets } from '../base/socket-tracker.ts';
import type { Logger } from '../log/logger.ts';
import type { Tracer } from '../trace/tracer.ts';
import { answerClientError } from './client-error.ts';
import { createConnections } from './connection.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { createGuard } from './guard.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';
import { forwardsLeft, lastRecipient } from './max-forwards.ts';
import type { OwnAnswer } from './own-answer.ts';
import { createQuietLog } from './quiet-log.ts';
import { RequestRecord, type RecordOptions } from './record.ts';
import { MOST_HEADERS, readHead, type RequestTarget } from './request-head.ts';
import type { GatewayObserver, Refusal } from './served-request.ts';
import { trustedProxies } from './trusted-proxies.ts';
import { isWebSocketRequest, Tunnel } from './tunnel.ts';
import { createUpstream } from './upstream.ts';

export interface GatewayOptions {
  /** `host:port`. */
  readonly listen: string;
  /** The API's URL, a path prefix included. Credentials in it are not used: what a client may do, its own decide. */
  readonly upstream: string;
  /** PEM file of the authority that signed the API's certificate, where the system does not know it. */
  readonly upstreamCaFile?: string;
  /** Addresses and networks whose `X-Forwarded-*` and `Forwarded` are believed. */
  readonly trustedProxies: readonly string[];
  /** What differs from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<GatewayLimits>;
  /** Makes the server, with TLS where that is wanted (`createWebServer` of `http/`); plain HTTP by default. */
  readonly createServer?: (options: ServerOptions) => Server;
  /** The template of a path, for spans and counts. */
  readonly routeOf: (method: string, path: string) => string;
  readonly tracer: Tracer;
  readonly observer: GatewayObserver;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A measuring reverse proxy in front of the platform's API. */
export interface Gateway {
  /** Listens; rejects with one sentence for operators when it cannot. */
  start(): Promise<{ readonly port: number }>;
  /** Takes no new connection, lets requests end for `limits.drain`, then breaks what is left. Safe to call twice. */
  stop(): Promise<void>;
  /** Requests that are in it now, upgraded connections included. */
  inFlight(): number;
}

/** What is answered here; with the reason where it is a refusal. */
type Rejection = Omit<OwnAnswer, 'requestId'> & { readonly reason?: Refusal };

const BUSY: Rejection = {
  ...{ status: 503, reason: 'busy', code: 'too_many_requests_at_once', retryAfter: 1, close: false },
  message: 'The gateway has as many requests under way as it may: try again in a second.',
};

/** Milliseconds between two looks for what has been quiet for too long; fine enough for the shortest limit. */
function checkInterval({
  clientHead,
  clientIdle,
  connect,
  upstreamHead,
  upstreamIdle,
}: GatewayLimits): number {
  return Math.min(1000, Math.ceil(Math.min(clientHead, clientIdle, connect, upstreamHead, upstreamIdle) / 4));
}

/** Makes the gateway; nothing happens before `start`. Throws where a setting cannot be used. */
export function createGateway(options: GatewayOptions): Gateway {
  const { clock, tracer, observer, routeOf, logger } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const upstream = createUpstream(options.upstream, options.upstreamCaFile, limits);
  const isTrusted = trustedProxies(options.trustedProxies);
  const warn = createQuietLog(logger, clock);
  const guard = createGuard(warn);
  const recording: RecordOptions = { clock, tracer, observer, guard, routeOf, isTrusted };
  let isClosing = false;
  const exchanging: ExchangeOptions = { upstream, limits, warn, closing: () => isClosing };
  const exchanges = new Slots<Exchange>();
  const tunnels = new Slots<Tunnel>();
  const connections = createConnections(isTrusted);
  const inFlight = (): number => exchanges.size + tunnels.size;

  const refused = (reason: Refusal | undefined): void => {
    if (reason !== undefined) guard('counts', () => observer.refused(reason), undefined);
  };

  /** Why a request is not passed on, if so, and where it would go to. */
  function admit(request: IncomingMessage): { target: RequestTarget; rejection: Rejection | undefined } {
    const head = readHead(request);
    if ('status' in head) {
      const target = { target: request.url ?? '', host: request.headers.host ?? '' };
      return { target, rejection: { ...head, close: true } };
    }
    if (inFlight() >= limits.inFlight) return { target: head, rejection: BUSY };
    return { target: head, rejection: forwardsLeft(request) === 0 ? lastRecipient(request) : undefined };
  }

  function exchange(request: IncomingMessage, response: ServerResponse): void {
    const connection = connections.of(request.socket);
    if (connection.isClosing) return;
    const { target, rejection } = admit(request);
    const record = new RequestRecord(recording, request, connection.peer, target.host, target.target);
    const over = (): void => exchanges.remove(slot);
    const one = new Exchange(exchanging, { request, response, connection, target, record, over });
    const slot = exchanges.add(one);
    if (rejection !== undefined) refused(rejection.reason);
    const begin = (): void => (rejection === undefined ? one.begin() : one.reject(rejection));
    const before = connection.last;
    connection.last = one;
    // Pipelined requests are passed on one behind the other: the second may build on the first (RFC 9112 §9.3.2).
    if (before === undefined) begin();
    else before.afterwards(() => (connection.isClosing ? one.drop() : begin()));
  }

  function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { peer, last } = connections.of(request.socket);
    const { target, rejection } = admit(request);
    const record = new RequestRecord(recording, request, peer, target.host, target.target);
    const over = (): void => tunnels.remove(slot);
    const one = new Tunnel(exchanging, request, socket, head, record, over);
    const slot = tunnels.add(one);
    if (rejection !== undefined) {
      refused(rejection.reason);
      one.reject(rejection);
    } else if (last === undefined) one.begin(peer, target);
    else last.afterwards(() => one.begin(peer, target));
  }

  function clientError(error: Error, socket: Duplex): void {
    const reason = answerClientError(error, socket, connections.of(socket).last);
    if (reason !== undefined) refused(reason);
  }

  function check(): void {
    const now = clock.monotonic();
    for (const one of exchanges) if (one.check(now)) refused('slow');
    for (const one of tunnels) one.check(now);
  }

  /** Behind what has arrived meanwhile: a process that was held up must not take itself for others' silence. */
  const look = (): void => void setImmediate(check);

  function makeServer(): Server {
    const server = (options.createServer ?? createHttpServer)({
      ...{ maxHeaderSize: limits.headBytes, headersTimeout: limits.clientHead, requestTimeout: 0 },
      ...{ keepAliveTimeout: limits.keepAlive, connectionsCheckingInterval: checkInterval(limits) },
      ...{ requireHostHeader: false, noDelay: true, shouldUpgradeCallback: isWebSocketRequest },
    });
    server.maxConnections = limits.connections;
    // One more than is allowed, so that it is seen: Node leaves out the rest without a word.
    server.maxHeadersCount = MOST_HEADERS + 1;
    for (const event of ['request', 'checkContinue', 'checkExpectation']) server.on(event, exchange);
    server.on('upgrade', tunnel);
    server.on('connect', (request, socket, head) => tunnel(request, socket, head));
    server.on('clientError', clientError);
    server.on('drop', () => refused('connections'));
    server.on('error', (error) => logger.error({ error: error.message }, 'gateway: server error'));
    return server;
  }

  let running:
    { server: Server; sockets: ReturnType<typeof trackSockets>; timer: NodeJS.Timeout } | undefined;
  let stopping: Promise<void> | undefined;

  async function close(): Promise<void> {
    isClosing = true;
    if (running === undefined) return;
    const { server, sockets, timer } = running;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const one of tunnels) one.close();
    sockets.closeUnused();
    const broken = setTimeout(() => sockets.destroyAll(), limits.drain);
    await closed;
    clearTimeout(broken);
    clearInterval(timer);
    upstream.stop();
  }

  return {
    start: async () => {
      await upstream.start();
      const server = makeServer();
      const sockets = trackSockets(server);
      const port = await listenOn(server, options.listen, 'VALTRONICS_GATEWAY_LISTEN');
      running = { server, sockets, timer: setInterval(look, checkInterval(limits)) };
      logger.info({ listen: options.listen, port, upstream: upstream.place }, 'gateway listening');
      return { port };
    },
    stop: () => (stopping ??= close()),
    inFlight,
  };
}
