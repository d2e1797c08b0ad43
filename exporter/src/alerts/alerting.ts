import { type Clock, systemClock } from '../base/clock.ts';
import type { Settings } from '../config/schema.ts';
import type { FleetOutput } from '../fleet/fleet.ts';
import type { Logger } from '../log/logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { NO_TRACER, type Tracer } from '../trace/tracer.ts';
import { alertmanagerUrls } from './alertmanager/address.ts';
import { activeAlertsOfAll, createMissedEnds } from './alertmanager/missed-ends.ts';
import { createDeviceAlerts, DEVICE_ALERT_ENDED, type DeviceAlerts } from './device/tracker.ts';
import { createDigest } from './digest/digest.ts';
import { createDeliveries, type Deliveries } from './delivery/delivery.ts';
import { createEscalating, escalationOf } from './escalation/policy.ts';
import type { Loop } from './loop.ts';
import { configuredReceivers, counted } from './receivers/configured.ts';
import type { Receiver } from './receivers/receiver.ts';
import type { Database, Sql } from './store/sql.ts';
import { createHoldPolicy } from './maintenance/hold-policy.ts';
import { createMaintenance, MAINTENANCE, type Maintenance } from './maintenance/maintenance.ts';
import { membersOf } from './maintenance/members.ts';
import { createSilenceClient, createSilenceKeeper } from './maintenance/silence-keeper.ts';
import { measureAcknowledgements } from './acknowledgement-time.ts';
import { createAlertMetrics } from './metrics.ts';
import type { DeviceAlertsInput } from '../platform-alerts/device-alerts.ts';
import type { OpenAlertsInput } from '../platform-alerts/open-alerts.ts';
import { createPlatformAlerts, type PlatformAlerts } from './platform/tracker.ts';
import { createQuietHours, type QuietHours } from './quiet/quiet-hours.ts';
import { createPolicies } from './policies.ts';
import { type Before, type NewPattern, whatChangedBefore } from './before/before.ts';
import { createEventBook, type EventBook } from './before/events.ts';
import { createSourceWatch, type SourceState } from './before/sources.ts';
import { createCalmPolicy } from './flapping/calm-policy.ts';
import { type Flap, noteChange } from './flapping/flapping.ts';
import { createExpiry } from './expiry.ts';
import { createEndOfRemoved, removedSources } from './removed-sources.ts';
import type { Alert } from './alert.ts';
import { openStore, warnOfForgotten } from './store/open-store.ts';
import { createPruning } from './store/pruning.ts';
import { type AlertStore, createAlertStore } from './store/store.ts';

export interface AlertingOptions {
  readonly settings: Pick<
    Settings,
    | 'alerts'
    | 'external_labels'
    | 'api'
    | 'database'
    | 'mqtt'
    | 'shard'
    | 'alertmanager'
    | 'receivers'
    | 'rules'
    | 'store'
  >;
  /** Folder of the store's file `alerts.db`. */
  readonly stateFolder: string;
  readonly metrics: Metrics;
  /** The devices, for maintenance windows of types and locations. */
  readonly fleet: Pick<FleetOutput, 'find' | 'list' | 'counts' | 'resolve'>;
  /** Patterns of log lines that were seen for the first time between two moments; none when it is left out. */
  readonly newPatterns?: (from: number, to: number) => readonly NewPattern[];
  /** Whether the settings have the device watched; all are when it is left out. */
  readonly watches?: ((deviceId: string) => boolean) | undefined;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly tracer?: Tracer;
}

/** What explains alerts. */
export interface Explained {
  readonly events: EventBook;
  /** What happened before it began, the last first. */
  before(alert: Alert): Promise<Before[]>;
}

/** The alert manager (guide: `CustomAlertManager`), made from one set of settings. */
export interface Alerting {
  /** Undefined while alerts are switched off, and in all exporters of a fleet but the first. */
  readonly store: AlertStore | undefined;
  /** Takes the platform's own alerts; undefined when no source brings them. */
  readonly platform: OpenAlertsInput | undefined;
  /** Takes what devices raise over MQTT; undefined when no broker brings it. */
  readonly devices: DeviceAlertsInput | undefined;
  /** Undefined like the store. */
  readonly explained: Explained | undefined;
  /** What receivers are told; undefined like the store. */
  readonly delivery: Deliveries | undefined;
  /** Undefined like the store. */
  readonly maintenance: Maintenance | undefined;
  /** Whether this exporter does what time brings, of several that share the store. */
  isLeader(): boolean;
  /** Whether another one does, as far as is known. */
  follows(): boolean;
  /** What does not work now, one sentence each: the store, or a part that works in the background. */
  problems(): Promise<readonly string[]>;
  /** Begins to tell receivers. */
  start(): void;
  /** Brings the metrics up to date, and takes note of how the sources are. */
  update(now: number, sources: readonly SourceState[]): Promise<void>;
  stop(): Promise<void>;
}

