import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { fetchOpenApi } from '../../src/collectors/api/open-api.ts';
import type { ApiCollectorOptions } from '../../src/collectors/api/collector.ts';
import { API_ENDPOINT_SUCCESS, API_UP, CERTIFICATE_EXPIRY } from '../../src/metrics/catalogue/platform.ts';
import { makeCertificate } from '../support/certificate.ts';
import { describeWith, OPENSSL } from '../support/require.ts';
import { type FakeApi, json, startFakeApi, text } from '../support/fake-api.ts';
import { freePort, waitFor } from '../support/server.ts';
import { watchApi, type WatchedApi } from '../support/watched-api.ts';

const PING = '/api/v1/health/ping';
const STATS = '/api/v1/devices/stats';
const cleanUp: (() => Promise<unknown>)[] = [];

async function fakeApi(options?: Parameters<typeof startFakeApi>[0]): Promise<FakeApi> {
  const api = await startFakeApi(options);
  cleanUp.push(() => api.stop());
  return api;
}

function watch(url: string, options: Partial<ApiCollectorOptions> = {}): WatchedApi {
  const watched = watchApi(url, options);
  cleanUp.unshift(async () => watched.collector.stop?.());
  return watched;
}

/** The milliseconds within which, as the message says, there was no answer: what was waited, whatever the machine added. */
function within(message: string): number {
  return Number(/did not answer within (\d+) ms/.exec(message)?.[1]);
}

/** A server below HTTP: `answer` does with a connection's first data what it likes. */
async function rawServer(answer: (socket: Socket, requests: number) => void): Promise<string> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', () => answer(socket, ++requests));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  cleanUp.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${port}`;
}

const head = (length: number | string, more = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n`;

afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

describe('api collector and servers that do not answer', () => {
  it('is refused', async () => {
    const { failure, metrics } = watch(`http://127.0.0.1:${await freePort()}`);
    expect(await failure()).toMatch(
      /^GET \/api\/v1\/health\/ping: http:\/\/127\.0\.0\.1:\d+ refuses the connection/,
    );
    expect(metrics.gauge(API_UP, 'api')).toBe(0);
    // A request that never reached a server says nothing of its speed.
    expect(metrics.observations.size).toBe(0);
  });

  it('finds no host', async () => {
    expect(await watch('http://host.invalid:8000').failure()).toContain('cannot be found');
  });

  it('is left hanging: ends in time, frees the socket, observes the time it took', async () => {
    const api = await fakeApi();
    api.set(PING, () => undefined);
    const { failure, metrics } = watch(api.url);
    expect(within(await failure(700))).toBeLessThan(700);
    await waitFor('the socket is closed', () => api.sockets.size === 0);
    const observed = metrics.observations.get(`valtronics_api_probe_duration_seconds ${PING}`);
    expect(observed).toHaveLength(1);
    expect(observed?.[0]).toBeGreaterThan(0.4);
  });

  it('goes without one endpoint that hangs, within its own timeout', async () => {
    const api = await fakeApi();
    api.set(STATS, () => undefined);
    const { collect, metrics, fleet, log } = watch(api.url, { requestTimeout: 5000 });
    await collect(60_000);
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, STATS)).toBe(0);
    expect(fleet.inventories).toHaveLength(1);
    expect(log.lines.join('\n')).toContain(
      `GET ${STATS}: http://127.0.0.1:${api.port} did not answer within 5000 ms`,
    );
  });

  it('commits what it has when a slow server eats the time, and asks for the rest next time', async () => {
    const api = await fakeApi();
    api.set('/api/v1/devices/', () => undefined);
    const { collect, metrics, fleet } = watch(api.url, { requestTimeout: 60_000 });
    await collect(5000);
    expect(fleet.inventories).toHaveLength(0);
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, '/api/v1/devices/')).toBe(0);
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, '/api/v1/alerts/stats/summary')).toBeUndefined();
    await collect(5000);
    expect(metrics.gauge(API_ENDPOINT_SUCCESS, '/api/v1/alerts/stats/summary')).toBe(1);
  });

  it('is not held by a server that drips', async () => {
    const api = await fakeApi();
    api.set(PING, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const { failure } = watch(api.url);
    expect(within(await failure(600))).toBeLessThan(600);
  });

  it('fails at once when the exporter stops', async () => {
    const api = await fakeApi();
    api.set(PING, () => undefined);
    const stopping = new AbortController();
    const attempt = watch(api.url).collect(60_000, stopping.signal);
    await waitFor('the request is there', () => api.requests.length === 1);
    stopping.abort(new Error('the exporter stops'));
    await expect(attempt).rejects.toThrow('gave no answer');
  });
});

