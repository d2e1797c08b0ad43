import { createFleet, type FleetService } from '../src/fleet/create-fleet.ts';
import type { InventoryRow } from '../src/fleet/fleet.ts';
import { silentLogger } from '../src/log/logger.ts';
import { createMetrics } from '../src/metrics/registry.ts';
import { createSeriesStore } from '../src/metrics/series-store.ts';

/** Heap and speed of the fleet: `node --expose-gc exporter/bench/fleet.bench.ts`. */
const DEVICES = 100_000;
const METRICS = 10;
const CYCLES = 10;
const ROUNDS = 9;
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

const collect = globalThis.gc;
if (collect === undefined) throw new Error('start node with --expose-gc');

/** Bytes in use after a full collection: objects and the buffers that columns are made of. */
function bytesInUse(): number {
  collect?.();
  collect?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function newFleet(inventories: readonly ('api' | 'postgres')[], clock: () => number): FleetService {
  return createFleet({
    inventories,
    mqtt: true,
    countingSource: 'mqtt',
    metrics: createMetrics({ defaultMetrics: false }),
    createStore: createSeriesStore,
    state: { read: () => undefined, write: () => Promise.resolve() },
    logger: silentLogger(),
    limits: { writeInterval: 2 ** 30 },
    clock,
  });
}

/** A row as a database driver delivers it: every text a string of its own. */
function row(device: number, now: number): InventoryRow {
  const text = (value: string): string => Buffer.from(value).toString();
  return {
    identity: {
      deviceId: `MOCK-${device}`,
      name: `Temperature Sensor ${device}`,
      deviceType: text(device % 3 === 0 ? 'sensor' : 'monitor'),
      location: text(`Server Room ${device % 50}`),
      manufacturer: text('SensorTech Corp'),
      model: text('ST-T1000'),
      firmwareVersion: text('2.1.3'),
    },
    status: text('online'),
    writtenAt: now - 1000,
    lastSeen: now - 1000,
  };
}

const names = Array.from({ length: METRICS }, (_, index) => `temperature_${index}`);

function publish(fleet: FleetService, ids: readonly string[], at: number): void {
  for (const id of ids) for (const name of names) fleet.point(id, name, '°C', at % 97, at);
}

function heapPerDevice(): void {
  const clock = (): number => START;
  const fleet = newFleet(['postgres'], clock);
  const before = bytesInUse();
  const heapBefore = process.memoryUsage().heapUsed;
  fleet.applyInventory(
    'postgres',
    Array.from({ length: DEVICES }, (_, device) => row(device, START)),
    START,
  );
  for (let device = 0; device < DEVICES; device += 1) publish(fleet, [`MOCK-${device}`], START + 1000);
  fleet.refresh(START + 2000);
  const all = (bytesInUse() - before) / DEVICES;
  const heap = (process.memoryUsage().heapUsed - heapBefore) / DEVICES;
  const series = fleet.series.reduce((sum, store) => sum + store.size, 0);
  console.log(
    `heap per device of ${METRICS} metrics: ${heap.toFixed(0)} B, with buffers ${all.toFixed(0)} B (${series} series)`,
  );
  speed(fleet);
  refreshTime(fleet);
  applyTime(fleet);
  listTime(fleet);
}

function speed(fleet: FleetService): void {
  const ids = Array.from({ length: 1000 }, (_, index) => Buffer.from(`MOCK-${index * 97}`).toString());
  const all = Array.from({ length: DEVICES }, (_, index) =>
    Buffer.from(`MOCK-${(index * 7919) % DEVICES}`).toString(),
  );
  for (const [what, list, repeats] of [
    ['1,000 devices', ids, 20],
    ['100,000 devices in random order', all, 1],
  ] as const) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = process.hrtime.bigint();
      for (let repeat = 0; repeat < repeats; repeat += 1)
        publish(fleet, list, START + 3000 + round * 30_000 + repeat);
      times.push(Number(process.hrtime.bigint() - began) / (repeats * list.length * METRICS));
    }
    console.log(`point(), ${what}: ${median(times).toFixed(0)} ns`);
  }
}

function refreshTime(fleet: FleetService): void {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    fleet.refresh(START + 300_000 + round * 1000);
    times.push(performance.now() - began);
  }
  console.log(
    `refresh() of ${DEVICES} devices: ${median(times).toFixed(1)} ms, worst ${Math.max(...times).toFixed(1)} ms`,
  );
  const began = performance.now();
  fleet.refresh(START + 2_000_000);
  console.log(`refresh() when all of them fall silent: ${(performance.now() - began).toFixed(1)} ms`);
}

function applyTime(fleet: FleetService): void {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = START + 2_000_000 + round * 60_000;
    const rows = Array.from({ length: DEVICES }, (_, device) => row(device, now));
    const began = performance.now();
    fleet.applyInventory('postgres', rows, now);
    times.push(performance.now() - began);
  }
  console.log(`applyInventory() of ${DEVICES} rows: ${median(times).toFixed(1)} ms`);
}

function listTime(fleet: FleetService): void {
  const began = performance.now();
  fleet.list({ limit: 1000 });
  const page = performance.now() - began;
  fleet.list({ limit: 1000, text: 'sensor 9999' });
  console.log(
    `list() page of 1,000: ${page.toFixed(1)} ms, searching: ${(performance.now() - began - page).toFixed(1)} ms`,
  );
}

function growth(): void {
  let now = START;
  const fleet = newFleet([], () => now);
  fleet.mqttAvailable(true, now);
  const sizes: number[] = [];
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    for (let device = 0; device < DEVICES; device += 1) publish(fleet, [`C${cycle}-${device}`], now);
    fleet.refresh(now);
    now += DAY + 1;
    fleet.refresh(now);
    sizes.push(bytesInUse() / 1e6);
  }
  const [first = NaN] = sizes;
  const most = Math.max(...sizes.slice(1)) / first;
  console.log(
    `in use after each of ${CYCLES} cycles of ${DEVICES} devices: ${sizes.map((size) => size.toFixed(1)).join(' ')} MB`,
  );
  console.log(`growth after the first cycle: ${((most - 1) * 100).toFixed(1)} %`);
}

heapPerDevice();
growth();
