import type { IncomingMessage } from 'node:http';
import { GATEWAY } from '../trace/service-names.ts';
import { addOrigin, isOriginReplaced, type Peer } from './forwarded.ts';
import { endsHere, namedByConnection } from './hop-by-hop.ts';
import { forwardsLeft } from './max-forwards.ts';

export interface RequestHeadersOptions {
  readonly host: string;
  /** Instead of the client's own, where it sent none. */
  readonly defaultHost: string;
  readonly peer: Peer;
  readonly requestId: string;
  /** Replaces what the client sent of a trace; undefined leaves it as it came. */
  readonly trace: TraceToSend | undefined;
  /** Value of `Upgrade` where the connection shall become another one. */
  readonly upgrade?: string;
}

/** The trace that the API's spans shall belong to. */
export interface TraceToSend {
  readonly traceparent: string;
  /** Whether it is the client's trace: only then does its `tracestate` belong to it. */
  readonly continued: boolean;
}

/** Whether the client takes trailers of the answer (RFC 9110 §10.1.4). */
function takesTrailers(te: string | string[] | undefined): boolean {
  return typeof te === 'string' && /(?:^|,)\s*trailers\s*(?:,|$)/i.test(te);
}

/** Whether a header of the client, its name in lower case, is passed on as it is. */
function isPassed(name: string, request: IncomingMessage, options: RequestHeadersOptions): boolean {
  switch (name) {
    case 'x-request-id':
      return false;
    case 'traceparent':
      return options.trace === undefined;
    case 'tracestate':
      return options.trace?.continued !== false;
    // HTTP/1.0 knows no interim answers, so that nobody would wait for one.
    case 'expect':
      return request.httpVersionMinor > 0;
    case 'trailer':
      return request.headers['transfer-encoding'] !== undefined;
    default:
      return !isOriginReplaced(name, options.peer);
  }
}

/**
 * The headers for the API: the client's with their case, order and repetition, without those of its own hop, and with
 * what the gateway adds at the end.
 */
export function requestHeaders(request: IncomingMessage, options: RequestHeadersOptions): string[] {
  const { rawHeaders, headers: incoming } = request;
  const named = namedByConnection(incoming.connection);
  const headers: string[] = [];
  const left = forwardsLeft(request);
  let [hasHost, hasId] = [false, false];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    const lower = name.toLowerCase();
    if (lower === 'host') {
      headers.push(name, options.host);
      hasHost = true;
    } else if (lower === 'x-request-id' && value === options.requestId) {
      headers.push(name, value);
      hasId = true;
    } else if (lower === 'max-forwards' && left !== undefined) headers.push(name, String(left - 1));
    else if (!endsHere(lower, named) && isPassed(lower, request, options)) headers.push(name, value);
  }
  if (!hasHost) headers.unshift('Host', options.defaultHost);
  if (incoming['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
  addOrigin(headers, incoming, options.host, options.peer);
  headers.push('Via', `${request.httpVersion} ${GATEWAY}`);
  if (!hasId) headers.push('X-Request-ID', options.requestId);
  if (options.trace !== undefined) headers.push('traceparent', options.trace.traceparent);
  if (options.upgrade !== undefined) headers.push('Connection', 'Upgrade', 'Upgrade', options.upgrade);
  else if (takesTrailers(incoming.te)) headers.push('Connection', 'TE', 'TE', 'trailers');
  return headers;
}
