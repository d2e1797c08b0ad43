import type { Clock } from '../../base/clock.ts';
import { needingRestart } from '../../config/options.ts';
import type { Settings } from '../../config/schema.ts';
import type { HttpServer } from '../../http/server.ts';
import { createReloads, publishReload } from '../../lifecycle/reload.ts';
import type { LeveledLogger } from '../../log/logger.ts';
import { BUILD_INFO } from '../../metrics/catalogue/collection.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { followingTracer } from '../../trace/following-tracer.ts';
import { GATEWAY } from '../../trace/service-names.ts';
import { traceRoutes } from '../../tracing/http/routes.ts';
import { NOTHING_KNOWN } from '../../tracing/map/topology.ts';
import { createTraceMemory } from '../../tracing/trace-memory.ts';
import { createTraces, type Traces } from '../../tracing/traces.ts';
import { createTracing, isTracingOn, type Tracing } from '../../tracing/tracing.ts';
import { startGatewayAdmin } from './admin.ts';
import { createGatewayKeeper } from './keeper.ts';
import { gatewayPlan } from './plan.ts';

/** Where a gateway listens that runs alone, unless the settings say so: on all interfaces. */
const LISTEN = '0.0.0.0:8002';
const ADMIN_LISTEN = '0.0.0.0:8003';
/** What its own service map shows besides what it measures. */
const TOPOLOGY = { ...NOTHING_KNOWN, gateway: true, api: true };

/** The settings with the addresses of a gateway that runs alone. */
export function standAlone(settings: Settings): Settings {
  const { listen = LISTEN, admin_listen: adminListen = ADMIN_LISTEN } = settings.gateway;
  return { ...settings, gateway: { ...settings.gateway, listen, admin_listen: adminListen } };
}

export interface StandAloneOptions {
  /** Reads the settings, those of `standAlone`; rejects with SettingsError when they cannot be used. */
  readonly read: () => Promise<Settings>;
  readonly logger: LeveledLogger;
  readonly clock: Clock;
  readonly mask: (line: string) => string;
  readonly build: { readonly version: string; readonly revision: string };
}

/** A gateway in a process of its own. */
export interface StandAloneGateway {
  readonly admin: HttpServer;
  /** Takes new settings over; rejects, and goes on with the old ones, when they cannot be used. */
  reload(): Promise<void>;
  /** Lets requests come to their end, in under five seconds. */
  stop(): Promise<void>;
}

/** Starts the gateway and its admin server; a start that fails leaves nothing behind. */
export async function startStandAlone(options: StandAloneOptions): Promise<StandAloneGateway> {
  const { read, logger, clock, mask, build } = options;
  const metrics = createMetrics({ defaultMetrics: true });
  const memory = createTraceMemory({ metrics, clock });
  let settings = await read();
  let traces = tracesOf(settings);
  let tracing = tracingOf(settings);
  const tracer = followingTracer(() => tracing.tracer);
  const keeper = createGatewayKeeper({ metrics, tracer, logger, clock, mask });
  let stopping: Promise<void> | undefined;

  /** Those that are kept here; undefined where they are sent on, or not made. Jaeger's are shown by the exporter. */
  function tracesOf({ otel, traces: { buffer } }: Settings): Traces | undefined {
    const isTracing = buffer > 0 && isTracingOn({ otel, traces: { buffer } });
    memory.use({ traces: isTracing ? buffer : 0, topology: () => TOPOLOGY, places: new Map() });
    if (!isTracing) return undefined;
    return createTraces({ settings: { traces: { buffer }, jaeger: {} }, isTracing, metrics, clock, memory });
  }

  function tracingOf({ otel, traces: { buffer } }: Settings): Tracing {
    return createTracing({
      ...{ metrics, logger, clock, mask, version: build.version, serviceName: GATEWAY },
      ...{ settings: { otel, traces: { buffer } }, sinks: traces?.sinks ?? [] },
    });
  }

  async function takeOver(): Promise<void> {
    if (stopping !== undefined) throw new Error('the gateway is stopping');
    const next = await read();
    await keeper.apply(gatewayPlan(next));
    for (const setting of needingRestart(settings, next))
      logger.warn({ setting }, 'this setting needs a restart: the old value stays');
    logger.setLevel(next.log.level);
    settings = next;
    const old = tracing;
    traces = tracesOf(next);
    tracing = tracingOf(next);
    await Promise.all([tracing.start(), old.stop()]);
  }

  const { reload, settled } = createReloads({ metrics, logger, takeOver });

  let admin: HttpServer | undefined;
  async function end(): Promise<void> {
    // A load balancer may ask whether it is ready for as long as requests come to their end.
    await settled().then(keeper.stop);
    await Promise.all([admin?.stop(), tracing.stop()]);
    metrics.stop();
  }

  try {
    metrics.start();
    const labels = { ...build, node_version: process.version };
    metrics.publish(BUILD_INFO, [{ labels, value: 1 }]);
    publishReload(metrics, true);
    await tracing.start();
    await keeper.apply(gatewayPlan(settings));
    admin = await startGatewayAdmin({
      ...{ metrics, reload, logger, update: keeper.update },
      listen: settings.gateway.admin_listen ?? ADMIN_LISTEN,
      isLeftOut: () => false,
      problems: () => Promise.resolve(stopping === undefined ? [] : ['the gateway is stopping']),
      token: () => settings.token,
      routes: traceRoutes({ answers: () => traces?.answers }),
    });
    return { admin, reload, stop: () => (stopping ??= end()) };
  } catch (error) {
    await end();
    throw error;
  }
}