const OFF: Alerting = {
  store: undefined,
  platform: undefined,
  devices: undefined,
  explained: undefined,
  delivery: undefined,
  maintenance: undefined,
  isLeader: () => true,
  follows: () => false,
  problems: () => Promise.resolve([]),
  start: () => undefined,
  update: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** What the parts are made with. */
interface Parts extends AlertingOptions {
  readonly clock: Clock;
  readonly isLeader: () => boolean;
}

/** SQL is preferred. */
function platformOf({ settings, clock, logger }: Parts, store: AlertStore): PlatformAlerts | undefined {
  const { api, database, alerts } = settings;
  if (api.url === undefined && database.url === undefined) return undefined;
  const believed = database.url === undefined ? 'api' : 'postgres';
  return createPlatformAlerts({ store, believed, quietAfter: alerts.quiet_after, logger, clock });
}

/** Exporters that split the messages of one broker each bring their share. */
function devicesOf(parts: Parts, store: AlertStore): DeviceAlerts | undefined {
  const { settings, watches } = parts;
  const { mqtt, alerts } = settings;
  if (mqtt.url === undefined) return undefined;
  const { device_expires: expires, device_rate: rate, device_types: types } = alerts;
  return createDeviceAlerts({
    ...parts,
    ...{ store, expires, rate, types },
    ...(watches === undefined ? {} : { watches }),
  });
}

/** Whether the fleet has heard of its devices once: until then nobody knows where a device stands. */
function fleetKnownOf({ settings: { api, database, mqtt }, fleet }: Parts): () => boolean {
  let known = [api.url, database.url, mqtt.url].every((url) => url === undefined);
  return () => (known ||= fleet.counts().available);
}

/** With Alertmanager, Prometheus' alerts of the devices must be quiet, too: in each of several. */
function silencesOf({ settings, fleet, clock, logger, isLeader }: Parts, maintenance: Maintenance): Loop[] {
  return alertmanagerUrls(settings.alertmanager).map((url) =>
    createSilenceKeeper({
      ...{ client: createSilenceClient(url), maintenance, logger, now: () => clock.wall(), isLeader },
      members: (scope) => membersOf(fleet, scope),
    }),
  );
}

/** Alertmanager does not tell the end of every alert that it told the store of. */
function missedEndsOf({ settings, clock, logger, isLeader }: Parts, store: AlertStore): Loop | undefined {
  const urls = alertmanagerUrls(settings.alertmanager);
  if (urls.length === 0) return undefined;
  return createMissedEnds({
    ask: (signal) => activeAlertsOfAll(urls, signal),
    store,
    logger,
    clock,
    isLeader,
  });
}

/** To those who can be written to and that the settings name. */
function digestOf(
  { settings: { alerts }, clock, logger, isLeader }: Parts,
  database: Database,
  all: readonly Receiver[],
) {
  const { digest_at: at, digest_to: to, timezone: timeZone } = alerts;
  const named: readonly string[] = to;
  const receivers = all.filter(
    ({ write, integration }) => write !== undefined && (to.length === 0 || named.includes(integration)),
  );
  if (at === undefined || receivers.length === 0) return undefined;
  return createDigest({ ...{ database, receivers, at, timeZone, clock, logger, isLeader } });
}

/** Alertmanager has mute times of its own. */
function quietHoursOf({ settings: { alerts, alertmanager } }: Parts): QuietHours {
  const spans = alertmanager.url === undefined ? alerts.quiet_hours : [];
  return createQuietHours(spans, alerts.timezone, alerts.quiet_except);
}

/** Opens nothing yet: the store's file is made by its first use, and one that fails does not stop the exporter. */
export function createAlerting(options: AlertingOptions): Alerting {
  const { settings, metrics, fleet, clock = systemClock, tracer = NO_TRACER } = options;
  const { enabled, history_entries: entries, history_age: age, max_open: maxOpen } = settings.alerts;
  // Of several exporters the first alone keeps alerts: they would all be told of the same ones.
  if (!enabled || settings.shard !== 0) return OFF;
  const logger = options.logger.child({ part: 'alerts' });
  const place = { url: settings.store.url, stateFolder: options.stateFolder, logger };
  const { database, sharing, claims } = openStore({
    ...place,
    onLead: () => {
      for (const loop of loops) loop.wake();
    },
    onWritten: () => delivery.wake(),
    onTold: (word, about) => {
      if (word === MAINTENANCE) windowsChanged();
      else if (word === DEVICE_ALERT_ENDED) devices?.endedElsewhere(about);
    },
  });
  const { isLeader } = sharing;
  const parts: Parts = { ...options, clock, logger, isLeader };
  function windowsChanged(): void {
    policies.wake();
    for (const keeper of silences) keeper.wake();
  }
  const maintenance = createMaintenance({
    database,
    lookup: fleet.find,
    isFleetKnown: fleetKnownOf(parts),
    onChange: windowsChanged,
  });
  const quiet = quietHoursOf(parts);
  const { flapping_times: times, flapping_window: window } = settings.alerts;
  const flapping = { times, window };
  const isJoined = settings.alertmanager.url === undefined;
  const coverage = (now: number) => maintenance.keepsQuiet(now);
  /** Nobody is told of what is in maintenance, and only of the worst in quiet hours. */
  const isHeld = async (sql: Sql, now: number) => {
    const [isCovered, isQuiet] = [await maintenance.keepsQuiet(now, sql), quiet.keepsQuiet(now)];
    return (alert: Pick<Alert, 'labels'>): boolean => isCovered(alert) || isQuiet(alert);
  };
  const receivers = configuredReceivers(settings, () => clock.wall()).map((one) => counted(one, metrics));
  const escalation = escalationOf(settings, receivers);
  const delivery = createDeliveries({
    ...{ database, receivers, coverage: isHeld, escalation, logger, clock, tracer, isLeader },
    ...(claims === undefined ? {} : { claims }),
  });
  const stored = createAlertStore({
    database,
    externalLabels: settings.external_labels,
    limits: { entries, age },
    maxOpen,
    tracer,
    onChange: async (sql, action, stored, now) => {
      const { alert } = stored;
      const flap: Flap =
        action === 'raised' || action === 'resolved'
          ? await noteChange(sql, flapping, action, alert.fingerprint, now)
          : 'no';
      // Alertmanager is told every change: it would not know what fires.
      await delivery.outbox.enqueue(sql, action, stored, now, isJoined ? flap : 'no');
      if (action !== 'resolved' || alert.source !== 'device') return;
      devices?.ended(alert);
      await sql.tell(DEVICE_ALERT_ENDED, alert.fingerprint);
    },
    onChanged: delivery.wake,
  });
  const store = measureAcknowledgements(stored, metrics);
  const devices = devicesOf(parts, store);
  const platform = platformOf(parts, store);
  const silences = silencesOf(parts, maintenance);
  const missedEnds = missedEndsOf(parts, store);
  const policies = createPolicies({
    policies: [
      createHoldPolicy(
        { stateKey: async (now) => `${await maintenance.stateKey(now)} ${quiet.isQuiet(now)}` },
        delivery.outbox,
        logger,
      ),
      createEndOfRemoved(store, removedSources(settings), logger),
      createExpiry(store),
      createCalmPolicy(
        database,
        isJoined ? delivery.outbox : { settle: () => Promise.resolve() },
        flapping,
        logger,
      ),
      ...(escalation === undefined ? [] : [createEscalating(store, escalation, coverage, logger)]),
    ],
    own: devices === undefined ? [] : [devices.policy],
    ...{ wake: delivery.wake, logger, now: () => clock.wall(), isLeader },
  });
  const loops = [
    sharing.loop,
    policies,
    createPruning({ ...parts, store }),
    ...delivery.loops,
    ...silences,
    missedEnds,
    digestOf(parts, database, receivers),
  ].filter((loop) => loop !== undefined);
  const events = createEventBook(database);
  const noteSources = createSourceWatch(events, logger);
  const { newPatterns = () => [] } = options;
  const explained: Explained = {
    events,
    before: (alert) => whatChangedBefore(alert, { store, maintenance, events, fleet, newPatterns }),
  };
  const families = createAlertMetrics({
    store,
    outbox: delivery.outbox,
    receivers,
    loops,
    metrics,
    logger,
    isLeader,
  });

  return {
    store,
    platform,
    devices,
    explained,
    delivery,
    maintenance,
    isLeader,
    follows: sharing.follows,
    problems: async () => [
      ...[await store.problem()].filter((problem) => problem !== undefined),
      ...loops.flatMap((loop) => {
        const failure = loop.failure();
        return failure === undefined ? [] : [`${loop.name} fails unexpectedly: ${failure}`];
      }),
    ],
    start: () => {
      warnOfForgotten(place);
      for (const loop of loops) loop.start();
    },
    update: async (now, sources) => {
      await platform?.settled();
      await noteSources(sources, now);
      await families.update(now);
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      families.withdraw();
      await Promise.all([platform?.settled(), devices?.settled()]);
      await store.close();
    },
  };
}
