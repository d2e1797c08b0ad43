import type { IncomingMessage } from 'node:http';
import { endsHere, namedByConnection } from './hop-by-hop.ts';

export interface ResponseHeadersOptions {
  readonly requestId: string;
  /** Whether a body of unknown length follows, in chunks, so that trailers have a place. */
  readonly chunked: boolean;
  /** Ends the client's connection behind this answer. */
  readonly close: boolean;
}

/** The headers for the client: the API's with their case, order and repetition, and the request's id. */
export function responseHeaders(answer: IncomingMessage, options: ResponseHeadersOptions): string[] {
  const named = namedByConnection(answer.headers.connection);
  const { rawHeaders } = answer;
  const headers: string[] = [];
  let hasId = false;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    const lower = name.toLowerCase();
    if (endsHere(lower, named)) continue;
    // An answer without a body has no length (RFC 9110 §8.6), and without chunks no trailers.
    if (lower === 'content-length' && answer.statusCode === 204) continue;
    if (lower === 'trailer' && !options.chunked) continue;
    if (lower === 'x-request-id') {
      if (hasId || value !== options.requestId) continue;
      hasId = true;
    }
    headers.push(name, value);
  }
  if (!hasId) headers.push('X-Request-ID', options.requestId);
  if (options.close) headers.push('Connection', 'close');
  return headers;
}
