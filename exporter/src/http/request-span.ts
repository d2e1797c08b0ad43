import type { Request, RequestHandler } from 'express';
import type { ServerResponse } from 'node:http';
import { CORRELATION_ID } from '../trace/attribute-names.ts';
import { readContext } from '../trace/trace-context.ts';
import type { Attributes, Span, SpanOptions, Tracer } from '../trace/tracer.ts';
import { requestIdOf } from './request-id.ts';
import { METHODS, routeOf } from './route.ts';

/**
 * Probes, and who looks at traces, ask every few seconds, and would drive what is worth a look out of the kept traces.
 */
const UNTRACED = /^\/(-\/(healthy|ready)|api\/v1\/traces(\/.*)?)$/;

interface Traced {
  readonly tracer: Tracer;
  readonly span: Span;
}

const traced = new WeakMap<ServerResponse, Traced>();

/** The span of the request that is answered; undefined while nothing is traced. */
export function spanOf(response: ServerResponse): Span | undefined {
  return traced.get(response)?.span;
}

/** Does work that belongs to the request, but is called by its socket, inside of the request's span. */
export function withinRequest(response: ServerResponse, work: () => void): void {
  const of = traced.get(response);
  if (of === undefined) work();
  else of.tracer.within(of.span, work);
}

const methodOf = ({ method }: Request): string => (METHODS.has(method) ? method : '_OTHER');

function attributesOf(request: Request): Attributes {
  const { path, socket } = request;
  return {
    'http.request.method': methodOf(request),
    'url.path': path,
    'url.scheme': 'encrypted' in socket ? 'https' : 'http',
    'client.address': socket.remoteAddress,
    'network.protocol.version': request.httpVersion,
    'user_agent.original': request.get('user-agent'),
    [CORRELATION_ID]: requestIdOf(request),
  };
}

function optionsOf(request: Request): SpanOptions {
  return {
    kind: 'server',
    attributes: attributesOf(request),
    parent: readContext(request.headers) ?? 'root',
  };
}

function end({ span }: Traced, request: Request, response: ServerResponse): void {
  const { statusCode: status, writableFinished } = response;
  const route = routeOf(response);
  if (route !== undefined) span.rename(`${methodOf(request)} ${route}`);
  span.set({ 'http.route': route, 'http.response.status_code': status });
  // The client went before the answer was complete, which is no failure of ours.
  if (!writableFinished) span.event('aborted');
  if (status >= 500) {
    span.fail(new Error(`answered ${status}`));
    span.set({ 'error.type': String(status) });
  }
  span.end();
}

/**
 * A server span for each request but those of probes and for traces, from here on to the end of its answer; the caller's
 * trace is continued. `tracer` is asked at each request, so that a reload may change it.
 */
export function requestSpans(tracer: () => Tracer): RequestHandler {
  return (request, response, next) => {
    const current = tracer();
    if (!current.enabled || UNTRACED.test(request.path)) {
      next();
      return;
    }
    const span = current.start(methodOf(request), optionsOf(request));
    const of = { tracer: current, span };
    traced.set(response, of);
    response.once('close', () => end(of, request, response));
    current.within(span, () => next());
  };
}
