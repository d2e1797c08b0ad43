import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Collector } from '../../src/collectors/collector.ts';
import { createRedisCollector } from '../../src/collectors/redis/collector.ts';
import { createCertificateExpiry } from '../../src/collectors/tls-expiry.ts';
import {
  REDIS_CLIENTS,
  REDIS_MEMORY,
  REDIS_PING,
  REDIS_UP,
  REDIS_UPTIME,
} from '../../src/metrics/catalogue/platform.ts';
import { attemptContext } from '../support/attempt.ts';
import { recordingMetrics } from '../support/recording.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { describeWith, OPENSSL, REDIS } from '../support/require.ts';
import { freePort, waitFor } from '../support/server.ts';
import { makeCertificate } from '../support/certificate.ts';

const open: Collector[] = [];
const cleanUp: (() => Promise<void>)[] = [];

function watch(url: string): {
  readonly collector: Collector;
  readonly metrics: ReturnType<typeof recordingMetrics>;
  collect(timeout?: number): Promise<void>;
} {
  const metrics = recordingMetrics();
  const collector = createRedisCollector({
    url,
    metrics,
    certificateExpiry: createCertificateExpiry(metrics),
  });
  open.push(collector);
  const collect = async (timeout = 60_000): Promise<void> =>
    (await collector.collect(attemptContext(timeout)))();
  return { collector, metrics, collect };
}

async function failure(attempt: Promise<void>): Promise<string> {
  const error: unknown = await attempt.catch((reason: unknown) => reason);
  if (!(error instanceof Error)) throw new Error('the attempt did not fail');
  expect(error.message).not.toContain('hunter2');
  return error.message;
}

afterEach(async () => {
  for (const collector of open.splice(0)) await collector.stop?.();
  for (const undo of cleanUp.splice(0)) await undo();
});

describeWith([REDIS], 'redis collector on a real server', () => {
  let server: TestRedis;
  let guarded: TestRedis;
  beforeAll(async () => {
    server = await startRedis({ args: ['--maxmemory', '64mb'] });
    guarded = await startRedis({ password: 'hunter2' });
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    await guarded.stop();
  });

  it('tells what PING and INFO say, over one connection', async () => {
    const { collect, metrics } = watch(server.url);
    for (let i = 0; i < 3; i++) await collect();
    expect(metrics.gauge(REDIS_UP)).toBe(1);
    expect(metrics.gauge(REDIS_CLIENTS)).toBe(1);
    expect(metrics.gauge(REDIS_MEMORY, 'max')).toBe(64 * 1024 * 1024);
    expect(metrics.gauge(REDIS_MEMORY, 'used')).toBeGreaterThan(100_000);
    expect(metrics.gauge(REDIS_PING)).toBeGreaterThan(0);
    expect(metrics.gauge(REDIS_UPTIME)).toBeGreaterThanOrEqual(0);
  });

  it('takes everything away when it stops, and what still fails then publishes nothing', async () => {
    const { collect, collector, metrics } = watch(server.url);
    await collect();
    const late = collect(60);
    await collector.stop?.();
    await late.catch(() => undefined);
    expect(metrics.published.size).toBe(0);
  });

  it('is 0 at once while Redis is down, does not reconnect by itself, and is 1 after its return', async () => {
    const { collect, collector, metrics } = watch(server.url);
    await collect();
    await server.halt();
    expect(await failure(collect())).toMatch(/refuses the connection|closed the connection/);
    expect(metrics.gauge(REDIS_UP)).toBe(0);
    collector.withdraw();
    expect(metrics.gauge(REDIS_UP)).toBe(0);
    expect(metrics.published.has(REDIS_CLIENTS.name)).toBe(false);
    await server.resume();
    const probe = watch(server.url);
    await probe.collect();
    expect(probe.metrics.gauge(REDIS_CLIENTS)).toBe(1);
    await collect();
    expect(metrics.gauge(REDIS_UP)).toBe(1);
    expect(metrics.gauge(REDIS_CLIENTS)).toBe(2);
  });

  it('works after a restart between two attempts', async () => {
    const { collect, metrics } = watch(server.url);
    await collect();
    await server.halt('SIGKILL');
    await server.resume();
    await collect();
    expect(metrics.gauge(REDIS_UP)).toBe(1);
  });

  it('ends in time when Redis hangs, and works when it goes on', async () => {
    const { collect, metrics } = watch(server.url);
    await collect();
    server.kill('SIGSTOP');
    const [, milliseconds] = /did not answer within (\d+) ms/.exec(await failure(collect(500))) ?? [];
    expect(Number(milliseconds)).toBeLessThan(500);
    expect(metrics.gauge(REDIS_UP)).toBe(0);
    server.kill('SIGCONT');
    await collect();
    expect(metrics.gauge(REDIS_UP)).toBe(1);
  });

  it('logs in with the password', async () => {
    const { collect, metrics } = watch(guarded.url);
    await collect();
    expect(metrics.gauge(REDIS_UP)).toBe(1);
  });

  it('says that a password is asked for, is wrong, or is not needed', async () => {
    const bare = watch(`redis://127.0.0.1:${guarded.port}`);
    expect(await failure(bare.collect())).toContain('asks for a password: give one in VALTRONICS_REDIS_URL');
    expect(bare.metrics.gauge(REDIS_UP)).toBe(0);
    expect(await failure(watch(`redis://:wrong@127.0.0.1:${guarded.port}`).collect())).toContain(
      'refuses user and password',
    );
    expect(await failure(watch(`redis://:hunter2@127.0.0.1:${server.port}`).collect())).toContain(
      'has no password, yet one is given',
    );
  });

  it('is up for a user who may only PING, and says what else is needed', async () => {
    const limited = await startRedis({ args: ['--user', 'prober', 'on', '>hunter2', '+ping'] });
    cleanUp.push(() => limited.stop());
    const { collect, metrics } = watch(`redis://prober:hunter2@127.0.0.1:${limited.port}`);
    expect(await failure(collect())).toContain('+ping +info');
    expect(metrics.gauge(REDIS_UP)).toBe(1);
  });
});

