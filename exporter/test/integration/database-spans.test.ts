import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import type { Collector } from '../../src/collectors/collector.ts';
import { createRedisCollector } from '../../src/collectors/redis/collector.ts';
import { createPlatformSchema } from '../support/platform-schema.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { attemptContext } from '../support/attempt.ts';
import { recordingMetrics } from '../support/recording.ts';
import { recordingTracer, type RecordingTracer } from '../support/recording-tracer.ts';
import { startRedis } from '../support/redis.ts';
import { describeWith, POSTGRES, REDIS } from '../support/require.ts';
import { watchPostgres } from '../support/watched-postgres.ts';

const open: Collector[] = [];
afterEach(async () => {
  for (const collector of open.splice(0)) await collector.stop?.();
});

/** A server that takes connections and never says a word. */
async function silentServer(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What is said of each span, its texts searched for what must not be in any. */
function summaries({ spans }: RecordingTracer): string[] {
  expect(JSON.stringify(spans)).not.toMatch(/active'|s3cr3t|select /);
  return spans.map(({ attributes }) => String(attributes['db.query.summary']));
}

describeWith([POSTGRES], 'spans of SQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
    await server.createDatabase('valtronics_db');
    const client = await server.connect('valtronics_db');
    await createPlatformSchema(client);
    await client.end();
  }, 300_000);
  afterAll(() => server.stop());

  it('say of each statement what it does to which table, and nothing of its values', async () => {
    const tracer = recordingTracer();
    const watched = watchPostgres(server.url('valtronics_db'), { tracer });
    open.push(watched.collector);
    await watched.collect();
    expect(summaries(tracer)).toEqual(
      expect.arrayContaining(['BEGIN', 'SELECT pg_stat_activity', 'SELECT devices', 'SELECT telemetry_data']),
    );
    const devices = tracer.only('SELECT devices');
    expect(devices.options.kind).toBe('client');
    expect(devices.attributes).toMatchObject({
      'db.system.name': 'postgresql',
      'db.namespace': 'valtronics_db',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'devices',
    });
    expect(devices.attributes['server.port']).toEqual(expect.any(Number));
  });

  it('fail with the SQLSTATE', async () => {
    await server.createDatabase('empty');
    const tracer = recordingTracer();
    const watched = watchPostgres(server.url('empty'), { tracer });
    open.push(watched.collector);
    await expect(watched.collect()).rejects.toThrow('lacks a table of the platform');
    const failed = tracer.spans.filter(({ error }) => error !== undefined);
    expect(failed.map(({ attributes }) => attributes['db.response.status_code'])).toEqual(['42P01']);
  });

  it('end when the server does not', async () => {
    const hanging = await silentServer();
    const tracer = recordingTracer();
    const watched = watchPostgres(`postgres://user:s3cr3t@127.0.0.1:${hanging.port}/x`, { tracer });
    open.push(watched.collector);
    await expect(watched.collect(300)).rejects.toThrow('did not answer within');
    await hanging.stop();
    expect(tracer.only('BEGIN').error).toBeDefined();
    summaries(tracer);
  });
});

describeWith([REDIS], 'spans of Redis', () => {
  it('are one a command', async () => {
    const redis = await startRedis();
    const tracer = recordingTracer();
    const collector = createRedisCollector({ url: redis.url, metrics: recordingMetrics(), tracer });
    open.push(collector);
    (await collector.collect(attemptContext(60_000)))();
    expect(summaries(tracer)).toEqual(['PING', 'INFO']);
    expect(tracer.only('PING').attributes).toMatchObject({
      'db.system.name': 'redis',
      'server.address': '127.0.0.1',
    });
    await collector.stop?.();
    await redis.stop();
  });
});
