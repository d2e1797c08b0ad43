import { readFileSync } from 'node:fs';
import { connectionWords } from '../../base/connection-words.ts';
import { withDeadline } from '../../base/deadline.ts';
import { errorCode, messageOf } from '../../base/errors.ts';
import { createHttpClient } from '../../base/http-client.ts';
import { readLimited } from '../../base/read-limited.ts';

/** Where Jaeger's query service is. */
export interface JaegerAddress {
  /** May hold user and password, and the base path that the service has. */
  readonly url: string;
  /** PEM file of the authority that signed its certificate. */
  readonly caFile?: string | undefined;
}

export interface JaegerAnswer {
  readonly status: number;
  /** Undefined where it is no JSON: a proxy, or the page that Jaeger gives for a path that it does not know. */
  readonly json: unknown;
}

/** Jaeger cannot be reached, or its answer cannot be read; the message is for operators and holds no secret. */
export class JaegerError extends Error {
  override readonly name = 'JaegerError';
}

/** Requests to Jaeger over a few connections that are kept. */
export interface JaegerRequests {
  /** Host and port, for people. */
  readonly place: string;
  /** Resolves with any answer; rejects with JaegerError. `path` begins behind the base path. */
  get(path: string, query: URLSearchParams, signal: AbortSignal): Promise<JaegerAnswer>;
  close(): void;
}

/** A page waits for it. */
const DEADLINE = 10_000;
const ANSWER_BYTES = 32 * 1024 * 1024;
const SETTINGS = { address: 'jaeger.url', authority: 'jaeger.ca_file' };

const tooLong = (): JaegerError =>
  new JaegerError(`Jaeger answered more than ${ANSWER_BYTES / 1024 / 1024} MiB: ask for fewer traces`);

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Read anew with each request: the file may be mended while the exporter runs. */
function readAuthority(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new JaegerError(
      `the authority of Jaeger cannot be read: ${messageOf(error)}: correct ${SETTINGS.authority}`,
      { cause: error },
    );
  }
}

/** A client for the address; connects with its first request. Throws Error for a URL that is none. */
export function createJaegerRequests({ url, caFile }: JaegerAddress): JaegerRequests {
  const client = createHttpClient({ url, caFile, connections: 4, readAuthority });
  const { root, login } = client;
  const { place } = client.address;
  const headers = { Accept: 'application/json', ...(login === undefined ? {} : { Authorization: login }) };

  async function exchange(path: string, query: URLSearchParams, signal: AbortSignal): Promise<JaegerAnswer> {
    const search = query.size === 0 ? '' : `?${query.toString()}`;
    const response = await client.request(`${root}${path}${search}`, { method: 'GET', headers, signal });
    const text = await readLimited(response, ANSWER_BYTES, tooLong);
    return { status: response.statusCode ?? 0, json: parseJson(text) };
  }

  return {
    place,
    get: async (path, query, signal) => {
      try {
        return await withDeadline(signal, DEADLINE, (given) => exchange(path, query, given));
      } catch (error) {
        if (error instanceof JaegerError) throw error;
        const isTimeout = errorCode(error) === 'ABORT_ERR' && !signal.aborted;
        const words = isTimeout
          ? `it did not answer within ${DEADLINE / 1000} s`
          : connectionWords(error, SETTINGS);
        throw new JaegerError(`Jaeger at ${place} cannot be reached: ${words}`, { cause: error });
      }
    },
    close: client.close,
  };
}
