import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from '../log/logger.ts';
import { HttpError } from './http-error.ts';
import { requestIdOf } from './request-id.ts';

/** Answers what no route took. */
export const notFound: RequestHandler = (request) => {
  throw new HttpError(404, `there is nothing at ${request.path}`);
};

/** The word that body-parser and the router mark their errors with, and the status. */
function marks(error: unknown): { type: unknown; status: unknown } {
  if (typeof error !== 'object' || error === null) return { type: undefined, status: undefined };
  return {
    type: 'type' in error ? error.type : undefined,
    status: 'status' in error ? error.status : undefined,
  };
}

/** Translates errors of express and body-parser; undefined for a fault of ours. */
export function toHttpError(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error;
  const { type, status } = marks(error);
  switch (type) {
    case 'entity.too.large':
      return new HttpError(413, 'the body is too large', { headers: { Connection: 'close' } });
    case 'entity.parse.failed':
      return new HttpError(400, 'the body is not valid JSON');
    case 'charset.unsupported':
      return new HttpError(415, 'the body must be UTF-8');
    case 'encoding.unsupported':
      return new HttpError(415, 'this content encoding is not supported');
    default:
      return status === 400 ? new HttpError(400, 'the request cannot be read') : undefined;
  }
}

/** Answers errors in the one shape of contract §2; faults of ours go to the log with their stack, never to the client. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = toHttpError(error);
    const id = requestIdOf(request);
    if (known === undefined) {
      const stack = error instanceof Error ? error.stack : String(error);
      logger.error({ requestId: id, method: request.method, path: request.path, stack }, 'request failed');
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    const answer =
      known ??
      new HttpError(500, `the exporter failed to answer; its log has the reason under request id ${id}`);
    response.set(answer.headers).status(answer.status).type('json').json(answer.body());
  };
}
