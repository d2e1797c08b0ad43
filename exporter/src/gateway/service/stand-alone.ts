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
import { createTracing, type Tracing } from '../../tracing/tracing.ts';
import { startGatewayAdmin } from './admin.ts';
import { createGatewayKeeper } from './keeper.ts';
import { gatewayPlan } from './plan.ts';

/** Where a gateway listens that runs alone, unless the settings say so: on all interfaces. */
const LISTEN = '0.0.0.0:8002';
const ADMIN_LISTEN = '0.0.0.0:8003';

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
  let settings = await read();
  let tracing = tracingOf(settings);
  const tracer = followingTracer(() => tracing.tracer);
  const keeper = createGatewayKeeper({ metrics, tracer, logger, clock, mask });
  let stopping: Promise<void> | undefined;

  /** It has no API that would show kept traces: they are sent, or nobody sees them. */
  function tracingOf({ otel }: Settings): Tracing {
    return createTracing({
      ...{ metrics, logger, clock, mask, version: build.version, serviceName: GATEWAY },
      ...{ settings: { otel, traces: { buffer: 0 } }, sinks: [] },
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
      problems: () => (stopping === undefined ? [] : ['the gateway is stopping']),
      token: () => settings.token,
    });
    return { admin, reload, stop: () => (stopping ??= end()) };
  } catch (error) {
    await end();
    throw error;
  }
}
