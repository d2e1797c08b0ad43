import { createServer as createPlainServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { decodeTraceRequest, type OtlpSpan } from './otlp-protobuf.ts';
import { waitFor } from './server.ts';

/** A request as it came. */
export interface OtlpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly spans: readonly OtlpSpan[];
}

/** What a request is answered with; `drop` breaks the connection, `never` leaves it open. */
export type OtlpReply =
  | { readonly status: number; readonly body?: Buffer; readonly headers?: Readonly<Record<string, string>> }
  | 'drop'
  | 'never';

/** A collector that reads what it is sent, by HTTP and protobuf. */
export interface OtlpReceiver {
  readonly url: string;
  readonly requests: OtlpRequest[];
  /** Spans of all requests that were answered with 2xx, in their order. */
  taken(): OtlpSpan[];
  /** How the next ones are answered. */
  reply: (request: OtlpRequest) => OtlpReply;
  /** Resolves when so many spans were taken. */
  hasTaken(spans: number): Promise<void>;
  stop(): Promise<void>;
}

export interface OtlpReceiverOptions {
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
  readonly port?: number;
}

export async function startOtlpReceiver({ tls, port = 0 }: OtlpReceiverOptions = {}): Promise<OtlpReceiver> {
  const requests: OtlpRequest[] = [];
  const taken: OtlpSpan[] = [];

  const listener: RequestListener = (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const bytes = Buffer.concat(chunks);
      const spans = decodeTraceRequest(headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
      const request = { method, path: url, headers, spans };
      requests.push(request);
      const reply = receiver.reply(request);
      if (reply === 'never') return;
      if (reply === 'drop') {
        incoming.socket.destroy();
        return;
      }
      if (reply.status < 300) taken.push(...spans);
      response.writeHead(reply.status, { 'content-type': 'application/x-protobuf', ...reply.headers });
      response.end(reply.body);
    });
  };
  const server = tls === undefined ? createPlainServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const own =
    typeof address === 'object' && address !== null ? address : ({ port } satisfies Partial<AddressInfo>);

  const receiver: OtlpReceiver = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${own.port}/v1/traces`,
    requests,
    taken: () => taken,
    reply: () => ({ status: 200 }),
    hasTaken: (spans) => waitFor(`${spans} spans`, () => taken.length >= spans, undefined, 5),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
