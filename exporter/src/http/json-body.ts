import express, { type RequestHandler } from 'express';
import { HttpError } from './http-error.ts';

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
 * Refuses a body that is not declared as one of the types: a form of a foreign page cannot declare JSON. It stands in
 * front of a route's handlers, so that a method that the path does not have is said to be that.
 */
export function requireType(types: readonly string[] = JSON_TYPES): RequestHandler {
  return (request, _response, next) => {
    const length = request.headers['content-length'];
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
    const safe = request.method === 'GET' || request.method === 'HEAD';
    if (hasBody && !safe && request.is([...types]) === false) {
      throw new HttpError(415, `a body needs Content-Type: ${types.join(' or ')}`);
    }
    next();
  };
}
