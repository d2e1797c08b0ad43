import type { Clock } from '../base/clock.ts';
import type { Logger } from '../log/logger.ts';
import type { Family } from '../metrics/family.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SeriesStore } from '../metrics/series.ts';
import type { StateStore } from '../state/state-store.ts';
import type { InventorySource, PointSource } from './fleet.ts';

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
}
