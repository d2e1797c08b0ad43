import type { Route } from '../../http/route.ts';
import type { AlertRouteDependencies } from './dependencies.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { alertReadRoutes } from './read-routes.ts';
import { webhookRoute } from './webhook-route.ts';
import { alertWriteRoutes } from './write-routes.ts';

/** Every route below `/api/v1/alerts`. */
export function alertRoutes(dependencies: AlertRouteDependencies): Route[] {
  return [
    webhookRoute(dependencies),
    ...deliveryRoutes(dependencies),
    ...alertReadRoutes(dependencies),
    ...alertWriteRoutes(dependencies),
  ];
}
