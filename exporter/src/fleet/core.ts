import type { Clock } from '../base/clock.ts';
import type { CellTable } from './cells.ts';
import type { NameCap } from './caps.ts';
import type { DeviceRecord, DeviceTable } from './device-table.ts';
import type { Drops } from './drops.ts';
import type { InventoryRow, InventorySource } from './fleet.ts';
import type { IngestLag } from './ingest-lag.ts';
import type { FleetLimits } from './options.ts';
import type { PointCounters } from './points.ts';
import type { FleetStores } from './stores.ts';
import type { StatusMemory } from './status-memory.ts';
import type { WordPool } from './word-pool.ts';

/** A bare number that means a device of another shard. */
export const FOREIGN = 'foreign';

/** What the parts of the fleet work on together. */
export interface FleetCore {
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
export function locate(core: FleetCore, id: string): DeviceRecord | typeof FOREIGN | undefined {
  return core.byId.get(id) ?? core.bySuffix.get(id);
}
