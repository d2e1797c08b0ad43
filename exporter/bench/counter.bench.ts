import { Counter, Registry } from 'prom-client';
import { family } from '../src/metrics/family.ts';
import { createMetrics } from '../src/metrics/registry.ts';
import { compareCpu } from './harness.ts';
import { atMost, info, report } from './rows.ts';

const PAIRS = 700;
const UPDATES = 2_000_000;
/** The library is so much slower that fewer updates tell as much. */
const LIBRARY_UPDATES = 200_000;

const POINTS = family({
  name: 'bench_points_total',
  type: 'counter',
  help: 'Counted by the bench',
  labels: ['device_type', 'metric_name'],
  owner: 'fleet',
  cardinality: 'of the bench',
});
const DURATION = family({
  ...POINTS,
  name: 'bench_duration_seconds',
  type: 'histogram',
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50],
});

const pairs = Array.from({ length: PAIRS }, (_, index) => ({
  device_type: `type-${index % 7}`,
  metric_name: `metric-${Math.floor(index / 7)}`,
}));
const metrics = createMetrics({ defaultMetrics: false });
const cells = pairs.map((labels) => metrics.counter(POINTS, labels));
const histograms = pairs.map((labels) => metrics.histogram(DURATION, labels));
const libraryCounter = new Counter({
  name: POINTS.name,
  help: POINTS.help,
  labelNames: POINTS.labels,
  registers: [new Registry()],
});
const children = pairs.map((labels) => libraryCounter.labels(labels));

/** Runs the update that many times over all of the targets in turn. */
function repeat<T>(targets: readonly T[], times: number, update: (target: T) => void): () => void {
  return () => {
    for (let done = 0; done < times; done += targets.length) for (const target of targets) update(target);
  };
}

const cpu = await compareCpu({
  handle: repeat(cells, UPDATES, (cell) => cell.inc()),
  observe: repeat(histograms, UPDATES, (cell) => cell.observe(0.3)),
  lookup: repeat(pairs, UPDATES, (labels) => metrics.counter(POINTS, labels).inc()),
  library: repeat(children, LIBRARY_UPDATES, (child) => child.inc()),
});
const nanoseconds = (milliseconds: number, updates: number): number => (milliseconds * 1e6) / updates;

report([
  atMost('counter update by handle', nanoseconds(cpu('handle'), UPDATES), 50, 'ns'),
  info('counter update by labels', nanoseconds(cpu('lookup'), UPDATES), 'ns'),
  info('histogram observation by handle', nanoseconds(cpu('observe'), UPDATES), 'ns'),
  info('counter update by handle in prom-client', nanoseconds(cpu('library'), LIBRARY_UPDATES), 'ns'),
]);
