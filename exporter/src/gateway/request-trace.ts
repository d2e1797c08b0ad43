import type { IncomingMessage } from 'node:http';
import { CORRELATION_ID } from '../trace/attribute-names.ts';
import { formatTraceparent, readContext } from '../trace/trace-context.ts';
import { NO_TRACER, type Span, type Tracer } from '../trace/tracer.ts';
import type { Guard } from './guard.ts';
import type { TraceToSend } from './request-headers.ts';
import type { UpstreamFailure } from './served-request.ts';

const NO_SPAN = NO_TRACER.start('');

/** What a span of a request says of it. */
export interface TracedRequest {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly route: string;
  readonly host: string;
  readonly scheme: string;
  readonly requestId: string;
  readonly clientAddress: string;
  readonly peerAddress: string;
}

/** The two spans of a request: of the gateway's answer, and of its asking the API. */
export interface RequestTrace {
  readonly server: Span;
  /** Begins to ask; what is returned goes with the request. Undefined leaves the client's own headers as they are. */
  ask(place: { readonly host: string; readonly port: number }): TraceToSend | undefined;
  /** The API answered with this status, or failed. Ends that span. */
  answered(outcome: {
    readonly status: number | undefined;
    readonly failure: UpstreamFailure | undefined;
  }): void;
  /** The client has its answer, or left. Ends the other span. */
  end(outcome: {
    readonly status: number;
    readonly aborted: boolean;
    readonly failure: UpstreamFailure | undefined;
  }): void;
}

const UNTRACED: RequestTrace = {
  server: NO_SPAN,
  ask: () => undefined,
  answered: () => undefined,
  end: () => undefined,
};

function traced(tracer: Tracer, guard: Guard, asked: TracedRequest): RequestTrace {
  const { request, route, path } = asked;
  const method = request.method ?? 'GET';
  const parent = readContext(request.headers);
  const common = { 'http.request.method': method, 'url.path': path, 'url.scheme': asked.scheme };
  const server = tracer.start(`${method} ${route}`, {
    kind: 'server',
    parent: parent ?? 'root',
    attributes: {
      ...common,
      'http.route': route,
      'server.address': asked.host,
      'client.address': asked.clientAddress,
      'network.peer.address': asked.peerAddress,
      'network.protocol.version': request.httpVersion,
      'user_agent.original': request.headers['user-agent'],
      [CORRELATION_ID]: asked.requestId,
    },
  });
  let client = NO_SPAN;
  return {
    server,
    ask: (place) =>
      guard(
        'tracing',
        () => {
          client = tracer.start(`${method} ${route}`, {
            kind: 'client',
            parent: server.context,
            attributes: { ...common, 'server.address': place.host, 'server.port': place.port },
          });
          return { traceparent: formatTraceparent(client.context), continued: parent !== undefined };
        },
        undefined,
      ),
    answered: ({ status, failure }) =>
      guard(
        'tracing',
        () => {
          client.set({ 'http.response.status_code': status, 'error.type': failure });
          if (failure !== undefined) client.fail(new Error(`the API failed: ${failure}`));
          else if (status !== undefined && status >= 400) client.set({ 'error.type': String(status) });
          client.end();
        },
        undefined,
      ),
    end: ({ status, aborted, failure }) =>
      guard(
        'tracing',
        () => {
          server.set({ 'http.response.status_code': status });
          if (aborted) server.event('client left');
          if (failure !== undefined) {
            server.set({ 'error.type': failure });
            server.fail(new Error(`the API failed: ${failure}`));
          } else if (status >= 500) {
            server.set({ 'error.type': String(status) });
            server.fail(new Error(`answered with ${status}`));
          }
          client.end();
          server.end();
        },
        undefined,
      ),
  };
}

/** Begins the trace of a request, or continues the client's. A tracer that is off costs nothing, one that throws is as one that is off. */
export function traceRequest(tracer: Tracer, guard: Guard, asked: TracedRequest): RequestTrace {
  if (!tracer.enabled) return UNTRACED;
  return guard('tracing', () => traced(tracer, guard, asked), UNTRACED);
}
