import { Agent, createServer, request as httpRequest } from 'node:http';
import { createProxyServer } from 'http-proxy-3';
import { z } from 'zod';
import { createEndpoints } from '../../src/api-routes/endpoints.ts';
import { KNOWN_ROUTES } from '../../src/api-routes/known-routes.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createGateway } from '../../src/gateway/gateway.ts';
import { createRequestObserver } from '../../src/gateway/request-observer.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { NO_TRACER } from '../../src/trace/tracer.ts';

/** `gateway-peer.ts KIND PORT API-PORT`: an API, or one of what may stand in front of it, on a port of 127.0.0.1. */
const [kind, port, api] = z
  .tuple([
    z.enum(['api', 'gateway', 'pass-through', 'http-proxy-3', 'http-proxy-3-kept']),
    z.coerce.number(),
    z.coerce.number(),
  ])
  .parse(process.argv.slice(2));
const HOST = '127.0.0.1';
const agent = new Agent({ keepAlive: true });

/** About what the platform answers for one device. */
const DEVICE = JSON.stringify({
  items: Array.from({ length: 10 }, (_, id) => ({ id, status: 'online', at: 0 })),
});
const PIECE = Buffer.alloc(65_536, 'x');

/** Answers at once; to `/bytes/N` with a body of N bytes. */
function serveApi(): void {
  createServer((request, response) => {
    request.resume();
    const [, bytes] = /^\/bytes\/(\d+)$/.exec(request.url ?? '') ?? [];
    if (bytes === undefined) {
      response.setHeader('Content-Type', 'application/json');
      response.end(DEVICE);
      return;
    }
    let left = Number(bytes);
    const more = (): void => {
      while (left > 0) {
        const piece = left < PIECE.length ? PIECE.subarray(0, left) : PIECE;
        left -= piece.length;
        if (!response.write(piece)) {
          response.once('drain', more);
          return;
        }
      }
      response.end();
    };
    response.setHeader('Content-Length', bytes);
    more();
  }).listen(port, HOST);
}

/** The least that can be called a proxy: nothing is looked at, counted or protected. */
function servePassThrough(): void {
  createServer((incoming, response) => {
    const outgoing = httpRequest(
      {
        ...{ host: HOST, port: api, agent, path: incoming.url ?? '/' },
        ...{ method: incoming.method ?? 'GET', headers: incoming.headers },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    incoming.pipe(outgoing);
  }).listen(port, HOST);
}

/** As it comes it makes a connection a request; it is quicker with an agent that keeps them. */
function serveHttpProxy(keeps: boolean): void {
  const target = `http://${HOST}:${api}`;
  const proxy = createProxyServer({ target, xfwd: true, ...(keeps ? { agent } : {}) });
  createServer((request, response) => {
    proxy.web(request, response);
  }).listen(port, HOST);
}

/** As it runs alone: with its counts, and with lines of its access log that are made and not written. */
async function serveGateway(): Promise<void> {
  const endpoints = createEndpoints({ max: 200, routes: KNOWN_ROUTES, dropped: { inc: () => undefined } });
  await createGateway({
    ...{
      listen: `${HOST}:${port}`,
      upstream: `http://${HOST}:${api}`,
      trustedProxies: [],
      tracer: NO_TRACER,
    },
    ...{
      clock: systemClock,
      logger: silentLogger(),
      routeOf: (_method, path) => endpoints.endpointOf(path, '200'),
    },
    observer: createRequestObserver({
      ...{ metrics: createMetrics({ defaultMetrics: false }), endpoints, countsRequests: true },
      ...{ service: 'valtronics-gateway', write: () => undefined },
    }),
  }).start();
}

if (kind === 'api') serveApi();
else if (kind === 'pass-through') servePassThrough();
else if (kind === 'http-proxy-3') serveHttpProxy(false);
else if (kind === 'http-proxy-3-kept') serveHttpProxy(true);
else await serveGateway();
