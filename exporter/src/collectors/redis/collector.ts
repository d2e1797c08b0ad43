import type { Family } from '../../metrics/family.ts';
import {
  REDIS_CLIENTS,
  REDIS_MEMORY,
  REDIS_PING,
  REDIS_UP,
  REDIS_UPTIME,
} from '../../metrics/catalogue/platform.ts';
import type { LabelledValue, Metrics } from '../../metrics/metrics.ts';
import type { CollectContext, Collector, Commit } from '../collector.ts';
import { givenUpWords, rejectsOnAbort, withDeadline } from '../../base/deadline.ts';
import { databaseCall, type DatabaseServer } from '../../trace/database-call.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import type { CertificateExpiry } from '../tls-expiry.ts';
import { createRedisConnection, parseRedisUrl } from './connection.ts';
import { describeRedisError } from './errors.ts';
import { parseRedisInfo, type RedisInfo } from './info.ts';

export interface RedisCollectorOptions {
  /** `redis[s]://[[user]:password@]host[:port]` */
  readonly url: string;
  readonly metrics: Metrics;
  readonly certificateExpiry?: CertificateExpiry;
  readonly tracer?: Tracer;
}

/** Time kept back for the way home of a result, milliseconds. */
const MARGIN = 150;

/**
 * Asks Redis for PING and INFO. `valtronics_redis_up` is 0, not absent, while Redis cannot be used: that one
 * sample is published by the failing attempt itself, since a failed attempt has no commit.
 *
 * @throws Error when the URL cannot be read
 */
export function createRedisCollector(options: RedisCollectorOptions): Collector {
  const { metrics, tracer = NO_TRACER } = options;
  const address = parseRedisUrl(options.url);
  const server: DatabaseServer = { system: 'redis', host: address.host, port: address.port };
  const connection = createRedisConnection(options.url, address, options.certificateExpiry);

  let stopped = false;

  function publishUp(up: 0 | 1): void {
    if (!stopped) metrics.publish(REDIS_UP, [{ labels: {}, value: up }]);
  }
  const single = (family: Family<never>, value: number | undefined): void => {
    if (value === undefined) metrics.withdraw(family);
    else metrics.publish(family, [{ labels: {}, value }]);
  };

  function apply(pingSeconds: number, info: RedisInfo): void {
    publishUp(1);
    single(REDIS_PING, pingSeconds);
    single(REDIS_CLIENTS, info.connectedClients);
    single(REDIS_UPTIME, info.uptimeSeconds);
    const memory: LabelledValue<'state'>[] = [];
    if (info.usedMemoryBytes !== undefined)
      memory.push({ labels: { state: 'used' }, value: info.usedMemoryBytes });
    if (info.maxMemoryBytes !== undefined)
      memory.push({ labels: { state: 'max' }, value: info.maxMemoryBytes });
    metrics.publish(REDIS_MEMORY, memory);
  }

  async function ask(timeout: number, ponged: () => void): Promise<Commit> {
    const call = <T>(operation: string, work: () => Promise<T>): Promise<T> =>
      databaseCall(tracer, server, { operation }, work);
    const client = await connection.client(timeout);
    const start = performance.now();
    const pong = await call('PING', () => client.ping());
    if (pong !== 'PONG') throw new Error(`PING was answered with ${pong.slice(0, 40)}`);
    const pingSeconds = (performance.now() - start) / 1000;
    ponged();
    const info = parseRedisInfo(await call('INFO', () => client.info()));
    return () => apply(pingSeconds, info);
  }

  async function collect(context: CollectContext): Promise<Commit> {
    const remaining = Math.max(50, context.left() - MARGIN);
    return withDeadline(context.signal, remaining, async (signal) => {
      let up: 0 | 1 = 0;
      try {
        return await Promise.race([ask(remaining, () => (up = 1)), rejectsOnAbort(signal)]);
      } catch (error) {
        connection.drop();
        publishUp(up);
        const message = signal.aborted
          ? givenUpWords(address.target, remaining, context.signal)
          : describeRedisError(error, address.target);
        throw new Error(message, { cause: error });
      }
    });
  }

  function withdraw(): void {
    for (const family of [REDIS_PING, REDIS_CLIENTS, REDIS_MEMORY, REDIS_UPTIME]) metrics.withdraw(family);
  }

  return {
    name: 'redis',
    target: address.target,
    collect,
    withdraw,
    stop: () => {
      stopped = true;
      connection.drop();
      withdraw();
      metrics.withdraw(REDIS_UP);
      options.certificateExpiry?.forget(address.target);
      return Promise.resolve();
    },
  };
}
