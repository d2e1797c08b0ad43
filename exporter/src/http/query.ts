import type { IncomingMessage } from 'node:http';

/** The query parameters of a request, decoded leniently: never throws. */
export function searchParams(request: Pick<IncomingMessage, 'url'>): URLSearchParams {
  const url = request.url ?? '';
  const at = url.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : url.slice(at + 1));
}
