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
}

export function recordingObserver(): RecordingObserver {
  const observer: RecordingObserver = {
    ...{ requests: [], refusals: [], failures: [], begun: 0 },
    began: () => void (observer.begun += 1),
    served: (request) => void observer.requests.push(request),
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

export async function startTestGateway(changes: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const api = await startRawServer();
  const observer = recordingObserver();
  const gateway = createGateway({
    ...{ listen: '127.0.0.1:0', upstream: `http://127.0.0.1:${api.port}`, trustedProxies: [], observer },
    ...{ tracer: NO_TRACER, clock: systemClock, logger: silentLogger(), routeOf: (_method, path) => path },
    ...changes,
    limits: { drain: 50, ...changes.limits },
  });
  started.push(gateway, api);
  const { port } = await gateway.start();
  const connect = (): Promise<RawConnection> => connectRaw(port);
  return {
    ...gateway,
    ...{ port, api, observer, connect },
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
