import { describe, expect, it } from '@jest/globals';
import { run } from '@valtronics/promql';
import { family } from '../../../metrics/family.ts';
import { createMetrics } from '../../../metrics/registry.ts';
import { createSeriesStore } from '../../../metrics/series-store.ts';
import { fleetExposition } from '../../../../test/support/fleet-exposition.ts';
import { createSampleStore, type SampleStore } from './sample-store.ts';
import { createScraper } from './scraper.ts';

const TARGET = { job: 'valtronics-api', instance: 'here:8001' };
const HISTOGRAM = family({
  name: 'some_seconds',
  type: 'histogram',
  help: 'h',
  labels: ['job'],
  owner: 'exporter',
  cardinality: '1',
  buckets: [0.5, 1],
});
const DEVICE = family({
  name: 'some_device',
  type: 'gauge',
  help: 'd',
  labels: ['id', 'instance'],
  owner: 'fleet',
  cardinality: '1',
});

function storeFor(...metrics: string[]): SampleStore {
  return createSampleStore({
    keep: new Map(metrics.map((name) => [name, 0])),
    maxSeries: 1e6,
    maxSamples: 1e6,
  });
}

function content(store: SampleStore, metric: string): unknown[] {
  return [...store.series(metric)].map((series) => [series.labels, series.value(0)]);
}

describe('createScraper', () => {
  it('adds job and instance as Prometheus does, `up`, and a histogram’s parts', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    metrics.histogram(HISTOGRAM, { job: 'cron' }).observe(0.7);
    const store = storeFor('up', 'some_seconds_bucket', 'some_seconds_count');
    run(createScraper(store, TARGET).scrape({ families: await metrics.snapshot(), stores: [] }, 1000));
    expect(content(store, 'up')).toEqual([[TARGET, 1]]);
    expect(content(store, 'some_seconds_count')).toEqual([[{ exported_job: 'cron', ...TARGET }, 1]]);
    expect(content(store, 'some_seconds_bucket')).toEqual(
      [
        ['0.5', 0],
        ['1', 1],
        ['+Inf', 1],
      ].map(([le, value]) => [{ exported_job: 'cron', le, ...TARGET }, value]),
    );
    expect([...store.series('some_seconds_sum')]).toEqual([]);
  });

  it('reads the series of devices back as they were, whatever their labels contain', () => {
    const devices = createSeriesStore(DEVICE);
    const id = 'a "quoted" \\ back\nline } é';
    devices.set(devices.add({ id, instance: 'x y' }), -0.5);
    devices.set(devices.add({ id: 'nan', instance: '' }), NaN);
    devices.set(devices.add({ id: 'inf', instance: '' }), Infinity);
    const store = storeFor('some_device');
    run(createScraper(store, TARGET).scrape({ families: [], stores: [devices] }, 1000));
    expect(content(store, 'some_device')).toEqual([
      [{ exported_instance: 'x y', id, ...TARGET }, -0.5],
      [{ id: 'nan', ...TARGET }, NaN],
      [{ id: 'inf', ...TARGET }, Infinity],
    ]);
  });

  it('notices devices that come and go', () => {
    const store = storeFor('valtronics_device_status');
    const scraper = createScraper(store, TARGET);
    const fleet = (devices: number) => fleetExposition(devices, { silent: 0, silentSince: 0, now: 100 });
    for (const [time, devices] of [
      [1000, 300],
      [2000, 100],
      [3000, 200],
    ] as const) {
      run(scraper.scrape(fleet(devices), time));
      expect([...store.series('valtronics_device_status')]).toHaveLength(devices);
    }
  });
});
