import type { RequestHandler } from 'express';
import type { Logger } from '../log/logger.ts';
import { requestIdOf } from './request-id.ts';
import { withinRequest } from './request-span.ts';

/** Paths that machines ask every few seconds: their requests are logged at level debug. */
const FREQUENT: ReadonlySet<string> = new Set(['/metrics', '/-/healthy', '/-/ready']);

/**
 * Writes one line a request once it is over. The query is left out of it: it may hold what people searched for.
 * `aborted` says that the client went before the answer was complete.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const { method, path } = request;
    const remote = request.socket.remoteAddress ?? '-';
    response.once('close', () => {
      const fields = {
        requestId: requestIdOf(request),
        method,
        path,
        status: response.statusCode,
        durationMs: Math.round((performance.now() - start) * 10) / 10,
        remote,
        ...(response.writableFinished ? {} : { aborted: true }),
      };
      withinRequest(response, () => {
        if (response.statusCode >= 500) logger.warn(fields, 'request failed');
        else if (FREQUENT.has(path)) logger.debug(fields, 'request');
        else logger.info(fields, 'request');
      });
    });
    next();
  };
}
