import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** What a stand-in answers. */
export interface SmallAnswer {
  readonly status: number;
  readonly body?: string;
  readonly type?: string;
}

/** A request with its whole body, unpacked. */
export interface SmallRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

/** A server of 127.0.0.1 on a free port. */
export interface SmallServer {
  readonly port: number;
  stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const data: AsyncIterable<Buffer> = request;
  for await (const chunk of data) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
}

/** Starts a server that answers each request by the function; a body that breaks off is no request. */
export async function startSmallServer(answer: (request: SmallRequest) => SmallAnswer): Promise<SmallServer> {
  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => {
        const {
          status,
          body: text = '',
          type = 'application/json',
        } = answer({
          method: request.method ?? '',
          path: request.url ?? '',
          body,
        });
        response.writeHead(status, { 'Content-Type': type }).end(text);
      },
      () => request.socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
