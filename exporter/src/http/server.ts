import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Logger } from '../log/logger.ts';
import { listenOn } from '../base/listen.ts';
import { parseListenAddress, urlHost } from '../base/listen-address.ts';
import { trackSockets } from '../base/socket-tracker.ts';
import { peerCertificate, refusal } from './web-config/client-certificate.ts';
import type { TlsConfig } from './web-config/tls-config.ts';
import type { WebConfigSource } from './web-config/web-config-source.ts';

/** A server that listens. */
export interface HttpServer {
  readonly port: number;
  /** Address for people and tests, e.g. `http://localhost:8001`. */
  readonly url: string;
  /**
   * Takes no new connection, closes the idle ones at once, lets running answers finish for the grace time and
   * then breaks what is left. Safe to call twice.
   */
  stop(): Promise<void>;
}

export interface HttpServerOptions {
  readonly app: RequestListener;
  /** `host:port`, `:port` or `[v6]:port`. */
  readonly listen: string;
  readonly web: WebConfigSource;
  readonly logger: Logger;
  /** The variable that moves the address, for errors; `VALTRONICS_LISTEN` when left out. */
  readonly setting?: string;
  /** Milliseconds that running answers get at the stop. */
  readonly grace?: number;
}

/** The whole stop stays under five seconds. */
const GRACE = 3000;
/** Milliseconds; longer than any usual scrape interval, so that Prometheus keeps its connection. */
const KEEP_ALIVE_TIMEOUT = 75_000;
/** Milliseconds to send a whole request, and its headers or the TLS handshake. */
const REQUEST_TIMEOUT = 30_000;
const HEADERS_TIMEOUT = 10_000;
/** Milliseconds without a byte in either direction after which a connection is broken: a client that does not read. */
const IDLE_TIMEOUT = 120_000;

function tlsServer(tls: TlsConfig, web: WebConfigSource, logger: Logger, options: ServerOptions): Server {
  const { request } = tls.client;
  const server = createHttpsServer({
    ...{ ...options, ...tls.context, requestCert: request, rejectUnauthorized: false },
    handshakeTimeout: HEADERS_TIMEOUT,
  });
  web.onChange((config) => {
    if (config.tls !== undefined) server.setSecureContext(config.tls.context);
  });
  // Before the HTTP parser's own listener: what is refused must not be read.
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    const policy = web.current().tls?.client;
    if (policy === undefined) return;
    const reason = refusal(policy, peerCertificate(socket), socket.authorized);
    if (reason === undefined) return;
    logger.warn({ remote: socket.remoteAddress ?? '-', reason }, 'TLS client refused');
    socket.destroy();
  });
  return server;
}

/** The server that the web configuration asks for: plain, or with TLS whose certificates may be renewed while it runs. */
export function createWebServer(web: WebConfigSource, logger: Logger, options: ServerOptions = {}): Server {
  const { tls } = web.current();
  return tls === undefined ? createHttpServer(options) : tlsServer(tls, web, logger, options);
}

/** Starts the server; rejects with one line for operators when it cannot listen. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { app, listen, web, logger, setting = 'VALTRONICS_LISTEN', grace = GRACE } = options;
  const address = parseListenAddress(listen);
  const { tls } = web.current();
  const server = createWebServer(web, logger);
  server.on('request', app);
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT;
  server.requestTimeout = REQUEST_TIMEOUT;
  server.headersTimeout = HEADERS_TIMEOUT;
  server.timeout = IDLE_TIMEOUT;
  const sockets = trackSockets(server);
  const port = await listenOn(server, listen, setting);
  server.on('error', (error) => logger.error({ error: error.message }, 'HTTP server error'));
  const url = `${tls === undefined ? 'http' : 'https'}://${urlHost({ ...address, port })}`;
  logger.info({ url, tls: tls !== undefined }, 'listening');

  async function close(): Promise<void> {
    web.stop();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    sockets.closeUnused();
    const timer = setTimeout(() => sockets.destroyAll(), grace);
    await closed;
    clearTimeout(timer);
  }
  let stopping: Promise<void> | undefined;
  return { port, url, stop: () => (stopping ??= close()) };
}
