import { type Alerting, createAlerting } from './alerts/alerting.ts';
import { createRules, type Rules } from './alerts/rules/rules.ts';
import type { NewPattern } from './alerts/before/before.ts';
import type { Clock } from './base/clock.ts';
import { messageOf } from './base/errors.ts';
import { wildcards } from './base/wildcards.ts';
import { DEFAULT_CIRCUIT_POLICY } from './collectors/circuit.ts';
import { createUnusableMessages, type UnusableMessages } from './collectors/mqtt/unusable.ts';
import { createRunner, type Runner } from './collectors/runner.ts';
import { collectorsFor, createCollectors } from './collectors/sources.ts';
import type { Settings } from './config/schema.ts';
import { createAlertRows } from './platform-alerts/alert-rows.ts';
import { createFleet, type FleetService } from './fleet/create-fleet.ts';
import { labelValue } from './fleet/caps.ts';
import type { InventorySource } from './fleet/fleet.ts';
import { ownedBy } from './fleet/shard.ts';
import type { Logger } from './log/logger.ts';
import { createLogs, type Logs } from './logs/logs.ts';
import { maskSecrets } from './logs/reading/secrets.ts';
import { createHealthMonitor } from './health/monitor.ts';
import type { Explanation } from './health/explain.ts';
import { CATALOGUE } from './metrics/catalogue/index.ts';
import type { Family, FamilyOwner } from './metrics/family.ts';
import type { OwnedMetrics } from './metrics/registry.ts';
import { createSeriesStore } from './metrics/series-store.ts';
import type { StateStore } from './state/state-store.ts';
import { EXPORTER } from './trace/service-names.ts';
import type { Tracer } from './trace/tracer.ts';
import { messageCounts, placesOf, topologyOf } from './topology.ts';
import type { TraceMemory } from './tracing/trace-memory.ts';
import { createTraces, type Traces } from './tracing/traces.ts';
import { createTracing, isTracingOn, type Tracing } from './tracing/tracing.ts';
import { VERSION } from './version.ts';

/** What outlives a reload of the settings. */
export interface Lasting {
  readonly metrics: OwnedMetrics;
  readonly state: StateStore;
  /** Folder of what survives a restart: of `state` and of the alert store. */
  readonly stateFolder: string;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly traceMemory: TraceMemory;
}

/** Everything that one set of settings asks for: sources, fleet, alerts, rules. A reload replaces it as a whole. */
export interface Watcher {
  readonly settings: Settings;
  readonly fleet: FleetService;
  readonly runner: Runner;
  /** What MQTT brought and nobody could use. */
  readonly unusable: UnusableMessages;
  readonly alerting: Alerting;
  /** Undefined while logs are switched off, and in all exporters of a fleet but the first. */
  readonly logs: Logs | undefined;
  /** Undefined where the exporter evaluates no rules itself. */
  readonly rules: Rules | undefined;
  readonly tracing: Tracing;
  /** Undefined where no span is made and no Jaeger can be asked. */
  readonly traces: Traces | undefined;
  /** The health scores in words, as of the last collection. */
  health(): readonly Explanation[];
  /** Whether the family of that name is left out of `/metrics`: by the settings, or since another exporter has it. */
  isLeftOut(family: string): boolean;
  /** Reads what an earlier run left and begins everything. Throws when the state cannot be read. */
  start(): void;
  /** Resolves when each collector has had its first attempt. */
  attempted(): Promise<void>;
  /**
   * Brings everything up to date, as far as it is ready within `patience` milliseconds, for a scrape or an API
   * call; with `owners` only what their families need.
   */
  collect(patience: number, owners?: ReadonlySet<FamilyOwner>): Promise<void>;
  /** Ends everything and withdraws what it published; state is on disk when it resolves. Never rejects. */
  stop(): Promise<void>;
}

function inventoriesOf({ api, database }: Settings): InventorySource[] {
  return [
    ...(api.url === undefined ? [] : (['api'] as const)),
    ...(database.url === undefined ? [] : (['postgres'] as const)),
  ];
}

/** Which devices the settings choose; undefined for all. */
function chosen({ devices: { include, exclude } }: Settings): ((id: string) => boolean) | undefined {
  if (include.length === 0 && exclude.length === 0) return undefined;
  const isIncluded = include.length === 0 ? (): boolean => true : wildcards(include);
  const isExcluded = wildcards(exclude);
  return (id) => isIncluded(id) && !isExcluded(id);
}

