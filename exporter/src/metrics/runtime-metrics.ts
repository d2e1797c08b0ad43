import perfHooks, { type PerformanceObserverCallback } from 'node:perf_hooks';
import type { FamilySnapshot } from './family.ts';
import { collectDefaultMetrics, Gauge, type Registry } from './metrics-library.ts';

const LAG_MINIMUM = 'nodejs_eventloop_lag_min_seconds';
const LAG_STATISTIC = /^nodejs_eventloop_lag_\w+_seconds$/;
/** Node's event loop histogram has this minimum while it holds no record. */
const NO_RECORD_SECONDS = 2 ** 63 / 1e9;

/**
 * Runs `start` and returns what stops the event loop and garbage collection monitors that it made. The
 * library keeps them for itself and has no way to end them, so they are noted where Node hands them out.
 */
function captureMonitors(start: () => void): () => void {
  const { monitorEventLoopDelay, PerformanceObserver } = perfHooks;
  const stops: (() => void)[] = [];
  class NotedObserver extends PerformanceObserver {
    constructor(callback: PerformanceObserverCallback) {
      super(callback);
      stops.push(() => this.disconnect());
    }
  }
  const noted = {
    PerformanceObserver: NotedObserver,
    monitorEventLoopDelay: (options: Parameters<typeof monitorEventLoopDelay>[0]) => {
      const monitor = monitorEventLoopDelay(options);
      stops.push(() => monitor.disable());
      return monitor;
    },
  };
  Object.assign(perfHooks, noted);
  const stop = (): void => {
    for (const each of stops.splice(0)) each();
  };
  try {
    start();
  } catch (error) {
    stop();
    throw error;
  } finally {
    Object.assign(perfHooks, { monitorEventLoopDelay, PerformanceObserver });
  }
  return stop;
}

/**
 * Registers `process_*` and `nodejs_*`, without the library's gauges that carry a counter's suffix, and
 * returns what ends their monitors.
 */
export function registerRuntimeMetrics(registry: Registry): () => void {
  const own = new Set(registry.getMetricsAsArray());
  const stop = captureMonitors(() => collectDefaultMetrics({ register: registry }));
  for (const metric of registry.getMetricsAsArray()) {
    if (!own.has(metric) && metric instanceof Gauge && metric.name.endsWith('_total'))
      registry.removeSingleMetric(metric.name);
  }
  return stop;
}

/**
 * Leaves out what the event loop monitor says when it has recorded nothing since the snapshot before (two
 * scrapes within its 10 ms): NaN, and a minimum of 292 years.
 */
export function withoutEmptyLag(families: readonly FamilySnapshot[]): readonly FamilySnapshot[] {
  const minimum = families.find(({ name }) => name === LAG_MINIMUM)?.samples[0]?.value ?? 0;
  return minimum < NO_RECORD_SECONDS ? families : families.filter(({ name }) => !LAG_STATISTIC.test(name));
}
