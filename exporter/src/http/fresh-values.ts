import type { RequestHandler } from 'express';
import type { HttpDependencies } from './dependencies.ts';

/** What people and pages look at: it must be true now, also where no Prometheus scrapes. */
const LOOKED_AT = /^\/(|api\/v1\/(summary|health|collectors|devices(\/.*)?))$/;

/** Longest wait of a reader for a source, milliseconds; what comes later is seen by the next request. */
const PATIENCE = 2000;

/** Brings the values up to date before somebody reads them; scrapes do it themselves. */
export function freshValues({ source }: Pick<HttpDependencies, 'source'>): RequestHandler {
  return async (request, _response, next) => {
    if (request.method === 'GET' && LOOKED_AT.test(request.path)) await source.collect(PATIENCE);
    next();
  };
}
