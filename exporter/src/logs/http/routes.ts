import type { Route } from '../../http/route.ts';
import type { LogRouteDependencies } from './dependencies.ts';
import { logSearchRoutes } from './search-routes.ts';
import { logSummaryRoutes } from './summary-routes.ts';

/** Every route below `/api/v1/logs`. */
export function logRoutes(dependencies: LogRouteDependencies): Route[] {
  return [
    ...logSummaryRoutes(dependencies),
    // Last: one of them takes what follows /logs/ as an id.
    ...logSearchRoutes(dependencies),
  ];
}
