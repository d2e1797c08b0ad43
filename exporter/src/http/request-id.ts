import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { requestIdFrom } from '../base/request-id.ts';

const ids = new WeakMap<IncomingMessage, string>();

/** Gives every request its correlation id, the client's own when it is sane, and sends it back. */
export const requestId: RequestHandler = (request, response, next) => {
  const id = requestIdFrom(request.get('x-request-id'));
  ids.set(request, id);
  response.set('X-Request-Id', id);
  next();
};

/** The request's correlation id; `-` before it was given one. */
export function requestIdOf(request: IncomingMessage): string {
  return ids.get(request) ?? '-';
}
