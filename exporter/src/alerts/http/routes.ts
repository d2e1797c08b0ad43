import type { Route } from '../../http/route.ts';
import type { AlertRouteDependencies } from './alert-route.ts';
import { beforeRoutes } from './before-routes.ts';
import { alertBulkRoutes } from './bulk-routes.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { maintenanceRoutes } from './maintenance-routes.ts';
import { alertReadRoutes } from './read-routes.ts';
import { rulesRoute } from './rules-route.ts';
import { webhookRoute } from './webhook-route.ts';
import { alertWriteRoutes } from './write-routes.ts';

/** Every route below `/api/v1/alerts` and `/api/v1/maintenance`. */
export function alertRoutes(dependencies: AlertRouteDependencies): Route[] {
  return [
    webhookRoute(dependencies),
    ...deliveryRoutes(dependencies),
    // Before the reading routes: one of them takes what follows /alerts/ as a fingerprint.
    rulesRoute(dependencies),
    ...alertBulkRoutes(dependencies),
    ...alertReadRoutes(dependencies),
    ...alertWriteRoutes(dependencies),
    ...beforeRoutes(dependencies),
    ...maintenanceRoutes(dependencies),
  ];
}
