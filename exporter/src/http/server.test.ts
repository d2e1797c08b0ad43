import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../../test/support/http.ts';
import { acceptsConnections, waitFor } from '../../test/support/server.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

describe('startHttpServer', () => {
  it.each([
    ['127.0.0.1:0', /^http:\/\/127\.0\.0\.1:\d+$/],
    [':0', /^http:\/\/localhost:\d+$/],
    ['[::1]:0', /^http:\/\/\[::1\]:\d+$/],
    ['localhost:0', /^http:\/\/localhost:\d+$/],
  ])('listens on %s', async (listen, url) => {
    server = await startTestServer({ listen });
    expect(server.url).toMatch(url);
    expect((await fetch(`${server.url}/-/healthy`)).status).toBe(200);
  });

  it('says in one line that a port is taken, and by which setting it is changed', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(startTestServer({ listen: `127.0.0.1:${port}` })).rejects.toThrow(
      new RegExp(
        `^cannot listen on 127\\.0\\.0\\.1:${port}: the address is already in use: .*VALTRONICS_LISTEN$`,
      ),
    );
    other.close();
  });

  it.each([
    ['192.0.2.1:0', 'this machine has no such address'],
    ['nowhere.invalid:0', 'cannot listen on nowhere.invalid:0'],
    ['nonsense', 'write host:port'],
  ])('says why %s cannot be had', async (listen, message) => {
    await expect(startTestServer({ listen })).rejects.toThrow(message);
  });

  it('logs where it listens', async () => {
    const logger = recordingLogger();
    server = await startTestServer({ dependencies: httpDependencies({ logger }) });
    expect(logger.lines).toContainEqual({
      level: 'info',
      message: 'listening',
      fields: { url: server.url, tls: false },
    });
  });

  it('keeps connections open between scrapes', async () => {
    server = await startTestServer();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let i = 0; i < 3; i += 1) {
      const url = `${server.url}/metrics`;
      const response = await new Promise<IncomingMessage>((resolve) => get(url, { agent }, resolve));
      ports.add(response.socket.localPort);
      await readAll(response);
    }
    expect(ports.size).toBe(1);
    agent.destroy();
  });
});

describe('stop', () => {
  it('lets a running answer finish, takes no new connection, and closes idle ones', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let running = false;
    const collect = (): Promise<void> => {
      running = true;
      return held;
    };
    server = await startTestServer({
      dependencies: httpDependencies({ source: { collect } }),
      grace: 180_000,
    });
    const { url, port } = server;
    const agent = new Agent({ keepAlive: true });
    await rawRequest(`${url}/-/healthy`, { agent });
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const scrape = rawRequest(`${url}/metrics`, { agent: new Agent({ keepAlive: true }) });
    await waitFor('the scrape is under way', () => running);
    const silentClosed = once(silent, 'close');
    const stopped = server.stop();
    expect(await acceptsConnections(port)).toBe(false);
    await silentClosed;
    release();
    expect((await scrape).status).toBe(200);
    await stopped;
    agent.destroy();
  });

  it('breaks an answer that does not end within the grace time', async () => {
    let running = false;
    const collect = (): Promise<void> => {
      running = true;
      return new Promise(() => undefined);
    };
    server = await startTestServer({ dependencies: httpDependencies({ source: { collect } }), grace: 50 });
    const scrape = rawRequest(`${server.url}/metrics`);
    const broken = expect(scrape).rejects.toThrow('socket hang up');
    await waitFor('the scrape is under way', () => running);
    await server.stop();
    await broken;
  });

  it('may be asked for twice', async () => {
    server = await startTestServer();
    await Promise.all([server.stop(), server.stop()]);
    expect(await acceptsConnections(server.port)).toBe(false);
  });
});
