import { decodeTraceRequest } from '../../exporter/test/support/otlp-protobuf.ts';
import { startSmallServer } from './small-server.ts';

/** A collector of traces, as Jaeger is one, that counts spans. */
export interface CountingTraceCollector {
  readonly port: number;
  /** How each request is answered instead. */
  status: 503 | undefined;
  /** Spans of all requests that it took, repeated ones included. */
  readonly spans: number;
  stop(): Promise<void>;
}

export async function startCountingTraceCollector(): Promise<CountingTraceCollector> {
  let spans = 0;
  const type = 'application/x-protobuf';
  const server = await startSmallServer(({ path, body }) => {
    if (collector.status !== undefined) return { status: collector.status, type };
    if (path === '/v1/traces') spans += decodeTraceRequest(body).length;
    return { status: 200, type };
  });
  const collector: CountingTraceCollector = {
    port: server.port,
    status: undefined,
    get spans() {
      return spans;
    },
    stop: server.stop,
  };
  return collector;
}
