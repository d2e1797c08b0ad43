import type { RequestListener } from 'node:http';
import { createRouteApp } from '../../http/app.ts';
import type { HttpDependencies } from '../../http/dependencies.ts';
import { metricsRoute } from '../../http/metrics-route.ts';
import type { Route } from '../../http/route.ts';
import { startHttpServer, type HttpServer } from '../../http/server.ts';
import { systemRoutes } from '../../http/system-routes.ts';
import { NO_WEB_CONFIG } from '../../http/web-config/read.ts';
import { openWebConfig } from '../../http/web-config/web-config-source.ts';
import type { Logger } from '../../log/logger.ts';
import { NO_TRACER } from '../../trace/tracer.ts';

export interface GatewayAdminOptions extends Pick<
  HttpDependencies,
  'metrics' | 'isLeftOut' | 'problems' | 'reload' | 'token'
> {
  readonly listen: string;
  /** Brings what the metrics show up to date. */
  readonly update: () => void;
  readonly logger: Logger;
  /** What it shows besides. */
  readonly routes?: readonly Route[];
}

/** `/metrics`, `/-/healthy`, `/-/ready` and `/-/reload` of a gateway. */
function adminApp({ update, routes: more = [], ...options }: GatewayAdminOptions): RequestListener {
  // What looks after the gateway is no work of it.
  const given = { ...options, tracer: () => NO_TRACER };
  const metrics = metricsRoute({
    ...given,
    source: {
      collect: () => {
        update();
        return Promise.resolve();
      },
    },
    fleet: { series: [], refresh: () => undefined },
    now: Date.now,
  });
  const routes = [metrics, ...systemRoutes({ ...given, collectors: () => [] }), ...more];
  return createRouteApp(given, () => NO_WEB_CONFIG, routes);
}

/**
 * Serves what is about the gateway on an address of its own, in plain HTTP, so that nothing of it shadows a path of the API.
 * Rejects with a sentence for operators when it cannot listen.
 */
export async function startGatewayAdmin(options: GatewayAdminOptions): Promise<HttpServer> {
  const { listen, logger } = options;
  return startHttpServer({
    app: adminApp(options),
    ...{ listen, logger, setting: 'VALTRONICS_GATEWAY_ADMIN_LISTEN' },
    web: await openWebConfig({ path: undefined, logger }),
  });
}
