import type { HttpDependencies } from '../dependencies.ts';
import type { Route } from '../route.ts';
import { deviceRoutes } from './device-routes.ts';
import { unusableRoute } from './mqtt-routes.ts';
import { logLevelRoutes } from './log-level-routes.ts';
import { collectorsRoute, healthRoute } from './state-routes.ts';
import { summaryRoute } from './summary-route.ts';

/** The routes below `/api/v1`, without the document that describes them. */
export function apiRoutes(dependencies: HttpDependencies): Route[] {
  return [
    summaryRoute(dependencies),
    ...deviceRoutes(dependencies),
    unusableRoute(dependencies),
    collectorsRoute(dependencies),
    healthRoute(dependencies),
    ...logLevelRoutes(dependencies),
  ];
}