/** Which devices this exporter watches: its shard of those that the settings choose; undefined for all. */
function ownership(settings: Settings): ((id: string) => boolean) | undefined {
  const { shard, total_shards: total } = settings;
  const inShard = total === 1 ? undefined : ownedBy(shard, total);
  const isChosen = chosen(settings);
  if (isChosen === undefined) return inShard;
  return (id) => isChosen(id) && inShard?.(id) !== false;
}

/** Whose messages are this exporter's to count, the first one's where they name nobody; undefined where it is alone. */
function counted(settings: Settings): ((deviceId: string | null) => boolean) | undefined {
  const { shard, total_shards: total } = settings;
  if (total === 1) return undefined;
  const inShard = ownedBy(shard, total);
  return (id) => (id === null ? shard === 0 : inShard(labelValue(id)));
}

/** What the parts of one watcher are given besides its settings. */
interface Given extends Lasting {
  readonly tracer: Tracer;
}

function fleetOf(settings: Settings, { metrics, state, logger, clock, tracer }: Given): FleetService {
  const { limits, shard } = settings;
  const owns = ownership(settings);
  return createFleet({
    inventories: inventoriesOf(settings),
    mqtt: settings.mqtt.url !== undefined,
    countingSource: settings.telemetry.source ?? (settings.mqtt.url === undefined ? 'postgres' : 'mqtt'),
    metrics,
    createStore: (family) => createSeriesStore(family, settings.exposition.exclude_labels),
    state,
    logger,
    clock,
    tracer,
    limits: {
      offlineAfter: settings.offline_after,
      deviceExpireAfter: settings.device_expire_after,
      telemetryExpireAfter: settings.telemetry.expire_after,
      maxDevices: settings.max_devices,
      maxMetricNames: limits.metric_names,
      maxUnits: limits.units,
      maxDeviceTypes: limits.device_types,
    },
    countsStored: shard === 0,
    ...(owns === undefined ? {} : { owns }),
  });
}

const namesOf = (families: readonly Family[]): ReadonlySet<string> =>
  new Set(families.map(({ name }) => name));
/** What the first exporter of a fleet exposes for all, and what the one does that leads those of one store. */
const OF_FIRST = namesOf(CATALOGUE.filter(({ once }) => once));
const OF_LEADER = namesOf(CATALOGUE.filter(({ owner, once, alike }) => owner === 'fleet' || once || alike));

/** Which families `/metrics` leaves out: those of the settings, and what another exporter exposes. */
function leftOut({ exposition, shard }: Settings, follows: () => boolean): (family: string) => boolean {
  const isExcluded = wildcards(exposition.exclude_families);
  return (family) =>
    (shard > 0 && OF_FIRST.has(family)) || (follows() && OF_LEADER.has(family)) || isExcluded(family);
}

/** Whether somebody is told of alerts that only a collection finds: then it must not depend on who reads. */
function toldOfPlatform({ platform, delivery }: Alerting): boolean {
  return platform !== undefined && delivery !== undefined && delivery.receivers.length > 0;
}

/** Patterns of log lines that are looked through for what explains an alert. */
const MOST_PATTERNS = 500;