describe('redis collector and what is no Redis', () => {
  async function liar(answer: (socket: Socket) => void): Promise<{ port: number; sockets: Set<Socket> }> {
    const sockets = new Set<Socket>();
    const listener = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => undefined);
      answer(socket);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
    cleanUp.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    });
    return { port, sockets };
  }

  it('ends in time and lets go of the socket when nothing is said', async () => {
    const { port, sockets } = await liar((socket) => void socket.resume());
    const { collect, metrics } = watch(`redis://127.0.0.1:${port}`);
    expect(await failure(collect(500))).toContain('did not answer within');
    expect(metrics.gauge(REDIS_UP)).toBe(0);
    await waitFor('the socket is closed', () => sockets.size === 0);
  });

  it.each([
    ['an HTTP server', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['a wrong PONG', '+OK\r\n+HELLO\r\n+HELLO\r\n'],
    ['a loading Redis', '-LOADING Redis is loading the dataset in memory\r\n'.repeat(3)],
  ])('fails with a sentence for %s', async (_what, text) => {
    const { port } = await liar((socket) => void socket.on('data', () => socket.write(text)));
    const { collect, metrics } = watch(`redis://127.0.0.1:${port}`);
    expect(await failure(collect(1000))).toMatch(/^redis:\/\/127\.0\.0\.1:\d+ \w/);
    expect(metrics.gauge(REDIS_UP)).toBe(0);
  });

  it('says that the host is unknown', async () => {
    expect(await failure(watch('redis://host.invalid').collect())).toContain('cannot be found');
  });

  it('refuses an URL that it cannot read without repeating it', () => {
    expect(() => watch('http://:hunter2@x')).toThrow(/^must begin with redis:\/\//);
  });

  describeWith([OPENSSL], 'over TLS', () => {
    it('speaks TLS, checks the certificate and says what is wrong with it', async () => {
      const { key, cert, remove } = await makeCertificate(30);
      cleanUp.push(remove);
      const listener = createTlsServer({ key, cert }, (socket) => socket.on('error', () => undefined));
      const port = await freePort();
      await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
      cleanUp.push(() => new Promise((resolve) => void listener.close(() => resolve())));
      const { collect, metrics } = watch(`rediss://127.0.0.1:${port}`);
      expect(await failure(collect())).toContain('presents a self-signed certificate');
      expect(metrics.gauge(REDIS_UP)).toBe(0);
    });
  });
});
