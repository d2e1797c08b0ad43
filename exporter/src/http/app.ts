import express, { type Express, type RequestHandler } from 'express';
import { apiRoutes } from './api/routes.ts';
import { openApiRoute } from './api/openapi.ts';
import { accessControl } from './auth/access.ts';
import { createBasicAuth } from './auth/basic-auth.ts';
import type { HttpDependencies } from './dependencies.ts';
import { errorHandler, notFound } from './error-handler.ts';
import { landingRoute } from './landing/landing-route.ts';
import { metricsRoute } from './metrics-route.ts';
import { rateLimit } from './rate-limit.ts';
import { requestId } from './request-id.ts';
import { requestMetrics } from './request-metrics.ts';
import { requestLog } from './request-log.ts';
import { requestSpans } from './request-span.ts';
import { addRoutes, type Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { systemRoutes } from './system-routes.ts';
import type { WebConfig } from './web-config/read.ts';

/** What people and pages look at: it must be true now, also where no Prometheus scrapes. */
const LOOKED_AT = /^\/(|api\/v1\/(summary|health|collectors|devices(\/.*)?))$/;

/** Longest wait of a reader for a source, milliseconds; what comes later is seen by the next request. */
const PATIENCE = 2000;

/** Brings the values up to date before somebody reads them; scrapes do it themselves. */
function freshValues({ source }: Pick<HttpDependencies, 'source'>): RequestHandler {
  return async (request, _response, next) => {
    if (request.method === 'GET' && LOOKED_AT.test(request.path)) await source.collect(PATIENCE);
    next();
  };
}

/** Every route of the exporter; subsystems bring theirs in `more`. */
export function allRoutes(dependencies: HttpDependencies, more: readonly Route[]): Route[] {
  const routes = [
    metricsRoute(dependencies),
    landingRoute(dependencies),
    ...systemRoutes(dependencies),
    ...apiRoutes(dependencies),
    ...more,
  ];
  const documented: Route[] = [...routes, openApiRoute(() => documented, dependencies.build)];
  return documented;
}

/** What every application of ours does with a request, whatever its routes. `before` comes last in front of them. */
export function createRouteApp(
  { logger, token, metrics, tracer }: Pick<HttpDependencies, 'logger' | 'token' | 'metrics' | 'tracer'>,
  web: () => WebConfig,
  routes: readonly Route[],
  before: readonly RequestHandler[] = [],
): Express {
  const clock = (): number => performance.now();
  const users = (): WebConfig['users'] => web().users;
  const app = express();
  app.disable('x-powered-by').disable('etag').disable('query parser').enable('case sensitive routing');
  app.use(requestId);
  app.use(requestMetrics(metrics));
  app.use(requestLog(logger));
  app.use(requestSpans(tracer));
  app.use(securityHeaders(() => web().headers));
  app.use(rateLimit(() => web().rateLimit, clock));
  app.use(accessControl({ token, users, basicAuth: createBasicAuth({ users, now: clock }) }));
  for (const handler of before) app.use(handler);
  addRoutes(app.router, routes);
  app.use(notFound);
  app.use(errorHandler(logger));
  return app;
}

/**
 * The exporter's HTTP application (contract §2). `web` is the web configuration at this moment, `more` are the
 * routes of subsystems.
 */
export function createApp(
  dependencies: HttpDependencies,
  web: () => WebConfig,
  more: readonly Route[] = [],
): Express {
  return createRouteApp(dependencies, web, allRoutes(dependencies, more), [freshValues(dependencies)]);
}
