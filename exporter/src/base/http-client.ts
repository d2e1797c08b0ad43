import http from 'node:http';
import https from 'node:https';
import { basicAuthorization, type CredentialUrl, parseCredentialUrl } from './credential-url.ts';

/** One request; `content` is sent with the length of it. */
export interface HttpRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string | number>>;
  readonly signal: AbortSignal;
  readonly content?: Uint8Array | undefined;
}

/** A service that is asked by HTTP, over a few connections that are kept. */
export interface HttpClient {
  /** Of the service; holds its secrets. */
  readonly address: CredentialUrl;
  /** What each path begins with: no secret, and no slash at its end. */
  readonly root: string;
  /** `Authorization` of the user and password in the URL; undefined where it has none. */
  readonly login: string | undefined;
  /** Resolves with the head of any answer; rejects with Node's error. `target` is a whole address. */
  request(target: string, request: HttpRequest): Promise<http.IncomingMessage>;
  close(): void;
}

export interface HttpClientOptions {
  /** May hold user and password, and a path below which the service is. */
  readonly url: string;
  /** Most connections. */
  readonly connections: number;
  /** PEM file of the authority that signed the service's certificate. */
  readonly caFile: string | undefined;
  /** Reads it, before each request over TLS. */
  readonly readAuthority: (path: string) => Buffer;
}

/** A client for the address; connects with its first request. Throws Error for a URL that is none. */
export function createHttpClient({ url, connections, caFile, readAuthority }: HttpClientOptions): HttpClient {
  const address = parseCredentialUrl(url, { schemes: ['http', 'https'] });
  const { scheme, place, path } = address;
  const isSecure = scheme === 'https';
  const transport = isSecure ? https : http;
  const agent = new transport.Agent({ keepAlive: true, maxSockets: connections });

  return {
    address,
    root: `${scheme}://${place}${path.replace(/\/+$/, '')}`,
    login: basicAuthorization(address),
    request: async (target, { method, headers, signal, content }) => {
      const ca = isSecure && caFile !== undefined ? readAuthority(caFile) : undefined;
      return new Promise((resolve, reject) => {
        const request = transport.request(target, { method, agent, signal, ca, headers }, resolve);
        request.once('error', reject);
        request.end(content);
      });
    },
    close: () => agent.destroy(),
  };
}
