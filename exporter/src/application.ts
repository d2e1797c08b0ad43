import { alertRoutes } from './alerts/http/routes.ts';
import { messageOf } from './base/errors.ts';
import { findFaults } from './check-settings.ts';
import type { LoadedSettings } from './config/load.ts';
import type { Settings } from './config/schema.ts';
import { createApp } from './http/app.ts';
import type { HttpDependencies } from './http/dependencies.ts';
import { startHttpServer, type HttpServer } from './http/server.ts';
import { openWebConfig } from './http/web-config/web-config-source.ts';
import type { LeveledLogger } from './log/logger.ts';
import { BUILD_INFO, CONFIG_RELOAD_SUCCESS } from './metrics/catalogue/collection.ts';
import { createMetrics } from './metrics/registry.ts';
import { openStateStore } from './state/file-state-store.ts';
import { lockFolder } from './state/folder-lock.ts';
import { REVISION, VERSION } from './version.ts';
import { createWatcher, type Lasting, type Watcher } from './watcher.ts';

export interface ApplicationOptions {
  /** Reads the settings; throws SettingsError when they cannot be used. */
  readonly load: () => LoadedSettings;
  readonly logger: LeveledLogger;
}

export interface Application {
  readonly server: HttpServer;
  /** Takes new settings over; rejects, and goes on with the old ones, when they cannot be used. */
  reload(): Promise<void>;
  /** Ends everything in under five seconds: MQTT is disconnected cleanly, state is on disk. */
  stop(): Promise<void>;
}

/** Settings that a running exporter cannot take over. */
const FIXED = ['listen', 'state_dir', 'web_config_file'] as const;

function publishAbout({ metrics }: Lasting, reloaded: boolean): void {
  const labels = { version: VERSION, revision: REVISION, node_version: process.version };
  metrics.publish(BUILD_INFO, [{ labels, value: 1 }]);
  metrics.publish(CONFIG_RELOAD_SUCCESS, [{ labels: {}, value: reloaded ? 1 : 0 }]);
}

/** The settings as they are now, when a start with them can work. */
async function readSettings({ load, logger }: ApplicationOptions): Promise<Settings> {
  const loaded = load();
  const faults = await findFaults(loaded.settings);
  if (faults.length > 0) throw loaded.refuse(faults);
  for (const warning of loaded.warnings) logger.warn({ setting: warning }, 'odd setting');
  return loaded.settings;
}

/** Starts the exporter: the HTTP server answers at once, `/-/ready` when every source was tried once. */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { logger } = options;
  const settings = await readSettings(options);
  const state = openStateStore(settings.state_dir, logger);
  const lock = lockFolder(settings.state_dir, settings.listen, logger);
  const metrics = createMetrics({ defaultMetrics: true });
  const lasting: Lasting = { metrics, logger, state, stateFolder: settings.state_dir };
  const web = await openWebConfig({ path: settings.web_config_file, logger });
  let watcher: Watcher = createWatcher(settings, lasting);
  let changing: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | undefined;

  /** What cannot be used is found out before anything that runs is touched. */
  async function replaceWatcher(): Promise<void> {
    const next = await readSettings(options);
    const old = watcher.settings;
    for (const name of FIXED) {
      if (next[name] !== old[name]) logger.warn({ setting: name }, 'this setting needs a restart');
    }
    // The old one goes first: two of them would fight for the MQTT session and the state documents.
    await watcher.stop();
    try {
      watcher = createWatcher(next, lasting);
      logger.setLevel(next.log.level);
    } catch (error) {
      watcher = createWatcher(old, lasting);
      throw error;
    } finally {
      await watcher.start();
    }
  }

  async function reload(): Promise<void> {
    const turn = changing.then(replaceWatcher);
    changing = turn.catch(() => undefined);
    try {
      await turn;
      await web.check();
      publishAbout(lasting, true);
      logger.info({}, 'settings reloaded');
    } catch (error) {
      publishAbout(lasting, false);
      logger.error({ error: messageOf(error) }, 'settings not reloaded: the old ones stay');
      throw error;
    }
  }

  publishAbout(lasting, true);
  const dependencies: HttpDependencies = {
    source: { collect: (patience, owners) => watcher.collect(patience, owners) },
    collectors: () => watcher.runner.states(),
    fleet: {
      refresh: (now) => watcher.fleet.refresh(now),
      list: (query) => watcher.fleet.list(query),
      find: (deviceId) => watcher.fleet.find(deviceId),
      counts: () => watcher.fleet.counts(),
      get series() {
        return watcher.fleet.series;
      },
    },
    unusable: () => watcher.unusable.list(),
    metrics,
    health: () => watcher.health(),
    problems: () => [
      ...[state.problem()].filter((problem) => problem !== undefined),
      ...watcher.alerting.problems(),
    ],
    isLeftOut: (family) => watcher.isLeftOut(family),
    reload,
    token: () => watcher.settings.token,
    build: { version: VERSION, revision: REVISION },
    startedAt: Date.now(),
    now: Date.now,
    logger,
  };
  const alertDependencies = {
    ...dependencies,
    store: () => watcher.alerting.store,
    delivery: () => watcher.alerting.delivery,
    maintenance: () => watcher.alerting.maintenance,
    rules: () => watcher.rules?.views(),
  };
  const app = createApp(dependencies, () => web.current(), alertRoutes(alertDependencies));
  const server = await startHttpServer({ app, listen: settings.listen, web, logger });
  void watcher.start();

  async function stop(): Promise<void> {
    await Promise.all([server.stop(), changing.then(() => watcher.stop())]);
    metrics.dispose();
    lock.release();
  }
  return { server, reload, stop: () => (stopping ??= stop()) };
}
