import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { Server as SecureServer } from 'node:tls';
import { restCapture } from './captures.ts';
import { freePort } from './server.ts';

/** Answers one request in whatever way; it may also never end it. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A platform API that answers with the captures until a test says otherwise. */
export interface FakeApi {
  readonly url: string;
  readonly port: number;
  /** `method path?query` of every request so far. */
  readonly requests: string[];
  readonly userAgents: Set<string>;
  /** The most requests that were open at one time. */
  readonly concurrency: () => number;
  readonly sockets: ReadonlySet<Socket>;
  /** Sets the answer of a path, query not included; undefined restores the capture. */
  set(path: string, answer: Answer | undefined): void;
  /** Presents another certificate to whoever connects from now on. */
  present(certificate: { readonly key: Buffer; readonly cert: Buffer }): void;
  stop(): Promise<void>;
}

/** An answer with JSON. */
export function json(body: unknown, status = 200): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

/** An answer with any text. */
export function text(body: string, status = 200, type = 'text/plain; charset=utf-8'): Answer {
  return (_request, response) => {
    response.writeHead(status, type === '' ? {} : { 'content-type': type });
    response.end(body);
  };
}

/** What the platform says when anything goes wrong inside. */
export const internalServerError = text('Internal Server Error', 500);

const CAPTURED: Readonly<Record<string, string>> = {
  '/api/v1/health/ping': 'ping',
  '/api/v1/health/': 'health',
  '/api/v1/devices/stats': 'devices-stats',
  '/api/v1/devices/': 'devices',
  '/api/v1/alerts/stats/active': 'alerts-active-stats',
  '/api/v1/alerts/stats/summary': 'alerts-summary',
  '/api/v1/alerts/': 'alerts',
};

function captured(path: string): Answer {
  const name = CAPTURED[path];
  if (name === undefined) return json({ detail: 'Not Found' }, 404);
  const { status, body } = restCapture(name);
  return typeof body === 'string' ? text(body, status) : json(body, status);
}

export async function startFakeApi(
  options: { readonly prefix?: string; readonly tls?: { readonly key: Buffer; readonly cert: Buffer } } = {},
): Promise<FakeApi> {
  const { prefix = '', tls } = options;
  const answers = new Map<string, Answer>();
  const requests: string[] = [];
  const userAgents = new Set<string>();
  const sockets = new Set<Socket>();
  let open = 0;
  let most = 0;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const url = request.url ?? '';
    requests.push(`${request.method ?? ''} ${url}`);
    userAgents.add(request.headers['user-agent'] ?? '');
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => (open -= 1));
    const path = (url.split('?')[0] ?? '').slice(prefix.length);
    if (!url.startsWith(prefix)) json({ detail: 'wrong prefix' }, 404)(request, response);
    else (answers.get(path) ?? captured(path))(request, response);
  };
  const server: Server = tls === undefined ? createServer(handle) : createSecureServer(tls, handle);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // A test that takes its time shall not lose a connection by it.
  server.keepAliveTimeout = 0;
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${prefix}`,
    port,
    requests,
    userAgents,
    concurrency: () => most,
    sockets,
    set: (path, answer) => {
      if (answer === undefined) answers.delete(path);
      else answers.set(path, answer);
    },
    present: (certificate) => {
      if (server instanceof SecureServer) server.setSecureContext(certificate);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
