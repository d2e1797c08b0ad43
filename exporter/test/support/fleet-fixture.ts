import { createFleet, type FleetService } from '../../src/fleet/create-fleet.ts';
import type { FleetOptions, InventoryRow } from '../../src/fleet/fleet.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { createSeriesStore } from '../../src/metrics/series-store.ts';
import { memoryState } from './memory-state.ts';

/** A moment to count from, milliseconds since the epoch. */
export const T0 = Date.UTC(2026, 0, 1, 12);
export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface FleetFixture {
  readonly fleet: FleetService;
  /** The fleet's clock; a test moves it. */
  readonly time: { now: number };
  /** The per-device samples as exposition lines, by the text before the value. */
  series(): Map<string, number>;
  /** Samples of a low-cardinality family by their label values joined with commas; undefined when absent. */
  samples(family: string): Promise<Record<string, number> | undefined>;
}

/** A fleet on the real stores, with MQTT as its only source unless told otherwise. */
export function fleetFixture(options: Partial<FleetOptions> = {}): FleetFixture {
  const time = { now: T0 };
  const metrics = createMetrics({ defaultMetrics: false });
  const fleet = createFleet({
    inventories: [],
    mqtt: true,
    countingSource: 'mqtt',
    metrics,
    createStore: createSeriesStore,
    state: memoryState(),
    logger: silentLogger(),
    clock: { wall: () => time.now, monotonic: () => time.now },
    ...options,
  });
  fleet.start();
  return {
    fleet,
    time,
    series: () => {
      const lines = new Map<string, number>();
      for (const store of fleet.series) {
        for (const chunk of store.chunks()) {
          for (const line of Buffer.from(chunk).toString('utf8').trimEnd().split('\n')) {
            const end = line.lastIndexOf(' ');
            if (lines.has(line.slice(0, end))) throw new Error(`twice: ${line}`);
            lines.set(line.slice(0, end), Number(line.slice(end + 1)));
          }
        }
      }
      return lines;
    },
    samples: async (name) => {
      const family = (await metrics.snapshot()).find((found) => found.name === name);
      if (family === undefined) return undefined;
      return Object.fromEntries(
        family.samples.map(({ labels, value }) => [Object.values(labels).join(','), value]),
      );
    },
  };
}

/** A row of an inventory; what a test does not name is empty, online and was written and seen at T0. */
export function inventoryRow(
  deviceId: string,
  values: Partial<Omit<InventoryRow, 'identity'>> & Partial<InventoryRow['identity']> = {},
): InventoryRow {
  const { status = 'online', writtenAt = T0, lastSeen = T0, ...identity } = values;
  return {
    identity: {
      deviceId,
      name: '',
      deviceType: 'sensor',
      location: '',
      manufacturer: '',
      model: '',
      firmwareVersion: '',
      ...identity,
    },
    status,
    writtenAt,
    lastSeen,
  };
}
