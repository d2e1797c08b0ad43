import { alertRoutes } from './alerts/http/routes.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { usableSettings } from './check-settings.ts';
import type { LoadedSettings } from './config/load.ts';
import { needingRestart } from './config/options.ts';
import type { Settings } from './config/schema.ts';
import { createInProcessGateway } from './gateway/service/in-process.ts';
import { createApp } from './http/app.ts';
import type { HttpDependencies } from './http/dependencies.ts';
import { startHttpServer, type HttpServer } from './http/server.ts';
import { NO_WEB_CONFIG } from './http/web-config/read.ts';
import { openWebConfig, type WebConfigSource } from './http/web-config/web-config-source.ts';
import { createReloads, publishReload } from './lifecycle/reload.ts';
import type { LeveledLogger } from './log/logger.ts';
import { maskSecrets } from './logs/reading/secrets.ts';
import type { LogRouteDependencies } from './logs/http/dependencies.ts';
import { logRoutes } from './logs/http/routes.ts';
import { BUILD_INFO } from './metrics/catalogue/collection.ts';
import { createMetrics } from './metrics/registry.ts';
import { openStateStore, type WatchedStateStore } from './state/file-state-store.ts';
import { lockFolder } from './state/folder-lock.ts';
import { runOutside } from './trace/active-span.ts';
import { followingTracer } from './trace/following-tracer.ts';
import { GATEWAY } from './trace/service-names.ts';
import { traceRoutes } from './tracing/http/routes.ts';
import { createTraceMemory } from './tracing/trace-memory.ts';
import { REVISION, VERSION } from './version.ts';
import { createWatcher, type Lasting, type Watcher } from './watcher.ts';

export interface ApplicationOptions {
  /** Reads the settings; throws SettingsError when they cannot be used. */
  readonly load: () => LoadedSettings;
  readonly logger: LeveledLogger;
  /** The system's by default. */
  readonly clock?: Clock;
}

/** The exporter, made from settings that can work. */
export interface Application {
  /** Begins everything; resolves with the server, which answers at once, `/-/ready` when every source was tried once. */
  start(): Promise<HttpServer>;
  /** Takes new settings over; rejects, and goes on with the old ones, when they cannot be used. */
  reload(): Promise<void>;
  /** Ends everything in under five seconds: MQTT is disconnected cleanly, state is on disk. */
  stop(): Promise<void>;
}

/** The settings as they are now, when a start with them can work. */
async function readSettings({ load, logger }: ApplicationOptions): Promise<Settings> {
  const loaded = await usableSettings(load);
  for (const warning of loaded.warnings) logger.warn({ setting: warning }, 'odd setting');
  return loaded.settings;
}

/** What the HTTP application asks, of the watcher that there is now. */
function httpDependencies(
  watcher: () => Watcher,
  { metrics, logger, clock }: Lasting,
  {
    update,
    reload,
    stateProblem,
    logLevel,
  }: Pick<HttpDependencies, 'reload' | 'logLevel'> & {
    update: () => void;
    stateProblem: () => string | undefined;
  },
): HttpDependencies {
  return {
    source: {
      collect: (patience, owners) => {
        update();
        return watcher().collect(patience, owners);
      },
    },
    collectors: () => watcher().runner.states(),
    fleet: {
      refresh: (now) => watcher().fleet.refresh(now),
      list: (query) => watcher().fleet.list(query),
      find: (deviceId) => watcher().fleet.find(deviceId),
      counts: () => watcher().fleet.counts(),
      get series() {
        return watcher().fleet.series;
      },
    },
    unusable: () => watcher().unusable.list(),
    metrics,
    health: () => watcher().health(),
    problems: async () => [
      ...[stateProblem()].filter((problem) => problem !== undefined),
      ...(await watcher().alerting.problems()),
      ...(watcher().logs?.problems() ?? []),
      ...watcher().tracing.problems(),
    ],
    isLeftOut: (family) => watcher().isLeftOut(family),
    reload,
    logLevel,
    token: () => watcher().settings.token,
    build: { version: VERSION, revision: REVISION },
    startedAt: clock.wall(),
    now: () => clock.wall(),
    logger,
    tracer: () => watcher().tracing.tracer,
  };
}

