import type { RequestHandler } from 'express';
import { HttpError } from './http-error.ts';

/** Answers 503 while `limit` requests of this kind are under way, so that a pile-up cannot grow. */
export function concurrencyLimit(limit: number): RequestHandler {
  let active = 0;
  return (_request, response, next) => {
    if (active >= limit) {
      throw new HttpError(503, `${limit} requests of this kind are under way already`, {
        headers: { 'Retry-After': '1' },
      });
    }
    active += 1;
    response.once('close', () => (active -= 1));
    next();
  };
}
