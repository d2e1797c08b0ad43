import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { connectionWords } from '../../base/connection-words.ts';
import { withDeadline } from '../../base/deadline.ts';
import { errorCode } from '../../base/errors.ts';
import { createHttpClient } from '../../base/http-client.ts';
import { retryAfter } from '../../base/retry-after.ts';

/** Where spans are sent, and as whom. */
export interface CollectorAddress {
  /** The whole address, `/v1/traces` included. */
  readonly url: string;
  /** Sent with each request. */
  readonly headers: Readonly<Record<string, string>>;
  /** PEM file of the authority that signed the collector's certificate. */
  readonly caFile: string | undefined;
  /** Settings that somebody can change, by name, for messages. */
  readonly settings: { readonly address: string; readonly authority: string };
}

/** What became of a body. */
export type Delivery =
  | { readonly outcome: 'taken'; readonly answer: Uint8Array }
  /** To be tried again; `wait` is what the collector asks for, milliseconds. */
  | {
      readonly outcome: 'later';
      readonly message: string;
      readonly wait: number | undefined;
      readonly answered: boolean;
    }
  /** Never to be tried again. */
  | { readonly outcome: 'refused'; readonly message: string };

/** The collector of traces by OTLP over HTTP, over one connection that is kept. */
export interface CollectorClient {
  /** Sends a body of protobuf, compressed. Never rejects. */
  send(body: Uint8Array, signal: AbortSignal): Promise<Delivery>;
  close(): void;
}

const compress = promisify(gzip);
const DEADLINE = 10_000;
/** An answer says how many spans were refused and why; of a longer one the beginning is read. */
const ANSWER_BYTES = 65_536;
/** Statuses that the specification of OTLP wants to be tried again. */
const RETRYABLE = new Set([429, 502, 503, 504]);
/** Where collectors speak gRPC. */
const GRPC_PORT = 4317;

async function readAnswer(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const data: AsyncIterable<Buffer> = response;
  for await (const chunk of data) {
    size += chunk.byteLength;
    if (size <= ANSWER_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A client for the address; connects with its first body. Throws Error for a URL that is none. */
export function createCollectorClient({ url, headers, caFile, settings }: CollectorAddress): CollectorClient {
  let ca: Buffer | undefined;
  const client = createHttpClient({
    ...{ url, caFile, connections: 1 },
    // Read anew after each failure: the file may be mended while the exporter runs.
    readAuthority: (path) => (ca ??= readFileSync(path)),
  });
  const { address, login } = client;
  const query = address.query.size === 0 ? '' : `?${address.query.toString()}`;
  const target = `${address.scheme}://${address.place}${address.path}${query}`;

  async function exchange(body: Uint8Array, signal: AbortSignal): Promise<Delivery> {
    const content = await compress(body, { level: 3 });
    const response = await client.request(target, {
      ...{ method: 'POST', signal, content },
      headers: {
        ...(login === undefined ? {} : { authorization: login }),
        ...headers,
        'content-type': 'application/x-protobuf',
        'content-encoding': 'gzip',
        'content-length': content.byteLength,
      },
    });
    const answer = await readAnswer(response);
    const { statusCode: status = 0 } = response;
    if (status >= 200 && status < 300) return { outcome: 'taken', answer };
    const message = `the collector of traces at ${address.place} answers ${status}`;
    if (!RETRYABLE.has(status)) return { outcome: 'refused', message: `${message}${adviceFor(status)}` };
    const wait = retryAfter(response.headers['retry-after'] ?? null, Date.now());
    return { outcome: 'later', message, wait, answered: true };
  }

  function adviceFor(status: number): string {
    if (status === 401 || status === 403) return ': give its key in otel.headers';
    return status === 404 || status === 405 ? `: correct ${settings.address}` : '';
  }

  function words(error: unknown): string {
    if (errorCode(error) === 'ABORT_ERR') return `it did not answer within ${DEADLINE / 1000} s`;
    const said = connectionWords(error, settings);
    return address.port === GRPC_PORT
      ? `${said} (port ${GRPC_PORT} speaks gRPC: use that of HTTP, 4318)`
      : said;
  }

  return {
    send: async (body, signal) => {
      try {
        return await withDeadline(signal, DEADLINE, (either) => exchange(body, either));
      } catch (error) {
        ca = undefined;
        const message = `the collector of traces at ${address.place} cannot be reached: ${words(error)}`;
        return { outcome: 'later', message, wait: undefined, answered: false };
      }
    },
    close: client.close,
  };
}