/** Makes the parts and does nothing with them: no timer, no connection, no file. */
export function createApplication(
  options: ApplicationOptions & { readonly settings: Settings; readonly state: WatchedStateStore },
): Application {
  const { settings, state, logger, clock = systemClock } = options;
  const metrics = createMetrics({ defaultMetrics: true });
  const lasting: Lasting = {
    ...{ metrics, logger, clock, state, stateFolder: settings.state_dir },
    traceMemory: createTraceMemory({ metrics, clock }),
  };
  let watcher: Watcher = createWatcher(settings, lasting);
  const { reload, settled } = createReloads({
    ...{ metrics, logger },
    // Who asks for it by HTTP asks for no more: what is started outlives the request.
    takeOver: () => runOutside(replaceWatcher),
    afterwards: async () => {
      await watcher.attempted();
      await web?.check();
    },
  });
  const gateway = createInProcessGateway({
    ...{ metrics, logger, clock, mask: maskSecrets, reload },
    tracer: followingTracer(() => watcher.tracing.tracerOf(GATEWAY)),
    token: () => watcher.settings.token,
  });
  let web: WebConfigSource | undefined;
  let server: HttpServer | undefined;
  let stopping: Promise<void> | undefined;

  /** What cannot be used is found out before anything that runs is touched. */
  async function replaceWatcher(): Promise<void> {
    if (stopping !== undefined) throw new Error('the exporter is stopping');
    const next = createWatcher(await readSettings(options), lasting);
    const old = watcher.settings;
    for (const setting of needingRestart(old, next.settings))
      logger.warn({ setting }, 'this setting needs a restart: the old value stays');
    await gateway.apply(next.settings);
    // The old one goes first: two of them would fight for the MQTT session and the state documents.
    await watcher.stop();
    try {
      next.start();
      watcher = next;
      logger.setLevel(next.settings.log.level);
    } catch (error) {
      await next.stop();
      watcher = createWatcher(old, lasting);
      watcher.start();
      await gateway.apply(old);
      throw error;
    }
  }

  const dependencies = httpDependencies(() => watcher, lasting, {
    update: gateway.update,
    reload,
    stateProblem: state.problem,
    logLevel: { get: logger.level, set: logger.setLevel },
  });
  const alertDependencies = {
    ...dependencies,
    store: () => watcher.alerting.store,
    delivery: () => watcher.alerting.delivery,
    maintenance: () => watcher.alerting.maintenance,
    explained: () => watcher.alerting.explained,
    rules: () => watcher.rules?.views(),
  };
  const logDependencies: LogRouteDependencies = {
    answers: () => watcher.logs?.aggregate(),
    intake: () => watcher.logs?.intake(),
    store: () => watcher.logs?.shipping?.store,
    deadLetters: () => watcher.logs?.journal,
    sources: () =>
      (watcher.logs?.sources().length ?? 0) + (watcher.settings.logs.syslog_listen === undefined ? 0 : 1),
    rawFor: () => watcher.settings.logs.raw_lines,
  };
  const app = createApp(dependencies, () => web?.current() ?? NO_WEB_CONFIG, [
    ...alertRoutes(alertDependencies),
    ...logRoutes(logDependencies),
    ...traceRoutes({ answers: () => watcher.traces?.answers }),
  ]);

  async function end(): Promise<void> {
    await Promise.all([server?.stop(), settled().then(() => Promise.all([gateway.stop(), watcher.stop()]))]);
    web?.stop();
    metrics.stop();
  }

  return {
    start: async () => {
      metrics.start();
      const labels = { version: VERSION, revision: REVISION, node_version: process.version };
      metrics.publish(BUILD_INFO, [{ labels, value: 1 }]);
      publishReload(metrics, true);
      web = await openWebConfig({ path: settings.web_config_file, logger });
      server = await startHttpServer({ app, listen: settings.listen, web, logger });
      // Before the sources: one of them may be the API behind it.
      await gateway.start(settings);
      watcher.start();
      return server;
    },
    reload,
    stop: () => (stopping ??= end()),
  };
}

export interface RunningApplication extends Omit<Application, 'start'> {
  readonly server: HttpServer;
}

/** Reads the settings and starts the exporter; a start that fails leaves nothing behind. */
export async function startApplication(options: ApplicationOptions): Promise<RunningApplication> {
  const settings = await readSettings(options);
  const state = openStateStore(settings.state_dir, options.logger);
  const lock = lockFolder(settings.state_dir, settings.listen, options.logger);
  const { start, reload, stop } = createApplication({ ...options, settings, state });
  const end = async (): Promise<void> => {
    await stop();
    lock.release();
  };
  try {
    return { server: await start(), reload, stop: end };
  } catch (error) {
    await end();
    throw error;
  }
}
