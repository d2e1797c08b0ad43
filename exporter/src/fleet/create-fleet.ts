import { systemClock } from '../base/clock.ts';
import { createNameCap, createWordPool } from './caps.ts';
import { CellTable } from './telemetry-cells.ts';
import { createStores, type FleetData, FOREIGN, inOrder, locate } from './fleet-data.ts';
import { type DeviceRecord, DeviceTable } from './device-table.ts';
import { findDevice, listDevices } from './device-query.ts';
import { deviceView } from './device-view.ts';
import { createDrops } from './drops.ts';
import { reportedStatus, statusWord, UNDATED } from './effective-status.ts';
import { DEFAULT_LIMITS, type Fleet, type FleetOptions, type PointSource } from './fleet.ts';
import { createIngestLag } from './ingest-lag.ts';
import { discover, rememberedOf } from './lifecycle.ts';
import { evaluate, hear } from './liveness.ts';
import { applyDeciding, applySecondary, withdrawFleet } from './membership.ts';
import { bind, unbindAll } from './binding.ts';
import { createPointCounters } from './points.ts';
import { countByStatus, countByType, publishFleet, refreshDevices } from './refresh.ts';
import { TELEMETRY_INGEST_LAG } from '../metrics/catalogue/platform.ts';
import { NO_TRACER } from '../trace/tracer.ts';
import { createStatusMemory } from './status-memory.ts';
import { createClockWatch, followClock } from './steady-time.ts';
import { setValue, valueTime } from './telemetry.ts';

/** Words of identities that are kept once; devices may have more, each with a copy then. */
const SHARED_WORDS = 10_000;

/** What has to happen when the exporter starts and stops, and what the health score asks. */
export interface FleetService extends Fleet {
  /** Reads what an earlier run knew, before any source reports. Throws when a state document cannot be read. */
  start(): void;
  /** Points that the counting source brought so far, and the points by which the database is behind. */
  telemetry(): {
    readonly points: number;
    readonly source: PointSource;
    readonly ingestLag: number | undefined;
  };
  /** Registered devices by type, as the inventory has it; a type that is not known is ''. */
  types(): ReadonlyMap<string, number>;
  /** The type of the device that a topic's id means; '' where it is not known. */
  typeOf(id: string): string;
  /** Writes what changed since the last writing; resolves when it is on disk, or its failure logged. */
  flush(): Promise<void>;
  /** Takes every family away, writes the state for the last time and ends the timer. */
  stop(): Promise<void>;
}

function createData(options: FleetOptions): FleetData {
  const { metrics, inventories, clock = systemClock } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const drops = createDrops(metrics);
  const metricNames = createNameCap(limits.maxMetricNames, 'metric_names', drops);
  const typeNames = createNameCap(limits.maxDeviceTypes, 'device_types', drops);
  const deciding = inventories.includes('postgres')
    ? 'postgres'
    : inventories.includes('api')
      ? 'api'
      : undefined;
  const data: FleetData = {
    limits,
    clock,
    startOffset: clock.wall() - clock.monotonic(),
    drift: 0,
    owns: options.owns ?? ((): boolean => true),
    mqtt: options.mqtt,
    deciding,
    secondary: deciding === 'postgres' && inventories.includes('api') ? 'api' : undefined,
    table: new DeviceTable(),
    cells: new CellTable(),
    byId: new Map(),
    bySuffix: new Map(),
    secondaryRows: new Map(),
    points: createPointCounters(metrics, metricNames, typeNames),
    metricNames,
    unitNames: createNameCap(limits.maxUnits, 'units', drops),
    drops,
    words: createWordPool(SHARED_WORDS),
    lag: createIngestLag(),
    stores: createStores(options.createStore),
    memory: createStatusMemory({
      state: options.state,
      logger: options.logger,
      writeInterval: limits.writeInterval,
      maxKept: limits.maxDevices,
      keepFor: limits.deviceExpireAfter,
      present: (bucket) => rememberedOf(data, bucket),
    }),
    available: false,
    listening: false,
    decided: false,
    generation: 0,
    bound: 0,
    heard: false,
    heardMarkedAt: clock.wall(),
  };
  return data;
}

/** Whether live messages can arrive. Silence is reckoned from then on, for all but those silent already. */
function setListening(data: FleetData, listening: boolean, now: number): void {
  if (data.listening === listening) return;
  data.listening = listening;
  const { table, deciding } = data;
  if (deciding === undefined) data.available = listening;
  if (!listening) {
    if (deciding === undefined) unbindAll(data);
    return;
  }
  for (const record of table.records) {
    if (record === undefined) continue;
    const { row } = record;
    if (table.silent.get(row) !== 1 && table.quietFrom.get(row) < now + data.drift)
      table.quietFrom.set(row, now + data.drift);
    // The time without ears is no gap between messages either.
    table.lastMessage.set(row, NaN);
    bind(data, record);
  }
}

/** The device that the topic's id means, unless another shard watches it or the cap leaves no room. */
function deviceOf(data: FleetData, id: string, now: number): DeviceRecord | undefined {
  const found = locate(data, id) ?? discover(data, id, now);
  return found === FOREIGN ? undefined : found;
}

function report(data: FleetData, id: string, status: string | null, stated: number): void {
  const at = Number.isFinite(stated) ? stated : data.clock.wall();
  const record = deviceOf(data, id, at);
  if (record === undefined) return;
  const known = record.reports.mqtt;
  if (known === undefined || known.at <= at)
    record.reports.mqtt = { status: reportedStatus(status), at, restored: false };
  // That a device is offline is the broker's word, its last will, and no sign of life.
  if (statusWord(status) !== 'offline') hear(data, record, at);
  evaluate(data, record, at);
}