/** Makes the parts and does nothing with them: no timer, no connection, no file. Throws when a setting of a source cannot be used. */
export function createWatcher(settings: Settings, lasting: Lasting): Watcher {
  const { metrics, logger, clock, traceMemory } = lasting;
  const isTracing = isTracingOn(settings);
  const traces = createTraces({ settings, metrics, clock, isTracing, memory: traceMemory });
  const tracing = createTracing({
    ...{ settings, metrics, logger, clock },
    ...{ serviceName: EXPORTER, version: VERSION, mask: maskSecrets },
    sinks: traces?.sinks ?? [],
  });
  const { tracer } = tracing;
  const given: Given = { ...lasting, tracer };
  const fleet = fleetOf(settings, given);
  const alertRows = createAlertRows({ sources: inventoriesOf(settings), metrics });
  const alerting = createAlerting({ ...given, settings, fleet, watches: chosen(settings), newPatterns });
  /** Patterns of log lines that began between two moments, by the first service that had them. */
  function newPatterns(from: number, to: number): NewPattern[] {
    const found = logs?.aggregate()?.patterns({ limit: MOST_PATTERNS, newSince: from });
    return (found?.items ?? [])
      .filter(({ isNew, firstSeen }) => isNew && firstSeen <= to)
      .map(({ firstSeen, services, template }) => ({
        ...{ at: firstSeen, service: services[0]?.service ?? '', text: template },
      }));
  }
  const unusable = createUnusableMessages({ logger, clock });
  const logs = settings.logs.enabled && settings.shard === 0 ? createLogs({ ...given, settings }) : undefined;
  const runner = createRunner({
    collectors: createCollectors({
      ...given,
      settings,
      version: VERSION,
      fleet,
      alertRows,
      openAlerts: alerting.platform,
      deviceAlerts: alerting.devices,
      isOwn: counted(settings),
      unusable,
      counts: isTracing ? messageCounts(traceMemory.messages, fleet) : undefined,
    }),
    logger,
    tracer,
    timeout: settings.collect.timeout,
    minInterval: settings.collect.min_interval,
    keepAfterFailure: settings.collect.keep_after_failure,
    circuit: DEFAULT_CIRCUIT_POLICY,
    clock,
    metrics,
    random: Math.random,
  });
  const health = createHealthMonitor({ metrics, collectors: runner.states, fleet, alertRows, clock });

  const places = placesOf(settings);
  let stopped = false;

  /** A reader may still wait when a reload stops this watcher: what was withdrawn must not come back. */
  async function refresh(): Promise<void> {
    if (stopped) return;
    const now = clock.wall();
    fleet.refresh(now);
    logs?.update();
    health.update();
    await alerting.update(now, runner.states());
  }

  const { background_interval: interval, timeout } = settings.collect;
  let timer: NodeJS.Timeout | undefined;
  let collectedAt = clock.monotonic();

  /** Attempts, and what is made of them: one piece of work, whoever asks for it. */
  function collecting(attempts: () => Promise<void>): Promise<void> {
    return tracer.span('collect', {}, async () => {
      await attempts();
      await refresh();
    });
  }

  async function collect(patience: number, owners?: ReadonlySet<FamilyOwner>): Promise<void> {
    if (owners === undefined) collectedAt = clock.monotonic();
    await collecting(() => runner.collect(patience, owners && collectorsFor(owners)));
  }

  const rules =
    alerting.store === undefined
      ? undefined
      : createRules({
          ...lasting,
          settings,
          ...{ store: alerting.store, isLeader: alerting.isLeader },
          collect,
          expose: async () => ({ families: await metrics.snapshot(), stores: fleet.series }),
        });

  async function begin(): Promise<void> {
    await tracing.start();
    if (!stopped) await collecting(runner.start);
    rules?.start();
    if (!stopped && toldOfPlatform(alerting)) collectUnlessRead();
  }

  function collectUnlessRead(): void {
    const wait = collectedAt + interval - clock.monotonic();
    timer = setTimeout(collectUnlessRead, wait > 0 ? wait : interval);
    if (wait > 0) return;
    collect(timeout).catch((error: unknown) => {
      logger.error(
        { error: messageOf(error) },
        'a collection in the background failed; the next tries again',
      );
    });
  }

  /** One that does not end well holds up no other. */
  async function end(part: { stop(): unknown } | undefined): Promise<void> {
    try {
      await part?.stop();
    } catch (error) {
      logger.error({ error: messageOf(error) }, 'a part of the exporter does not stop cleanly');
    }
  }

  let begun: Promise<void> = Promise.resolve();
  return {
    settings,
    fleet,
    runner,
    unusable,
    alerting,
    logs,
    rules,
    tracing,
    traces,
    health: health.explain,
    isLeftOut: leftOut(settings, alerting.follows),
    start: () => {
      traceMemory.use({
        traces: isTracing ? settings.traces.buffer : 0,
        topology: () => topologyOf(settings, fleet),
        places,
      });
      fleet.start();
      rules?.load();
      alerting.start();
      logs?.start();
      begun = begin();
    },
    attempted: () => begun,
    collect,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      for (const part of [rules, runner, health, logs, fleet, alerting, tracing, traces]) await end(part);
    },
  };
}
