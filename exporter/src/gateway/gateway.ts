import { createServer, request as httpRequest, Agent, type Server, type ServerOptions } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { parseListenAddress } from '../base/listen-address.ts';
import type { Logger } from '../log/logger.ts';
import type { Tracer } from '../trace/tracer.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';
import type { GatewayObserver } from './served-request.ts';

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
  /** Makes the server, with TLS where that is wanted; plain HTTP by default. */
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

/** Makes the gateway; nothing happens before `start`. Throws where a setting cannot be used. */
export function createGateway(options: GatewayOptions): Gateway {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const upstream = new URL(options.upstream);
  const agent = new Agent({ keepAlive: true, timeout: limits.upstreamKeepAlive });
  const server = (options.createServer ?? createServer)({ maxHeaderSize: limits.headBytes });
  let inFlight = 0;
  server.on('request', (incoming, response) => {
    inFlight += 1;
    options.observer.began();
    const outgoing = httpRequest(
      {
        ...{ host: upstream.hostname, port: upstream.port, method: incoming.method ?? 'GET', agent },
        ...{ path: incoming.url ?? '/', headers: incoming.rawHeaders },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    outgoing.once('error', () => response.destroy());
    incoming.pipe(outgoing);
    response.once('close', () => (inFlight -= 1));
  });

  return {
    start: async () => {
      const { host, port } = parseListenAddress(options.listen);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
      });
      const bound = server.address();
      return { port: typeof bound === 'object' && bound !== null ? bound.port : port };
    },
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
    inFlight: () => inFlight,
  };
}