describe('api collector and servers that lie', () => {
  it('asks again when the server closes an idle connection under the request', async () => {
    const pong = '{"pong": 1}';
    let connections = 0;
    const seen = new Set<Socket>();
    const url = await rawServer((socket, requests) => {
      if (!seen.has(socket)) connections += 1;
      seen.add(socket);
      // The second request on the first connection meets a reset.
      if (requests === 2) socket.resetAndDestroy();
      else socket.write(head(pong.length) + pong);
    });
    expect(await watch(url).failure()).not.toContain('closed the connection');
    expect(connections).toBe(2);
  });

  it.each([
    ['less than it announced', (socket: Socket) => socket.end(`${head(500)}{"pong": 1}`)],
    ['more than it announced', (socket: Socket) => socket.end(`${head(4)}{"pong": 1}`)],
    ['no HTTP at all', (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    ['nothing and closes', (socket: Socket) => socket.end()],
    ['a negative length', (socket: Socket) => socket.end(`${head(-1)}{}`)],
    ['broken gzip', (socket: Socket) => socket.end(`${head(3, 'content-encoding: gzip\r\n')}abc`)],
    [
      'an encoding nobody asked for',
      (socket: Socket) => socket.end(`${head(3, 'content-encoding: br\r\n')}abc`),
    ],
    ['endless headers', (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`)],
  ])('fails with a sentence on %s', async (_what, answer) => {
    const url = await rawServer((socket) => void answer(socket));
    const { failure } = watch(url);
    expect(await failure(3000)).toMatch(/^GET \/api\/v1\/health\/ping[: ]/);
    expect(await failure(3000)).not.toContain('\n');
  });

  it('reads no further than the limit, plain or unpacked', async () => {
    const api = await fakeApi();
    const huge = JSON.stringify({ pong: 1, x: ' '.repeat(5_000_000) });
    api.set(PING, text(huge, 200, 'application/json'));
    const { failure } = watch(api.url, { maxBodyBytes: 1_000_000 });
    expect(await failure()).toContain('the answer is longer than 1000000 bytes');
    const packed = gzipSync(huge);
    expect(packed.length).toBeLessThan(100_000);
    api.set(PING, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(packed);
    });
    expect(await failure()).toContain('the answer is longer than 1000000 bytes');
  });

  it('unpacks gzip', async () => {
    const api = await fakeApi();
    api.set(PING, (request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip');
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync('{"pong": 1}'));
    });
    await watch(api.url).collect();
  });
});

describe('api collector, redirects and prefixes', () => {
  it('follows a redirect inside the origin', async () => {
    const api = await fakeApi();
    api.set(PING, (_request, response) => {
      response.writeHead(307, { location: `${api.url}/moved` }).end();
    });
    api.set('/moved', json({ pong: 1 }));
    await watch(api.url).collect();
    expect(api.requests).toContain('GET /moved');
  });

  it('follows none elsewhere, and not for ever', async () => {
    const api = await fakeApi();
    const other = await fakeApi();
    api.set(PING, (_request, response) => {
      response.writeHead(307, { location: `${other.url}${PING}` }).end();
    });
    const { failure } = watch(api.url);
    expect(await failure()).toContain(`redirects to ${other.url}, and only ${api.url} is asked`);
    expect(other.requests).toEqual([]);
    api.set(PING, (_request, response) => {
      response.writeHead(308, { location: PING }).end();
    });
    expect(await failure()).toContain('redirects more than 3 times');
    api.set(PING, (_request, response) => {
      response.writeHead(302, { location: 'http://[' }).end();
    });
    expect(await failure()).toContain('redirects to an unreadable address');
  });

  it.each(['', '/', '/api/v1', '/api/v1/'])('works behind a path prefix with %j at its end', async (end) => {
    const api = await fakeApi({ prefix: '/valtronics' });
    const { collect, fleet } = watch(`${api.url}${end}`);
    await collect();
    expect(fleet.inventories[0]?.rows).toHaveLength(25);
  });

  it('sends the credentials of the URL and never shows them', async () => {
    const api = await fakeApi();
    let authorization: string | undefined;
    api.set(PING, (request, response) => {
      ({ authorization } = request.headers);
      json({ detail: 'no' }, 403)(request, response);
    });
    const { failure, collector } = watch(api.url.replace('//', '//ops:hunter2@'));
    expect(await failure()).not.toContain('hunter2');
    expect(authorization).toBe(`Basic ${Buffer.from('ops:hunter2').toString('base64')}`);
    expect(collector.target).toBe(api.url);
  });
});

describeWith([OPENSSL], 'api collector and TLS', () => {
  it('checks the certificate and tells when it expires', async () => {
    const { key, cert, certPath, remove } = await makeCertificate(30);
    cleanUp.push(remove);
    const api = await fakeApi({ tls: { key, cert } });
    const stranger = watch(api.url);
    expect(await stranger.failure()).toContain('presents a self-signed certificate');
    const missing = watch(api.url, { caFile: `${certPath}.missing` });
    expect(await missing.failure()).toMatch(
      /the PEM file of its authority, api\.ca_file, cannot be read: .*ENOENT/,
    );
    const { collect, metrics } = watch(api.url, { caFile: certPath });
    await collect();
    const expiry = metrics.gauge(CERTIFICATE_EXPIRY, api.url) ?? 0;
    expect(Math.abs(expiry - (Date.now() / 1000 + 30 * 86_400))).toBeLessThan(3600);
  });

  it('says that a port does not speak TLS', async () => {
    const api = await fakeApi();
    expect(await watch(api.url.replace('http:', 'https:')).failure()).toContain('does not speak TLS');
  });
});

describe('fetchOpenApi', () => {
  it('fetches the document and has a sentence for every failure', async () => {
    const api = await fakeApi();
    const signal = new AbortController().signal;
    const url = `${api.url}/api/v1/`;
    await expect(fetchOpenApi(url, signal)).rejects.toThrow('GET /api/v1/openapi.json answered 404');
    api.set('/api/v1/openapi.json', json({ paths: {} }));
    expect(await fetchOpenApi(url, signal)).toEqual({ paths: {} });
    const closed = `http://127.0.0.1:${await freePort()}`;
    await expect(fetchOpenApi(closed, signal)).rejects.toThrow('refuses the connection');
    await waitFor('the connection is closed', () => api.sockets.size === 0);
  });
});
