import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

const ids = new WeakMap<IncomingMessage, string>();

/**
 * A correlation id that may go into logs, headers and addresses as it is: the rule of the gateway as well (contract §8), so
 * that one id passes through both.
 */
export function isSaneRequestId(text: string): boolean {
  return /^[\w.-]{1,64}$/.test(text);
}

/** Gives every request its correlation id, the client's own when it is sane, and sends it back. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id');
  const id = given !== undefined && isSaneRequestId(given) ? given : randomUUID();
  ids.set(request, id);
  response.set('X-Request-Id', id);
  next();
};

/** The request's correlation id; `-` before it was given one. */
export function requestIdOf(request: IncomingMessage): string {
  return ids.get(request) ?? '-';
}
