import { afterEach } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../src/gateway/gateway.ts';
import type { GatewayObserver, ServedRequest } from '../../src/gateway/served-request.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { NO_TRACER } from '../../src/trace/tracer.ts';
import { connectRaw, startRawServer, type RawConnection, type RawServer } from './raw-connection.ts';

/** An observer that keeps what it is told. */
export interface RecordingObserver extends GatewayObserver {
  readonly requests: ServedRequest[];
  readonly refusals: string[];
  readonly failures: string[];
  begun: number;
  /** The requests that are over, once there are so many. */
  until(count: number): Promise<readonly ServedRequest[]>;
}

export function recordingObserver(): RecordingObserver {
  const waiting: (() => void)[] = [];
  const observer: RecordingObserver = {
    ...{ requests: [], refusals: [], failures: [], begun: 0 },
    began: () => void (observer.begun += 1),
    served: (request) => {
      observer.requests.push(request);
      for (const wake of waiting.splice(0)) wake();
    },
    until: async (count) => {
      while (observer.requests.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return observer.requests;
    },
    failed: (reason) => void observer.failures.push(reason),
    refused: (reason) => void observer.refusals.push(reason),
  };
  return observer;
}

/** A gateway between a test's own client and its own API. */
export interface TestGateway extends Gateway {
  readonly port: number;
  readonly api: RawServer;
  readonly observer: RecordingObserver;
  /** A connection of a client. */
  connect(): Promise<RawConnection>;
  /** Sends from a client, and gives both sides: the client's connection and the one to the API. */
  pass(request: string): Promise<{ client: RawConnection; api: RawConnection }>;
}

const started: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

async function begin(
  api: RawServer,
  observer: GatewayObserver,
  changes: Partial<GatewayOptions>,
): Promise<{ gateway: Gateway; port: number }> {
  const gateway = createGateway({
    ...{ listen: '127.0.0.1:0', upstream: `http://127.0.0.1:${api.port}`, trustedProxies: [], observer },
    ...{ tracer: NO_TRACER, clock: systemClock, logger: silentLogger(), routeOf: (_method, path) => path },
    ...changes,
    limits: { drain: 50, ...changes.limits },
  });
  return { gateway, port: (await gateway.start()).port };
}

/** One that ends with its test. */
export async function startTestGateway(changes: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const gateway = await sharedTestGateway(changes);
  started.push(gateway);
  return gateway;
}

/** One that several tests share, and stop. */
export async function sharedTestGateway(changes: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const api = await startRawServer();
  const observer = recordingObserver();
  const { gateway, port } = await begin(api, observer, changes).catch(async (error: unknown) => {
    await api.stop();
    throw error;
  });
  const connect = (): Promise<RawConnection> => connectRaw(port);
  return {
    ...gateway,
    ...{ port, api, observer, connect },
    stop: async () => {
      await gateway.stop();
      await api.stop();
    },
    pass: async (request) => {
      const client = await connect();
      client.write(request);
      return { client, api: await api.accept() };
    },
  };
}

/** Lines as HTTP sends them, with the empty one that ends a head. */
export function head(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}
