import { createFleet, type FleetService } from '../src/fleet/create-fleet.ts';
import type { InventoryRow, InventorySource } from '../src/fleet/fleet.ts';
import { silentLogger } from '../src/log/logger.ts';
import { createMetrics } from '../src/metrics/registry.ts';
import { createSeriesStore } from '../src/metrics/series-store.ts';

import { Counter, Gauge, Registry } from 'prom-client';
import { heapBytes, median, ROUNDS } from './harness.ts';
import { atMost, info, report, type Row } from './rows.ts';

const DEVICES = 100_000;
const METRICS = 10;
const CYCLES = 10;
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const LABEL = `${DEVICES.toLocaleString('en')} devices`;

function newFleet(inventories: readonly InventorySource[], clock: () => number): FleetService {
  return createFleet({
    inventories,
    mqtt: true,
    countingSource: 'mqtt',
    metrics: createMetrics({ defaultMetrics: false }),
    createStore: createSeriesStore,
    state: { read: () => undefined, write: () => Promise.resolve() },
    logger: silentLogger(),
    clock: { wall: clock, monotonic: clock },
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

function rowsAt(now: number): InventoryRow[] {
  return Array.from({ length: DEVICES }, (_, device) => row(device, now));
}

/** A registered fleet of which every device has sent all its metrics, and what it takes of the heap. */
async function fullFleet(): Promise<{ fleet: FleetService; bytes: number }> {
  const before = await heapBytes();
  const fleet = newFleet(['postgres'], () => START);
  fleet.mqttAvailable(true, START);
  fleet.applyInventory('postgres', rowsAt(START), START);
  for (let device = 0; device < DEVICES; device += 1) publish(fleet, [`MOCK-${device}`], START + 1000);
  fleet.refresh(START + 2000);
  const bytes = (await heapBytes()) - before;
  const series = fleet.series.reduce((sum, store) => sum + store.size, 0);
  if (series !== DEVICES * (METRICS + 4)) throw new Error(`unexpected ${series} series`);
  return { fleet, bytes };
}

let now = START + 3000;

/** CPU milliseconds of the work, the median of several; garbage is not collected before, as in a running exporter. */
function medianOf(work: () => void, prepare: () => void = () => undefined): number {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    now += 30_000;
    prepare();
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    taken.push((user + system) / 1000);
  }
  return median(taken);
}

/** What the same points cost with prom-client: one counter and one gauge. */
function promClientNanoseconds(ids: readonly string[]): number {
  const registers = [new Registry()];
  const counter = new Counter({
    name: 'points_total',
    help: '-',
    labelNames: ['device_type', 'metric_name'],
    registers,
  });
  const labelNames = ['device_id', 'metric_name', 'unit'];
  const gauge = new Gauge({ name: 'telemetry', help: '-', labelNames, registers });
  const repeats = 10;
  const taken = medianOf(() => {
    for (let repeat = 0; repeat < repeats; repeat += 1)
      for (const device_id of ids)
        for (const metric_name of names) {
          counter.inc({ device_type: 'sensor', metric_name });
          gauge.set({ device_id, metric_name, unit: '°C' }, repeat);
        }
  });
  return (taken * 1e6) / (repeats * ids.length * METRICS);
}

function pointNanoseconds(fleet: FleetService, ids: readonly string[]): number {
  const repeats = Math.ceil(DEVICES / ids.length);
  const taken = medianOf(() => {
    for (let repeat = 0; repeat < repeats; repeat += 1) publish(fleet, ids, now + repeat);
  });
  return (taken * 1e6) / (repeats * ids.length * METRICS);
}

function speed(fleet: FleetService): Row[] {
  const few = Array.from({ length: 1000 }, (_, index) => `MOCK-${index * 97}`);
  const all = Array.from({ length: DEVICES }, (_, index) => `MOCK-${(index * 7919) % DEVICES}`);
  let rows: InventoryRow[] = [];
  const busy = pointNanoseconds(fleet, few);
  return [
    atMost('fleet: a point of 1,000 busy devices', busy, 300, 'ns'),
    atMost(
      'fleet: the same against a counter and a gauge of prom-client',
      busy / promClientNanoseconds(few),
      0.25,
      '×',
    ),
    info(`fleet: a point of ${LABEL} in random order`, pointNanoseconds(fleet, all), 'ns'),
    atMost(
      `fleet: refresh of ${LABEL}`,
      medianOf(() => fleet.refresh(now)),
      50,
      'ms',
    ),
    info(
      `fleet: refresh when all of ${LABEL} have fallen silent`,
      medianOf(
        () => fleet.refresh(now),
        () => {
          publish(fleet, all, now);
          now += 600_000;
        },
      ),
      'ms',
    ),
    info(
      `fleet: list of ${LABEL} from an inventory`,
      medianOf(
        () => fleet.applyInventory('postgres', rows, now),
        () => (rows = rowsAt(now)),
      ),
      'ms',
    ),
    info(
      'fleet: a page of 1,000 devices',
      medianOf(() => void fleet.list({ limit: 1000 })),
      'ms',
    ),
    info(
      `fleet: a search through ${LABEL}`,
      medianOf(() => void fleet.list({ limit: 100, text: 'sensor 9999' })),
      'ms',
    ),
  ];
}

/** Percent by which the heap grows after the first of the cycles in which all devices appear and expire. */
async function growthOverCycles(): Promise<number> {
  let time = START;
  const before = await heapBytes();
  const fleet = newFleet([], () => time);
  fleet.mqttAvailable(true, time);
  const sizes: number[] = [];
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    for (let device = 0; device < DEVICES; device += 1) publish(fleet, [`C${cycle}-${device}`], time);
    fleet.refresh(time);
    sizes.push((await heapBytes()) - before);
    time += DAY + 1;
    fleet.refresh(time);
  }
  const [first = NaN] = sizes;
  await fleet.stop();
  return (Math.max(...sizes) / first - 1) * 100;
}

const { fleet, bytes } = await fullFleet();
report([
  atMost('heap per device of ten metrics: the fleet with its series', bytes / DEVICES, 3000, 'B'),
  ...speed(fleet),
  atMost(
    `fleet: growth over ${CYCLES} cycles of ${LABEL} that appear and expire`,
    await growthOverCycles(),
    5,
    '%',
  ),
]);
