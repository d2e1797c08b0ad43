import { alertRoutes } from './alerts/http/routes.ts';
import type { Settings } from './config/schema.ts';
import { messageOf } from './base/errors.ts';
import { createCore, type Core, type Lasting } from './core.ts';
import { createApp } from './http/app.ts';
import type { HttpDependencies } from './http/dependencies.ts';
import { startHttpServer, type HttpServer } from './http/server.ts';
import { openWebConfig } from './http/web-config/web-config-source.ts';
import type { Logger } from './log/logger.ts';
import { BUILD_INFO, CONFIG_RELOAD_SUCCESS } from './metrics/catalogue/collection.ts';
import type { FamilyOwner } from './metrics/family.ts';
import { createMetrics } from './metrics/registry.ts';
import { openStateStore } from './state/file-state-store.ts';
import { REVISION, VERSION } from './version.ts';

export interface ApplicationOptions {
  readonly settings: Settings;
  /** Reads the settings again; throws SettingsError when they cannot be used. */
  readonly load: () => Settings;
  readonly logger: Logger;
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

/** Starts the exporter: the HTTP server answers at once, `/-/ready` when every source was tried once. */
export async function startApplication({ settings, load, logger }: ApplicationOptions): Promise<Application> {
  const metrics = createMetrics({ defaultMetrics: true });
  const lasting: Lasting = {
    metrics,
    logger,
    state: openStateStore(settings.state_dir, logger),
    stateFolder: settings.state_dir,
  };
  const web = await openWebConfig({ path: settings.web_config_file, logger });
  let core: Core = createCore(settings, lasting);
  let changing: Promise<void> = Promise.resolve();
  let stopping = false;

  async function replaceCore(): Promise<void> {
    const next = load();
    for (const name of FIXED) {
      if (next[name] !== core.settings[name]) logger.warn({ setting: name }, 'this setting needs a restart');
    }
    const old = core.settings;
    // The old core goes first: two of them would fight for the MQTT session and the state documents.
    await core.stop();
    try {
      core = createCore(next, lasting);
    } catch (error) {
      core = createCore(old, lasting);
      throw error;
    } finally {
      await core.start();
    }
  }

  async function reload(): Promise<void> {
    const turn = changing.then(replaceCore);
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

  async function collect(budget: number, owners?: ReadonlySet<FamilyOwner>): Promise<void> {
    await core.collect(budget, owners);
  }

  publishAbout(lasting, true);
  const dependencies: HttpDependencies = {
    source: { collect },
    collectors: () => core.runner.states(),
    fleet: {
      refresh: (now) => core.fleet.refresh(now),
      list: (query) => core.fleet.list(query),
      find: (deviceId) => core.fleet.find(deviceId),
      counts: () => core.fleet.counts(),
      get series() {
        return core.fleet.series;
      },
    },
    unusable: () => core.unusable.list(),
    metrics,
    health: () => core.health(),
    reload,
    token: () => core.settings.token,
    build: { version: VERSION, revision: REVISION },
    startedAt: Date.now(),
    now: Date.now,
    logger,
  };
  const server = await startHttpServer({
    app: createApp(
      dependencies,
      () => web.current(),
      alertRoutes({
        ...dependencies,
        store: () => core.alerting.store,
        delivery: () => core.alerting.delivery,
        maintenance: () => core.alerting.maintenance,
        rules: () => core.rules?.views(),
      }),
    ),
    listen: settings.listen,
    web,
    logger,
  });
  void core.start();

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await Promise.all([server.stop(), changing.then(() => core.stop())]);
    metrics.dispose();
  }
  return { server, reload, stop };
}