function retainedReport(data: FleetData, id: string, status: string | null, stated: number | null): void {
  const now = data.clock.wall();
  // A date in the future says nothing but that the device's clock is wrong.
  const at = stated === null || !(stated <= now) ? UNDATED : stated;
  const isGone = at !== UNDATED && now - at > data.limits.deviceExpireAfter;
  if (isGone && locate(data, id) === undefined) return;
  const record = deviceOf(data, id, now);
  if (record === undefined) return;
  const known = record.reports.mqtt;
  if (known !== undefined && known.at >= at) return;
  record.reports.mqtt = { status: reportedStatus(status), at, restored: false };
  evaluate(data, record, now);
}

function newestValue(
  data: FleetData,
  id: string,
  metric: string,
  unit: string,
  value: number,
  at: number,
): void {
  if (!Number.isFinite(value) || Number.isNaN(at)) return;
  const now = data.clock.wall();
  // Retained values may come before the list of devices. After it, a row of an unknown device makes none.
  const mayDiscover = data.deciding === undefined || !data.decided;
  const found = locate(data, id) ?? (mayDiscover ? discover(data, id, now) : undefined);
  if (found === undefined || found === FOREIGN) return;
  const index = data.metricNames.index(metric);
  const time = Math.min(at, now) + data.drift;
  if (valueTime(data, found, index) >= time) return;
  setValue(data, found, index, unit, value, time);
}

/**
 * The fleet: every device once, however many sources know it (contract §4, design §3).
 *
 * Availability: with an inventory configured, from its first list until it is withdrawn; with MQTT alone,
 * while `mqttAvailable(true)` holds. Meanwhile the per-device families and the counts by status are
 * published; otherwise they are absent, while devices, dates and newest values stay known and listed, and
 * nobody becomes offline because nobody listened.
 *
 * Caps: registered devices have series up to `maxDevices`, in the order in which they were listed first;
 * others are tracked while fewer devices than that are known. Points of all of them are counted.
 *
 * A bare number stands for a registered device only where an inventory says who is registered.
 *
 * The ingest lag takes the numeric points of registered devices only: no others can be stored.
 */
export function createFleet(options: FleetOptions): FleetService {
  const data = createData(options);
  const { metrics, countingSource, inventories, countsStored = true, tracer = NO_TRACER } = options;
  const { points, metricNames, deciding, secondary, memory } = data;
  const countsLive = countingSource === 'mqtt';
  const lagIsMeasured = options.mqtt && inventories.includes('postgres') && options.owns === undefined;
  let total = 0;
  let stopped = false;

  const watchClock = createClockWatch(data);

  return {
    start: () => memory.start(data.clock.wall()),
    applyInventory: (source, rows, now) => {
      followClock(data);
      if (source === deciding) applyDeciding(data, source, rows, now);
      else if (source === secondary) applySecondary(data, source, rows, now);
    },
    withdrawInventory: (source) => {
      if (source === deciding) withdrawFleet(data);
    },
    mqttAvailable: (available, now) => {
      followClock(data);
      setListening(data, available, now);
    },
    heard: (id, at) => {
      watchClock(at);
      const record = deviceOf(data, id, at);
      if (record !== undefined) hear(data, record, at);
    },
    report: (id, status, at) => {
      followClock(data);
      report(data, id, status, at);
    },
    retainedReport: (id, status, at) => {
      followClock(data);
      retainedReport(data, id, status, at);
    },
    point: (id, metric, unit, value, at) => {
      watchClock(at);
      const found = locate(data, id) ?? discover(data, id, at);
      if (found === FOREIGN) return;
      const index = metricNames.index(metric);
      if (countsLive) {
        total += 1;
        points.count(found?.type ?? points.unknown, index, 1);
      }
      if (found === undefined) return;
      hear(data, found, at);
      if (value === null || !Number.isFinite(value)) return;
      if (found.registered) data.lag.sent(1);
      setValue(data, found, index, unit, value, at + data.drift);
    },
    value: (id, metric, unit, value, at) => {
      followClock(data);
      newestValue(data, id, metric, unit, value, at);
    },
    storedPoints: (deviceType, metric, count) => {
      if (!countsStored || !(count > 0 && count < Infinity)) return;
      data.lag.stored(count);
      if (countsLive) return;
      total += count;
      points.count(points.typeOf(deviceType), metricNames.index(metric), count);
    },
    refresh: (now) => {
      if (stopped) return;
      tracer.span('refresh fleet', {}, (span) => {
        followClock(data);
        refreshDevices(data, now);
        publishFleet(data, metrics, lagIsMeasured);
        span.set({ 'valtronics.devices': data.table.count });
      });
    },
    list: (query) => listDevices(data, query),
    find: (deviceId) => {
      const record = findDevice(data, deviceId);
      return record === undefined ? undefined : deviceView(data, record);
    },
    resolve: (id) => {
      const found = locate(data, id);
      return found === undefined || found === FOREIGN ? id : found.id;
    },
    counts: () => ({ available: data.available, byStatus: countByStatus(data) }),
    types: () => countByType(data),
    typeOf: (id) => {
      const found = locate(data, id);
      return found === undefined || found === FOREIGN ? '' : (found.identity?.deviceType ?? '');
    },
    series: inOrder(data.stores),
    telemetry: () => ({
      points: total,
      source: countingSource,
      ingestLag: lagIsMeasured ? data.lag.points : undefined,
    }),
    flush: () => memory.flush(),
    stop: () => {
      stopped = true;
      withdrawFleet(data);
      publishFleet(data, metrics, false);
      metrics.withdraw(TELEMETRY_INGEST_LAG);
      if (data.table.count > 0) memory.changedAll();
      return memory.stop();
    },
  };
}
