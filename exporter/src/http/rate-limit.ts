import type { RequestHandler } from 'express';
import { HttpError } from './http-error.ts';
import { createTokenBucket } from '../base/token-bucket.ts';
import type { WebConfig } from './web-config/read.ts';

/** `rate_limit` of the web configuration: a token bucket over all requests, made anew when its numbers change. */
export function rateLimit(config: () => WebConfig['rateLimit'], now: () => number): RequestHandler {
  let limit: WebConfig['rateLimit'];
  let bucket = createTokenBucket(0, 1, now);
  return (_request, _response, next) => {
    const wanted = config();
    if (wanted !== undefined) {
      if (wanted.burst !== limit?.burst || wanted.interval !== limit.interval) {
        bucket = createTokenBucket(wanted.burst, wanted.interval, now);
      }
      if (!bucket.take()) {
        throw new HttpError(429, 'too many requests: rate_limit of the web configuration', {
          headers: { 'Retry-After': String(Math.max(1, Math.ceil(bucket.wait() / 1000))) },
        });
      }
    }
    limit = wanted;
    next();
  };
}
