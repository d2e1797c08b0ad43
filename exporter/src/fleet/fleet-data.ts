import {
  DEVICE_INFO,
  DEVICE_LAST_SEEN,
  DEVICE_STATUS,
  DEVICE_STATUS_SINCE,
  DEVICE_TELEMETRY,
} from '../metrics/catalogue/devices.ts';
import type { SeriesStore } from '../metrics/series.ts';
import type { FleetLimits, FleetOptions, InventoryRow, InventorySource } from './fleet.ts';
import type { Clock } from '../base/clock.ts';
import type { CellTable } from './telemetry-cells.ts';
import type { NameCap, WordPool } from './caps.ts';
import type { DeviceRecord, DeviceTable } from './device-table.ts';
import type { Drops } from './drops.ts';
import type { IngestLag } from './ingest-lag.ts';
import type { PointCounters } from './points.ts';
import type { StatusMemory } from './status-memory.ts';

/** The stores of the per-device families. */
export interface FleetStores {
  readonly info: SeriesStore<(typeof DEVICE_INFO.labels)[number]>;
  readonly status: SeriesStore<(typeof DEVICE_STATUS.labels)[number]>;
  readonly since: SeriesStore<(typeof DEVICE_STATUS_SINCE.labels)[number]>;
  readonly lastSeen: SeriesStore<(typeof DEVICE_LAST_SEEN.labels)[number]>;
  readonly telemetry: SeriesStore<(typeof DEVICE_TELEMETRY.labels)[number]>;
}

export function createStores(createStore: FleetOptions['createStore']): FleetStores {
  return {
    info: createStore(DEVICE_INFO),
    status: createStore(DEVICE_STATUS),
    since: createStore(DEVICE_STATUS_SINCE),
    lastSeen: createStore(DEVICE_LAST_SEEN),
    telemetry: createStore(DEVICE_TELEMETRY),
  };
}

/** In the order of exposition: by name, as the other families. */
export function inOrder(stores: FleetStores): readonly SeriesStore[] {
  return [stores.info, stores.lastSeen, stores.status, stores.since, stores.telemetry];
}

/** A bare number that means a device of another shard. */
export const FOREIGN = 'foreign';

/** What the parts of the fleet work on together. */
export interface FleetData {
  readonly limits: FleetLimits;
  readonly clock: Clock;
  /** Wall less monotonic time when the fleet was made, milliseconds. */
  readonly startOffset: number;
  readonly owns: (deviceId: string) => boolean;
  readonly mqtt: boolean;
  /** Who says which devices are registered; undefined: every device that is heard is. */
  readonly deciding: InventorySource | undefined;
  readonly secondary: InventorySource | undefined;
  readonly table: DeviceTable;
  readonly cells: CellTable;
  readonly byId: Map<string, DeviceRecord>;
  /** Registered devices by the number that their id ends in, where only one does. */
  readonly bySuffix: Map<string, DeviceRecord | typeof FOREIGN>;
  /** Rows of the inventory that does not decide, by id. */
  readonly secondaryRows: Map<string, InventoryRow>;
  readonly points: PointCounters;
  readonly metricNames: NameCap;
  readonly unitNames: NameCap;
  readonly drops: Drops;
  readonly words: WordPool;
  readonly lag: IngestLag;
  readonly stores: FleetStores;
  readonly memory: StatusMemory;
  /** Steady less wall time, milliseconds: see `followClock`. */
  drift: number;
  /** Whether anything stands behind the per-device families now. */
  available: boolean;
  /** Whether live messages can arrive: silence says something. */
  listening: boolean;
  /** Whether the deciding inventory was there at least once. */
  decided: boolean;
  generation: number;
  /** Devices with series. */
  bound: number;
  /** Whether any device was heard since the state was last marked as changed. */
  heard: boolean;
  /** When the state was last marked as changed because devices were heard; steady. */
  heardMarkedAt: number;
}

/** The device that a topic or a row means: the exact id, else the only registered one that ends in the number. */
export function locate(data: FleetData, id: string): DeviceRecord | typeof FOREIGN | undefined {
  return data.byId.get(id) ?? data.bySuffix.get(id);
}
