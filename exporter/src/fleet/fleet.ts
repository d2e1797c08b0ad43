import type { Clock } from '../base/clock.ts';
import type { Logger } from '../log/logger.ts';
import type { Family } from '../metrics/family.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { StateStore } from '../state/state-store.ts';
import type { DeviceStatus } from '../metrics/catalogue/devices.ts';
import type { SeriesStore } from '../metrics/series.ts';
import type { Tracer } from '../trace/tracer.ts';

/** Who reports about devices. */
export type FleetSource = 'api' | 'postgres' | 'mqtt';
export type InventorySource = 'api' | 'postgres';
/** Who counts telemetry points. */
export type PointSource = 'mqtt' | 'postgres';

/** What the platform knows a device by; an unknown text is ''. `deviceId` is the MQTT id, e.g. `MOCK-1000`. */
export interface DeviceIdentity {
  readonly deviceId: string;
  readonly name: string;
  readonly deviceType: string;
  readonly location: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly firmwareVersion: string;
}

/** An active device as one inventory (REST list or SQL table) has it. Times are milliseconds since the epoch. */
export interface InventoryRow {
  readonly identity: DeviceIdentity;
  /** The status as found, any spelling; null where the platform has NULL. */
  readonly status: string | null;
  /** Latest moment at which the status can have been written (updated_at, else last_seen, else created_at). */
  readonly writtenAt: number | null;
  readonly lastSeen: number | null;
}

/** The newest status that one source reported. */
export interface ReportedStatus {
  readonly source: FleetSource;
  /** As found, lower case; null for NULL. */
  readonly status: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A newest value of a device. */
export interface DeviceValue {
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
  readonly at: string;
}

/** A device as `/api/v1/devices` shows it (contract §2). Times are ISO 8601 in UTC. */
export interface DeviceView extends DeviceIdentity {
  readonly status: DeviceStatus;
  readonly statusSince: string;
  readonly reported: readonly ReportedStatus[];
  readonly lastSeen: string | null;
  readonly registered: boolean;
  readonly values: readonly DeviceValue[];
}

export interface DeviceQuery {
  readonly status?: DeviceStatus;
  readonly type?: string;
  /** Case-insensitive part of id, name or location. */
  readonly text?: string;
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface DevicePage {
  readonly items: readonly DeviceView[];
  readonly nextCursor: string | null;
}

/** What collectors tell the fleet. Every method is synchronous, never throws for any id or text, and is cheap. */
export interface FleetInput {
  /** Replaces the source's list of active devices. */
  applyInventory(source: InventorySource, rows: readonly InventoryRow[], now: number): void;
  /** The source's list is too old to be believed. */
  withdrawInventory(source: InventorySource): void;
  /**
   * Whether live messages can arrive: true once subscribed, false when the collector is withdrawn. With MQTT
   * as the only source the fleet's families are published while it is true.
   */
  mqttAvailable(available: boolean, now: number): void;
  /** A live (not retained) message of the device arrived: it is alive. `id` is the topic's, maybe a bare number. */
  heard(id: string, at: number): void;
  /** A device stated its own status over MQTT. Counts as heard, except `offline`: that is a last will. */
  report(id: string, status: string | null, at: number): void;
  /** A retained status: used only while nothing newer is known, dated by the payload (null: unknown, oldest). */
  retainedReport(id: string, status: string | null, at: number | null): void;
  /** One live telemetry point from MQTT: heard, counted and, when numeric, the newest value. `unit` is normalised. */
  point(id: string, metric: string, unit: string, value: number | null, at: number): void;
  /** A newest value without counting (rows read from SQL, retained messages). Older than the known one: ignored. */
  value(id: string, metric: string, unit: string, value: number, at: number): void;
  /** Points that the database stored since the last call, by type and metric. */
  storedPoints(deviceType: string, metric: string, count: number): void;
}

/** What the rest of the exporter reads from the fleet. */
export interface FleetOutput {
  /** Recomputes effective statuses, expires what is over, refreshes the published families. Cheap when called often. */
  refresh(now: number): void;
  list(query: DeviceQuery): DevicePage;
  find(deviceId: string): DeviceView | undefined;
  /** The id of the device that a topic means: the only registered one that ends in a bare number, else the id as it is. */
  resolve(id: string): string;
  /** Registered devices by effective status, and whether an inventory (or MQTT alone) stands behind it. */
  counts(): { readonly available: boolean; readonly byStatus: Readonly<Record<DeviceStatus, number>> };
  /** The per-device families, in the order of exposition. */
  readonly series: readonly SeriesStore[];
}

export type Fleet = FleetInput & FleetOutput;

/** How long and how much the fleet remembers. Times are milliseconds. */
export interface FleetLimits {
  /** Silence after which a device is offline, unless it is a slow one. */
  readonly offlineAfter: number;
  /** Silence after which a device that no inventory knows is forgotten. */
  readonly deviceExpireAfter: number;
  /** Age at which a value loses its series, unless the device is a slow one. */
  readonly telemetryExpireAfter: number;
  /** Devices with series; also the most devices that are tracked without being registered. */
  readonly maxDevices: number;
  readonly maxMetricsPerDevice: number;
  readonly maxMetricNames: number;
  readonly maxUnits: number;
  readonly maxDeviceTypes: number;
  /** Least time between two writings of the same state document. */
  readonly writeInterval: number;
}

const HOUR = 3_600_000;

export const DEFAULT_LIMITS: FleetLimits = {
  offlineAfter: 5 * 60_000,
  deviceExpireAfter: 24 * HOUR,
  telemetryExpireAfter: HOUR,
  maxDevices: 100_000,
  maxMetricsPerDevice: 100,
  maxMetricNames: 500,
  maxUnits: 200,
  maxDeviceTypes: 100,
  writeInterval: 10_000,
};

export interface FleetOptions {
  /** The inventories that are configured; with both, `postgres` alone decides who is registered. */
  readonly inventories: readonly InventorySource[];
  /** Whether MQTT is configured. */
  readonly mqtt: boolean;
  /** Who counts telemetry points; the other one is only compared. */
  readonly countingSource: PointSource;
  readonly metrics: Metrics;
  readonly createStore: <L extends string>(family: Family<L>) => SeriesStore<L>;
  readonly state: StateStore;
  readonly logger: Logger;
  readonly limits?: Partial<FleetLimits>;
  /** With several exporters on one fleet: whether this one watches the device. By default it watches all. */
  readonly owns?: (deviceId: string) => boolean;
  /**
   * Whether this exporter counts the points that the database stored, true by default. They come without a
   * device, so that of several shards exactly one has to count them.
   */
  readonly countsStored?: boolean;
  /** The system's by default. */
  readonly clock?: Clock;
  readonly tracer?: Tracer;
}
