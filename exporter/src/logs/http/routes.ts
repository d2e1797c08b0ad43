import type { Route } from '../../http/route.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import type { LogRouteDependencies } from './dependencies.ts';
import { intakeRoute } from './intake-route.ts';
import { logSearchRoutes } from './search-routes.ts';
import { logSummaryRoutes } from './summary-routes.ts';

/** Every route below `/api/v1/logs`. */
export function logRoutes(dependencies: LogRouteDependencies): Route[] {
  return [
    intakeRoute(dependencies),
    ...logSummaryRoutes(dependencies),
    ...deadLetterRoutes(dependencies),
    // Last: one of them takes what follows /logs/ as an id.
    ...logSearchRoutes(dependencies),
  ];
}
