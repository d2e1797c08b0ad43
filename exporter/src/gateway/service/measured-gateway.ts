import { createEndpoints, UNMATCHED } from '../../api-routes/endpoints.ts';
import { KNOWN_ROUTES } from '../../api-routes/known-routes.ts';
import { createRouteRefresh } from '../../api-routes/route-refresh.ts';
import { fetchOpenApi } from '../../collectors/api/open-api.ts';
import type { Clock } from '../../base/clock.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import { createRequestObserver } from '../request-observer.ts';
import { openWebConfig, type WebConfigSource } from '../../http/web-config/web-config-source.ts';
import { createWebServer } from '../../http/server.ts';
import { createLineFile } from '../../log/line-file.ts';
import type { Logger } from '../../log/logger.ts';
import { SERIES_DROPPED } from '../../metrics/catalogue/collection.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { GATEWAY } from '../../trace/service-names.ts';
import type { Tracer } from '../../trace/tracer.ts';
import type { GatewayPlan } from './plan.ts';

export interface MeasuredGatewayOptions {
  readonly plan: GatewayPlan;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Hides secrets in lines of the access log. */
  readonly mask: (line: string) => string;
}

/** The gateway with what surrounds it: TLS files, access log, routes, counts. */
export interface MeasuredGateway {
  readonly plan: GatewayPlan;
  /** Listens; rejects with a sentence for operators when it cannot, and leaves nothing behind. */
  start(): Promise<void>;
  /** Brings the gauges up to date. */
  update(): void;
  /** Opens the access log again, as a rotation asks for. */
  reopen(): void;
  /** Takes no new connection at once, and resolves when the last request is over or was broken off. */
  stop(): Promise<void>;
  /** Takes the gauges away. */
  withdraw(): void;
}

/** Makes the gateway and does nothing with it. */
export function createMeasuredGateway(options: MeasuredGatewayOptions): MeasuredGateway {
  const { plan, metrics, tracer, logger, clock, mask } = options;
  const { listen, upstream, upstreamCaFile, trustedProxies, countsRequests } = plan;
  const accessLog = createLineFile({ path: plan.accessLog, logger });
  const dropped = countsRequests
    ? metrics.counter(SERIES_DROPPED, { reason: 'endpoints' })
    : { inc: () => undefined };
  const endpoints = createEndpoints({ max: plan.maxEndpoints, routes: KNOWN_ROUTES, dropped });
  const routes = createRouteRefresh({
    fetchDocument: (signal) => fetchOpenApi(upstream, signal, { caFile: upstreamCaFile }),
    ...{ use: endpoints.use, logger, now: clock.monotonic },
  });
  const observer = createRequestObserver({
    ...{ metrics, endpoints, countsRequests, service: GATEWAY },
    write: (line) => accessLog.write(mask(line)),
  });
  let web: WebConfigSource | undefined;
  let gateway: Gateway | undefined;

  async function end(): Promise<void> {
    await gateway?.stop();
    web?.stop();
    await Promise.all([routes.stop(), accessLog.stop()]);
  }

  async function begin(): Promise<void> {
    const source = await openWebConfig({ path: plan.webConfigFile, logger });
    web = source;
    await accessLog.start();
    gateway = createGateway({
      ...{ listen, upstream, trustedProxies, tracer, clock, logger },
      ...(upstreamCaFile === undefined ? {} : { upstreamCaFile }),
      limits: { connections: plan.connections, inFlight: plan.inFlight },
      createServer: (server) => createWebServer(source, logger, server),
      routeOf: (_method, path) => endpoints.routeOf(path) ?? UNMATCHED,
      observer: {
        ...observer,
        served: (request) => {
          routes.refreshIfOld();
          observer.served(request);
        },
      },
    });
    await gateway.start();
    routes.refreshIfOld();
  }

  return {
    plan,
    start: async () => {
      try {
        await begin();
      } catch (error) {
        await end();
        throw error;
      }
    },
    update: () => observer.update(gateway?.inFlight() ?? 0),
    reopen: accessLog.reopen,
    stop: end,
    withdraw: observer.withdraw,
  };
}
