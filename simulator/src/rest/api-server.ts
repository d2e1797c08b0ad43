import { STATUS_CODES, type Server } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Faults } from '../control/faults.ts';
import type { BackendLogWriter } from '../logs/backend-log.ts';
import { accessLine } from './access-line.ts';
import { HttpError, validationDetail } from './http-error.ts';
import type { Route, RouteAnswer, RouteRequest } from './route.ts';
import { requestIds } from './request-ids.ts';
import { createRouteTable } from './route-table.ts';
import { checkParameters } from './validation.ts';

export interface ApiServerOptions {
  /** Address to listen on; 127.0.0.1 when absent. */
  readonly host?: string;
  readonly port: number;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  /** False while rows cannot be read or written. */
  readonly databaseHealthy: () => boolean;
  /** Takes a line of the access log. */
  readonly access: (line: string) => void;
  readonly log: BackendLogWriter;
  /** Handlers that are no part of the platform: not logged, not broken by faults. */
  readonly control: RequestHandler;
}

const HOST = '127.0.0.1';
const SLOW = 3000;

/** The client's address: the platform's nginx trusts what a proxy on the same machine says. */
function clientAddress(req: Request): string {
  const [forwarded] = (req.get('x-forwarded-for') ?? '').split(',');
  return forwarded?.trim() || (req.socket.remoteAddress ?? HOST).replace('::ffff:', '');
}

/** Writes the access line and uvicorn's line when the answer has ended, or the client has gone (499). */
function logRequests({ access, log }: ApiServerOptions): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const target = req.originalUrl;
    res.once('close', () => {
      const status = res.writableFinished ? res.statusCode : 499;
      const duration = (performance.now() - started) / 1000;
      const bodyBytes = Number(res.getHeader('content-length') ?? 0);
      access(
        accessLine({
          address: clientAddress(req),
          at: Date.now(),
          method: req.method,
          target,
          httpVersion: req.httpVersion,
          status,
          bodyBytes: res.writableFinished && req.method !== 'HEAD' ? bodyBytes : 0,
          referer: req.get('referer'),
          userAgent: req.get('user-agent'),
          duration,
        }),
      );
      if (!res.writableFinished) return;
      const ids = requestIds(req.headers);
      const say = status < 500 ? log.info : log.error;
      if (ids !== '')
        say('app.requests', `${req.method} ${req.path} ${status} in ${Math.round(duration * 1000)} ms${ids}`);
      const peer = `${HOST}:${req.socket.remotePort ?? 0}`;
      const first = `"${req.method} ${target} HTTP/${req.httpVersion}"`;
      log.uvicorn('INFO', `${peer} - ${first} ${status} ${STATUS_CODES[status] ?? ''}`);
    });
    next();
  };
}

const INTERNAL_ERROR: RouteAnswer = {
  status: 500,
  text: { content: 'Internal Server Error', contentType: 'text/plain; charset=utf-8' },
};

function send(res: Response, { status, body, text }: RouteAnswer): void {
  res.status(status);
  res.setHeader('server', 'uvicorn');
  const content = text?.content ?? (body === undefined ? '' : JSON.stringify(body));
  const contentType = text?.contentType ?? 'application/json';
  if (content !== '') res.setHeader('content-type', contentType);
  res.setHeader('content-length', Buffer.byteLength(content));
  res.end(content);
}

function parseBody(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'invalid';
    throw new HttpError(422, [
      validationDetail('json_invalid', ['body', 0], 'JSON decode error', {}, { error: reason }),
    ]);
  }
}

function routeRequest(route: Route, parameters: ReadonlyMap<string, string>, req: Request): RouteRequest {
  const url = new URL(req.originalUrl, 'http://platform');
  const values = new Map([
    ...checkParameters(route.pathParameters ?? {}, 'path', (name) => parameters.get(name) ?? null),
    ...checkParameters(route.query ?? {}, 'query', (name) => url.searchParams.get(name)),
  ]);
  const optionalInteger = (name: string): number | undefined => {
    const value = values.get(name);
    return typeof value === 'number' ? value : undefined;
  };
  return {
    optionalInteger,
    integer(name) {
      const value = optionalInteger(name);
      if (value === undefined) throw new Error(`${route.path} declares no integer ${name}`);
      return value;
    },
    text(name) {
      const value = values.get(name);
      return value === undefined ? undefined : String(value);
    },
    body: parseBody(req.body),
  };
}

/** Answers the platform's API: routing, faults, and errors in FastAPI's shapes. */
function serve(options: ApiServerOptions): RequestHandler {
  const { faults, databaseHealthy } = options;
  const table = createRouteTable(options.routes);
  return async (req: Request, res: Response) => {
    if (faults.has('api-slow')) await delay(SLOW);
    const match = table.match(req.method, req.path);
    switch (match.kind) {
      case 'not_found':
        throw new HttpError(404, 'Not Found');
      case 'method_not_allowed':
        res.setHeader('allow', match.allow.join(', '));
        throw new HttpError(405, 'Method Not Allowed');
      case 'redirect': {
        const { search } = new URL(req.originalUrl, 'http://platform');
        res.setHeader('location', `http://${req.get('host') ?? HOST}${match.path}${search}`);
        send(res, { status: 307 });
        return;
      }
      case 'route': {
        const { route, parameters } = match;
        const request = routeRequest(route, parameters, req);
        const needsDatabase = route.needsDatabase ?? true;
        if (needsDatabase && faults.has('api-500')) throw new Error('no such table: devices');
        if (needsDatabase && !databaseHealthy())
          throw new Error('psycopg2.OperationalError: connection refused');
        if (route.slow !== undefined) await delay(route.slow());
        send(res, await route.handle(request));
        return;
      }
    }
  };
}

/** Starts the API. Rejects with the system's error when the port cannot be had. */
export async function startApiServer(
  options: ApiServerOptions,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const { host = HOST, port, faults, log, control } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/simulator', control);
  app.use((_req, res, next) => {
    if (faults.has('api-down')) res.destroy();
    else next();
  });
  app.use(logRequests(options));
  app.use(express.text({ type: () => true, limit: '1mb' }));
  app.use(serve(options));
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) {
      next(error);
    } else if (error instanceof HttpError) {
      send(res, { status: error.status, body: { detail: error.detail } });
    } else {
      log.uvicorn('ERROR', 'Exception in ASGI application');
      log.traceback(error instanceof Error ? error.message : String(error));
      send(res, INTERNAL_ERROR);
    }
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(port, host, (error?: Error) => {
      if (error === undefined) resolve(listening);
      else reject(error);
    });
  });
  server.keepAliveTimeout = 5000;
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
