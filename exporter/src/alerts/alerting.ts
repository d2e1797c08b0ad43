import { join } from 'node:path';
import type { Settings } from '../config/schema.ts';
import type { FleetOutput } from '../fleet/fleet.ts';
import type { Logger } from '../log/logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { activeAlerts } from './alertmanager/active-alerts.ts';
import { createMissedEnds } from './alertmanager/missed-ends.ts';
import { createDeliveries, type Deliveries } from './delivery/delivery.ts';
import type { IsCovered } from './delivery/hold.ts';
import { createEscalating, escalationOf } from './escalation/policy.ts';
import { configuredReceivers } from './receivers/configured.ts';
import { counted } from './receivers/counted.ts';
import { createMaintenance, type Maintenance } from './maintenance/maintenance.ts';
import { createHolding } from './maintenance/holding.ts';
import { membersOf } from './maintenance/members.ts';
import { createSilenceClient } from './maintenance/silence-client.ts';
import { createSilenceKeeper, type SilenceKeeper } from './maintenance/silence-keeper.ts';
import { createAlertMetrics } from './metrics.ts';
import { createPolicies } from './policies.ts';
import type { OpenAlertsInput } from './platform/open-alert.ts';
import { createPlatformAlerts } from './platform/tracker.ts';
import { openDatabase } from './store/database.ts';
import { StoreError } from './store/errors.ts';
import { type AlertStore, createAlertStore } from './store/store.ts';
import type { Turns } from './turns.ts';

export interface AlertingOptions {
  readonly settings: Pick<
    Settings,
    'alerts' | 'external_labels' | 'api' | 'database' | 'shard' | 'alertmanager' | 'receivers'
  >;
  /** Folder of the store's file `alerts.db`. */
  readonly stateFolder: string;
  readonly metrics: Metrics;
  /** The devices, for maintenance windows of types and locations. */
  readonly fleet: Pick<FleetOutput, 'find' | 'list'>;
  readonly logger: Logger;
  readonly now?: () => number;
}

/** The alert manager (guide: `CustomAlertManager`), made from one set of settings. */
export interface Alerting {
  /** Undefined while alerts are switched off. */
  readonly store: AlertStore | undefined;
  /** Takes the platform's own alerts; undefined when no source or another exporter brings them. */
  readonly platform: OpenAlertsInput | undefined;
  /** What receivers are told; undefined while alerts are switched off. */
  readonly delivery: Deliveries | undefined;
  /** Undefined while alerts are switched off. */
  readonly maintenance: Maintenance | undefined;
  /** Begins to tell receivers. */
  start(): void;
  /** Brings the metrics up to date. */
  update(now: number): void;
  stop(): Promise<void>;
}

/** How often history is pruned, milliseconds. */
const PRUNE_INTERVAL = 600_000;

const OFF: Alerting = {
  store: undefined,
  platform: undefined,
  delivery: undefined,
  maintenance: undefined,
  start: () => undefined,
  update: () => undefined,
  stop: () => Promise.resolve(),
};

/** SQL is preferred; of several exporters the first one alone brings what all of them would see. */
function platformOf(
  { settings, now = Date.now }: AlertingOptions,
  store: AlertStore,
  logger: Logger,
): OpenAlertsInput | undefined {
  const { api, database, shard, alerts } = settings;
  if (shard !== 0 || (api.url === undefined && database.url === undefined)) return undefined;
  const believed = database.url === undefined ? 'api' : 'postgres';
  return createPlatformAlerts({ store, believed, quietAfter: alerts.quiet_after, logger, now });
}

/** With Alertmanager, Prometheus' alerts of the devices must be quiet, too. */
function silencesOf(
  { settings, fleet, now = Date.now }: AlertingOptions,
  maintenance: Maintenance,
  logger: Logger,
): SilenceKeeper | undefined {
  const { url } = settings.alertmanager;
  if (url === undefined) return undefined;
  const client = createSilenceClient(url);
  return createSilenceKeeper({
    ...{ client, maintenance, logger, now },
    members: (scope) => membersOf(fleet, scope),
  });
}

/** Alertmanager does not tell the end of every alert that it told the store of. */
function missedEndsOf(
  { settings, now = Date.now }: AlertingOptions,
  store: AlertStore,
  logger: Logger,
): Turns | undefined {
  const { url } = settings.alertmanager;
  if (url === undefined) return undefined;
  return createMissedEnds({ ask: (signal) => activeAlerts(url, signal), store, logger, now });
}

/** Opens nothing yet: the store's file is made by its first use, and one that fails does not stop the exporter. */
export function createAlerting(options: AlertingOptions): Alerting {
  const { settings, metrics, now = Date.now } = options;
  const { enabled, history_entries: entries, history_age: age, max_open: maxOpen } = settings.alerts;
  if (!enabled) return OFF;
  const logger = options.logger.child({ part: 'alerts' });
  const database = openDatabase({ path: join(options.stateFolder, 'alerts.db'), logger });
  const maintenance = createMaintenance({
    database,
    lookup: options.fleet.find,
    onChange: () => {
      policies.run();
      silences?.wake();
    },
  });
  const coverage = (at: number): IsCovered => {
    const covering = maintenance.coverage(at);
    return (alert) => covering(alert).length > 0;
  };
  const receivers = configuredReceivers(settings, now).map((receiver) => counted(receiver, metrics));
  const escalation = escalationOf(settings, receivers);
  const delivery = createDeliveries({ database, receivers, coverage, escalation, logger, now });
  const store = createAlertStore({
    database,
    externalLabels: settings.external_labels,
    limits: { entries, age },
    maxOpen,
    onChange: (...change) => {
      delivery.outbox.enqueue(...change);
      // Once the transaction is over.
      setImmediate(delivery.wake);
    },
  });
  const silences = silencesOf(options, maintenance, logger);
  const missedEnds = missedEndsOf(options, store, logger);
  const policies = createPolicies({
    policies: [
      createHolding(maintenance, delivery.outbox, logger),
      ...(escalation === undefined ? [] : [createEscalating(store, escalation, coverage, logger)]),
    ],
    ...{ wake: delivery.wake, logger, now },
  });
  const families = createAlertMetrics(store, metrics, logger);

  function prune(): void {
    try {
      const removed = store.prune(now());
      if (removed > 0) logger.debug({ removed }, 'old alerts left the history');
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      logger.warn({ error: error.message }, 'the alert history could not be shortened; it is tried again');
    }
  }

  const pruning = setInterval(prune, PRUNE_INTERVAL).unref();
  return {
    store,
    platform: platformOf(options, store, logger),
    delivery,
    maintenance,
    start: () => {
      policies.start();
      delivery.start();
      silences?.start();
      missedEnds?.start();
    },
    update: families.update,
    stop: async () => {
      clearInterval(pruning);
      policies.stop();
      await Promise.all([delivery.stop(), silences?.stop(), missedEnds?.stop()]);
      families.withdraw();
      store.close();
    },
  };
}
