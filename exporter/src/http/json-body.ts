import express, { type RequestHandler } from 'express';
import { HttpError } from './http-error.ts';
import type { Route } from './route.ts';

/** What a body is unless its route says otherwise. */
export const JSON_TYPES: readonly string[] = ['application/json'];

/** Bytes that a body may have unless its route says otherwise: 1 MiB. */
export const DEFAULT_BODY_LIMIT = 1_048_576;

/**
 * Parses a JSON body of at most `limit` bytes (after inflating). A missing or empty one leaves
 * `request.body` undefined.
 */
export function jsonBody(limit: number = DEFAULT_BODY_LIMIT): RequestHandler {
  return express.json({ limit, strict: false, type: 'application/json' });
}

/**
 * Refuses a body that is not declared as JSON, or as what its route takes besides: a form of a foreign page cannot
 * declare it.
 */
export function requireJson(routes: readonly Route[]): RequestHandler {
  const byPath = new Map(routes.map(({ path, bodyTypes }) => [path, bodyTypes]));
  return (request, _response, next) => {
    const length = request.headers['content-length'];
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
    const safe = request.method === 'GET' || request.method === 'HEAD';
    const types = byPath.get(request.path) ?? JSON_TYPES;
    if (hasBody && !safe && request.is([...types]) === false) {
      throw new HttpError(415, `a body needs Content-Type: ${types.join(' or ')}`);
    }
    next();
  };
}
