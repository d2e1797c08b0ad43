import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { createGunzip } from 'node:zlib';
import { errorCode, messageOf } from '../../base/errors.ts';
import { readLimited } from '../../base/read-limited.ts';
import type { CertificateExpiry } from '../tls-expiry.ts';
import type { ApiAddress } from './address.ts';

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** Without parameters, lower case; '' without the header. */
  readonly contentType: string;
  readonly body: string;
}

export interface HttpGetOptions {
  readonly address: ApiAddress;
  readonly userAgent: string;
  /** Longest body after decompression, bytes. */
  readonly maxBodyBytes: number;
  /** PEM file of the certificate authority, read by the first request; by default those that Node trusts. */
  readonly caFile?: string | undefined;
  readonly certificateExpiry?: CertificateExpiry;
}

/** A GET client for one origin that keeps one connection. */
export interface HttpGet {
  /**
   * Any answer, whatever its status. Redirects are followed inside the origin only. The signal covers the
   * whole exchange, so that a server that drips its answer is cut off too. `headers` go with this request alone.
   *
   * @throws Error for what is no answer: network, abort, too long, cut off, redirected elsewhere
   */
  get(path: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<HttpResponse>;
  close(): void;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

async function readBody(response: http.IncomingMessage, limit: number): Promise<string> {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  let stream: Readable = response;
  // The callback has nothing to do: a failure also ends the reading below.
  if (encoding === 'gzip') stream = pipeline(response, createGunzip(), () => undefined);
  else if (encoding !== 'identity')
    throw new Error(`the answer has an encoding that was not asked for: ${encoding}`);
  return readLimited(stream, limit, () => new Error(`the answer is longer than ${limit} bytes`));
}

function readAuthority(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`the PEM file of its authority, api.ca_file, cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Opens nothing yet. */
export function createHttpGet(options: HttpGetOptions): HttpGet {
  const { address, certificateExpiry } = options;
  const secure = address.target.startsWith('https:');
  let opened: http.Agent | undefined;
  const always = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'user-agent': options.userAgent,
    ...(address.authorization === undefined ? {} : { authorization: address.authorization }),
  };

  function newAgent(): http.Agent {
    if (!secure) return new http.Agent({ keepAlive: true, maxSockets: 1 });
    const ca = options.caFile === undefined ? undefined : readAuthority(options.caFile);
    // No cached TLS sessions: a resumed one shows no certificate.
    return new https.Agent({ keepAlive: true, maxSockets: 1, maxCachedSessions: 0, ca });
  }

  /** One request. The platform closes idle connections after 5 s; one that it closes under our request is asked again. */
  async function send(
    url: URL,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>>,
  ): Promise<http.IncomingMessage> {
    const agent = (opened ??= newAgent());
    return new Promise((resolve, reject) => {
      const request = (secure ? https : http).get(url, { agent, headers, signal });
      request.once('response', (response) => {
        // A connection that lives on knows the certificate that it began with, which may be the old one.
        if (response.socket instanceof TLSSocket && !request.reusedSocket)
          certificateExpiry?.record(address.target, response.socket);
        resolve(response);
      });
      // Stays for the life of the request: a server may break the protocol after its answer.
      request.on('error', (error) => {
        if (request.reusedSocket && errorCode(error) === 'ECONNRESET' && !signal.aborted)
          send(url, signal, headers).then(resolve, reject);
        else reject(error);
      });
    });
  }

  const get: HttpGet['get'] = async (path, signal, more = {}) => {
    const headers = { ...always, ...more };
    let url = address.resolve(path);
    for (let redirects = 0; ; redirects++) {
      const response = await send(url, signal, headers);
      const { statusCode: status = 0, statusMessage: statusText = '' } = response;
      const { location } = response.headers;
      if (!REDIRECTS.has(status) || location === undefined) {
        const contentType =
          (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
        try {
          return { status, statusText, contentType, body: await readBody(response, options.maxBodyBytes) };
        } finally {
          response.destroy();
        }
      }
      response.destroy();
      const next = URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
      if (next?.origin !== url.origin)
        throw new Error(
          `it redirects to ${next?.origin ?? 'an unreadable address'}, and only ${url.origin} is asked: correct VALTRONICS_API_URL`,
        );
      if (redirects === MAX_REDIRECTS) throw new Error(`it redirects more than ${MAX_REDIRECTS} times`);
      url = next;
    }
  };

  return { get, close: () => opened?.destroy() };
}
