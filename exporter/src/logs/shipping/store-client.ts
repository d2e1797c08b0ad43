import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { connectionWords } from '../../base/connection-words.ts';
import { withDeadline } from '../../base/deadline.ts';
import { errorCode, messageOf } from '../../base/errors.ts';
import { createHttpClient } from '../../base/http-client.ts';
import { readLimited } from '../../base/read-limited.ts';
import { retryAfter } from '../../base/retry-after.ts';
import { type ClientRequest, clientRequest } from '../../trace/client-request.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';

/** Where the log store is and how it knows us. */
export interface StoreAddress {
  /** May hold user and password, a path below which the API is, and parameters that go with each request. */
  readonly url: string;
  /** Sent as `Authorization: ApiKey …`; wins over user and password. */
  readonly apiKey?: string | undefined;
  /** PEM file of the authority that signed the store's certificate. */
  readonly caFile?: string | undefined;
  readonly tracer?: Tracer;
}

export interface StoreRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** From the API's root, with its query, e.g. `/_bulk?filter_path=errors`. */
  readonly path: string;
  readonly body?: string;
  /** `application/json` by default. */
  readonly type?: string;
  /** Bodies are sent compressed. Default: as they are. */
  readonly compressed?: boolean;
  readonly signal: AbortSignal;
}

export interface StoreAnswer {
  readonly status: number;
  readonly text: string;
  /** Milliseconds that the store wants to be left alone. */
  readonly retryAfter: number | undefined;
}

/** The store cannot be reached, or its answer cannot be read; the message is for operators and holds no secret. */
export class StoreUnreachableError extends Error {
  /** A word for metrics. */
  readonly reason: 'unreachable' | 'timeout' | 'answer';

  constructor(message: string, reason: StoreUnreachableError['reason'], cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreUnreachableError';
    this.reason = reason;
  }
}

/** The log store by HTTP, over one or two connections that are kept. */
export interface StoreClient {
  /** Host and port, for people. */
  readonly place: string;
  /** The URL is that of VictoriaLogs' API for Elasticsearch's clients. */
  readonly isVictoriaLogs: boolean;
  /** Resolves with any answer, whatever its status; rejects with StoreUnreachableError. */
  request(request: StoreRequest): Promise<StoreAnswer>;
  close(): void;
}

const compress = promisify(gzip);
/** A store that takes longer for 2,000 entries is of no use. */
const DEADLINE = 30_000;
/** Most bytes that are read of an answer: one to 2,000 entries that all failed has less. */
const ANSWER_BYTES = 16 * 1024 * 1024;
const SETTINGS = { address: 'elasticsearch.url', authority: 'elasticsearch.ca_file' };
/** VictoriaLogs has its API for Elasticsearch's clients there, and wants to be told of the fields. */
const VICTORIA_LOGS = '/insert/elasticsearch';
const VICTORIA_LOGS_FIELDS = {
  ...{ _msg_field: 'message', _time_field: '@timestamp', _stream_fields: 'service.name' },
};

const tooLong = (): StoreUnreachableError =>
  new StoreUnreachableError(`the log store answered more than ${ANSWER_BYTES} bytes`, 'answer');

/** A client for the address; connects with its first request. Throws Error for a URL that is none. */
export function createStoreClient({ url, apiKey, caFile, tracer = NO_TRACER }: StoreAddress): StoreClient {
  let ca: Buffer | undefined;

  function readAuthority(path: string): Buffer {
    try {
      // Read anew after each failure: the file may be mended while the exporter runs.
      return (ca ??= readFileSync(path));
    } catch (error) {
      throw new StoreUnreachableError(
        `the authority of the log store cannot be read: ${messageOf(error)}: correct ${SETTINGS.authority}`,
        'unreachable',
        error,
      );
    }
  }

  const client = createHttpClient({ url, caFile, connections: 2, readAuthority });
  const { address, root } = client;
  const fixed = new URLSearchParams(address.query);
  const isVictoriaLogs = root.endsWith(VICTORIA_LOGS);
  if (isVictoriaLogs)
    for (const [name, value] of Object.entries(VICTORIA_LOGS_FIELDS))
      if (!fixed.has(name)) fixed.set(name, value);
  const login = apiKey === undefined ? client.login : `ApiKey ${apiKey}`;

  function addressOf(path: string): string {
    if (fixed.size === 0) return root + path;
    return `${root}${path}${path.includes('?') ? '&' : '?'}${fixed.toString()}`;
  }

  async function exchange(
    { method, path, body, type = 'application/json', compressed = false }: StoreRequest,
    signal: AbortSignal,
    context: Readonly<Record<string, string>>,
  ): Promise<StoreAnswer> {
    const content =
      body === undefined ? undefined : compressed ? await compress(body, { level: 3 }) : Buffer.from(body);
    const response = await client.request(addressOf(path), {
      ...{ method, signal, content },
      headers: {
        Accept: 'application/json',
        ...context,
        ...(login === undefined ? {} : { Authorization: login }),
        ...(content === undefined ? {} : { 'Content-Type': type, 'Content-Length': content.byteLength }),
        ...(content !== undefined && compressed ? { 'Content-Encoding': 'gzip' } : {}),
      },
    });
    const text = await readLimited(response, ANSWER_BYTES, tooLong);
    return {
      status: response.statusCode ?? 0,
      text,
      retryAfter: retryAfter(response.headers['retry-after'] ?? null, Date.now()),
    };
  }

  /** Without the parameters that go with each request: they may be secrets. */
  function traced({ method, path }: StoreRequest): ClientRequest {
    const [template = path] = path.split('?');
    return { method, url: new URL(root + path), template, peer: { 'db.system.name': 'elasticsearch' } };
  }

  return {
    place: address.place,
    isVictoriaLogs,
    request: async (request) => {
      try {
        return await clientRequest(tracer, traced(request), (context) =>
          withDeadline(request.signal, DEADLINE, (signal) => exchange(request, signal, context)),
        );
      } catch (error) {
        ca = undefined;
        if (error instanceof StoreUnreachableError) throw error;
        const isTimeout = errorCode(error) === 'ABORT_ERR' && !request.signal.aborted;
        const words = isTimeout
          ? `it did not answer within ${DEADLINE / 1000} s`
          : connectionWords(error, SETTINGS);
        throw new StoreUnreachableError(
          `the log store at ${address.place} cannot be reached: ${words}`,
          isTimeout ? 'timeout' : 'unreachable',
          error,
        );
      }
    },
    close: client.close,
  };
}
