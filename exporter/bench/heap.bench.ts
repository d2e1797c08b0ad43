import {
  DEVICE_INFO,
  DEVICE_LAST_SEEN,
  DEVICE_STATUS,
  DEVICE_STATUS_SINCE,
} from '../src/metrics/catalogue/devices.ts';
import type { Family } from '../src/metrics/family.ts';
import { createSeriesStore } from '../src/metrics/series-store.ts';
import { DEVICE_VALUE, deviceSeries, storeOf } from './device-series.ts';
import { heapBytes } from './harness.ts';
import { atMost, report, type Row } from './rows.ts';

const SERIES = 100_000;
const METRICS_A_DEVICE = 10;
const CYCLES = 10;

async function bytesPerSeries(): Promise<number> {
  const series = deviceSeries(SERIES);
  const before = await heapBytes();
  const store = storeOf(series);
  const after = await heapBytes();
  return (after - before) / store.size;
}

/** All per-device families of devices with ten metrics each, labels of usual length. */
async function bytesPerDevice(): Promise<number> {
  const devices = SERIES / METRICS_A_DEVICE;
  const labels = {
    name: 'Temperature sensor hall 12',
    device_type: 'temperature_sensor',
    location: 'Building A / Floor 3 / Room 312',
    manufacturer: 'Valtronics',
    model: 'VT-1000 Pro',
    firmware_version: '2.14.3',
  };
  const values = deviceSeries(SERIES);
  const before = await heapBytes();
  const stores: readonly Family[] = [DEVICE_INFO, DEVICE_STATUS, DEVICE_STATUS_SINCE, DEVICE_LAST_SEEN];
  const filled = stores.map((family) => {
    const store = createSeriesStore(family);
    for (let device = 0; device < devices; device += 1) {
      store.set(store.add({ ...labels, device_id: `dev-${String(device).padStart(6, '0')}` }), device);
    }
    return store;
  });
  const telemetry = storeOf(values);
  const after = await heapBytes();
  const series = filled.reduce((sum, store) => sum + store.size, telemetry.size);
  if (series !== devices * (METRICS_A_DEVICE + stores.length)) throw new Error(`unexpected ${series} series`);
  return (after - before) / devices;
}

/** Percent by which the fullest of the cycles after the first lies above the emptiest. */
async function growthOverCycles(): Promise<number> {
  const series = deviceSeries(SERIES);
  const store = createSeriesStore(DEVICE_VALUE);
  const full: number[] = [];
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const slots = series.map(({ labels, value }) => {
      const slot = store.add(labels);
      store.set(slot, value);
      return slot;
    });
    full.push(await heapBytes());
    for (const slot of slots) store.remove(slot);
  }
  const lowest = Math.min(...full);
  return ((Math.max(...full) - lowest) / lowest) * 100;
}

const rows: Row[] = [
  atMost('heap per series', await bytesPerSeries(), 260, 'B'),
  atMost('heap per device of ten metrics: the series of all its families', await bytesPerDevice(), 3000, 'B'),
  atMost(
    `heap growth over ${CYCLES} cycles of ${SERIES.toLocaleString('en')} series`,
    await growthOverCycles(),
    5,
    '%',
  ),
];
report(rows);
