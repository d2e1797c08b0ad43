import type { ApiContext } from './api-context.ts';
import { openApiRoute } from './openapi.ts';
import type { Route } from './route.ts';
import { aiRoutes } from './routes/ai.ts';
import { alertWriteRoutes } from './routes/alert-writes.ts';
import { alertRoutes } from './routes/alerts.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { deviceWriteRoutes } from './routes/device-writes.ts';
import { deviceRoutes } from './routes/devices.ts';
import { healthRoutes } from './routes/health.ts';

/** All operations of the stand-in's API, in the order in which they are matched. */
export function apiRoutes(context: ApiContext): Route[] {
  const routes = [
    ...healthRoutes(context),
    ...deviceRoutes(context),
    ...deviceWriteRoutes(context),
    ...alertRoutes(context),
    ...alertWriteRoutes(context),
    ...analyticsRoutes(context),
    ...aiRoutes(context),
  ];
  return [...routes, openApiRoute(routes)];
}
