import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { head, startTestGateway } from '../../test/support/gateway.ts';
import { freePort, waitFor } from '../../test/support/server.ts';

const UPGRADE = [
  ...['GET /ws?x HTTP/1.1', 'Host: a', 'Connection: keep-alive, Upgrade', 'Upgrade: WebSocket'],
  ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13', 'X-Request-ID: r-1'],
];
const SWITCHING = [
  ...['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'],
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
];

describe('an upgrade to WebSocket', () => {
  it('reaches the API with all that was sent behind it, and the answer likewise', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(`${head(...UPGRADE)}\x81\x00early`);
    const passed = await api.until('\r\n\r\n');
    expect(passed).toMatch(/^GET \/ws\?x HTTP\/1\.1\r\n/);
    for (const line of [...UPGRADE.slice(4), 'Connection: Upgrade', 'Upgrade: WebSocket'])
      expect(passed).toContain(`\r\n${line}\r\n`);
    api.write(`${head(...SWITCHING)}\x81\x00soon`);
    const answer = await client.until('\r\n\r\n\x81\x00soon');
    for (const line of [SWITCHING[3], 'Connection: Upgrade', 'Upgrade: websocket', 'X-Request-ID: r-1'])
      expect(answer).toContain(`\r\n${line ?? ''}\r\n`);
    client.write('\xff\x00\r\n');
    // Not before it is agreed: another answer would make a request of it.
    expect(await api.bytes(11)).toBe('\x81\x00early\xff\x00\r\n');
    api.write('\x00\xfe');
    expect(await client.bytes(2)).toBe('\x00\xfe');
    expect(gateway.inFlight()).toBe(1);
    client.end();
    expect(await api.rest()).toBe('');
    api.end();
    expect(await client.rest()).toBe('');
    expect(await gateway.observer.until(1)).toMatchObject([
      { status: 101, path: '/ws', aborted: false, requestBytes: 11, responseBytes: 8, requestId: 'r-1' },
    ]);
    expect(gateway.inFlight()).toBe(0);
  });

  it.each(['client', 'api'] as const)('ends on both sides when the %s breaks it', async (side) => {
    const gateway = await startTestGateway();
    const sides = await gateway.pass(head(...UPGRADE));
    await sides.api.until('\r\n\r\n');
    sides.api.write(head(...SWITCHING));
    await sides.client.until('\r\n\r\n');
    sides[side].destroy();
    await Promise.all([sides.client.closed, sides.api.closed, gateway.observer.until(1)]);
    expect(gateway.inFlight()).toBe(0);
  });

  it('that the API refuses is refused in its words', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(`${head(...UPGRADE)}GET /smuggled HTTP/1.1`);
    await api.until('\r\n\r\n');
    api.write(
      `${head('HTTP/1.1 403 Forbidden', 'X-Why: no', 'Transfer-Encoding: chunked')}2\r\nno\r\n0\r\n\r\n`,
    );
    const answer = await client.rest();
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\nX-Why: no\r\n.*Connection: close\r\n\r\nno$/s);
    // What came too early is for the other side of an upgrade: here it would be a request.
    expect(await api.rest()).toBe('');
    expect(await gateway.observer.until(1)).toMatchObject([{ status: 403, aborted: false }]);
  });

  it('that finds no API is 502, and one that is not answered 504', async () => {
    const down = await startTestGateway({ upstream: `http://127.0.0.1:${await freePort()}` });
    const client = await down.connect();
    client.write(head(...UPGRADE));
    expect(await client.rest()).toMatch(
      /^HTTP\/1\.1 502 .*\r\nX-Valtronics-Gateway-Error: upstream_refused\r\n/s,
    );
    const slow = await startTestGateway({ limits: { upstreamHead: 50 } });
    const other = await slow.pass(head(...UPGRADE));
    expect(await other.client.rest()).toMatch(/^HTTP\/1\.1 504 .*\r\nX-Request-ID: r-1\r\n/s);
    expect(await slow.observer.until(1)).toMatchObject([{ status: 504, failure: 'timeout' }]);
  });

  it('that the client gives up is given up', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head(...UPGRADE));
    await api.until('\r\n\r\n');
    client.destroy();
    expect(await api.rest()).toBe('');
    expect(await gateway.observer.until(1)).toMatchObject([{ status: 499, aborted: true }]);
  });

  it.each([
    ['h2c', ['GET / HTTP/1.1', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: x']],
    ['TLS', ['GET / HTTP/1.1', 'Connection: Upgrade', 'Upgrade: TLS/1.0']],
    ['WebSocket by POST', ['POST / HTTP/1.1', ...UPGRADE.slice(2), 'Content-Length: 0']],
    ['WebSocket or else', ['GET / HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket, h2c']],
  ])('to %s is left out, and the request passed on as one without', async (_what, lines) => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(
      head(lines[0] ?? '', 'Host: b', ...lines.slice(1).filter((l) => l !== 'Host: a')),
    );
    expect(await api.until('\r\n\r\n')).not.toMatch(/upgrade|http2/i);
    api.write(`${head('HTTP/1.1 200 OK', 'Content-Length: 2')}ok`);
    expect(await client.until('ok')).toMatch(/^HTTP\/1\.1 200 OK/);
    client.write(head('GET /2 HTTP/1.1', 'Host: a'));
    expect(await api.until('\r\n')).toBe('GET /2 HTTP/1.1\r\n');
  });

  it('a thousand of them at a time, each with its own messages, and none is left', async () => {
    const COUNT = 1000;
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) =>
      socket.on('message', (data, binary) => socket.send(data, { binary })),
    );
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const upstream = `http://127.0.0.1:${address.port}`;
    const gateway = await startTestGateway({ upstream, limits: { inFlight: COUNT } });
    const sockets = await Promise.all(
      Array.from({ length: COUNT }, async (_, index) => {
        const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/${index}`);
        await once(socket, 'open');
        return socket;
      }),
    );
    expect(gateway.inFlight()).toBe(COUNT);
    const echoes = await Promise.all(
      sockets.map(async (socket, index) => {
        const echo = new Promise<string>((resolve) =>
          socket.once('message', (data: Buffer) => resolve(data.toString())),
        );
        socket.send(`I am ${index}`);
        return echo;
      }),
    );
    expect(echoes).toEqual(sockets.map((_, index) => `I am ${index}`));
    for (const socket of sockets) socket.close();
    await gateway.observer.until(COUNT);
    expect(gateway.inFlight()).toBe(0);
    await waitFor('no client at the API', () => server.clients.size === 0);
    await new Promise((resolve) => server.close(resolve));
  });
});
