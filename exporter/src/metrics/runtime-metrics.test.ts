import perfHooks from 'node:perf_hooks';
import { describe, expect, it, jest } from '@jest/globals';
import { Registry } from './metrics-library.ts';
import { registerRuntimeMetrics, withoutEmptyLag } from './runtime-metrics.ts';

const lag = (statistic: string, value: number) => ({
  name: `nodejs_eventloop_lag${statistic}_seconds`,
  type: 'gauge' as const,
  help: 'Lag',
  samples: [{ labels: {}, value }],
});

describe('registerRuntimeMetrics', () => {
  it('leaves Node’s own monitors as it found them', () => {
    const { monitorEventLoopDelay, PerformanceObserver } = perfHooks;
    registerRuntimeMetrics(new Registry())();
    expect(perfHooks.monitorEventLoopDelay).toBe(monitorEventLoopDelay);
    expect(perfHooks.PerformanceObserver).toBe(PerformanceObserver);
  });

  it('leaves them also when the library throws', () => {
    const { monitorEventLoopDelay } = perfHooks;
    const registry = new Registry();
    registerRuntimeMetrics(registry)();
    expect(() => registerRuntimeMetrics(registry)).toThrow('already been registered');
    expect(perfHooks.monitorEventLoopDelay).toBe(monitorEventLoopDelay);
  });

  it('ends the event loop monitor and the garbage collection observer, once', () => {
    const monitor = perfHooks.monitorEventLoopDelay();
    const disable = jest.spyOn(monitor, 'disable');
    const original = perfHooks.monitorEventLoopDelay;
    const disconnect = jest.spyOn(perfHooks.PerformanceObserver.prototype, 'disconnect');
    Object.assign(perfHooks, { monitorEventLoopDelay: () => monitor });
    try {
      const stop = registerRuntimeMetrics(new Registry());
      expect(disable).not.toHaveBeenCalled();
      stop();
      stop();
      expect(disable).toHaveBeenCalledTimes(1);
      expect(disconnect).toHaveBeenCalledTimes(1);
    } finally {
      Object.assign(perfHooks, { monitorEventLoopDelay: original });
      jest.restoreAllMocks();
    }
  });
});

describe('withoutEmptyLag', () => {
  const empty = [
    lag('', 0.1),
    lag('_min', 2 ** 63 / 1e9),
    lag('_max', 0),
    lag('_mean', NaN),
    lag('_p99', 5e-7),
  ];

  it('leaves the statistics of an empty monitor out, and the lag that was measured in', () => {
    expect(withoutEmptyLag(empty)).toEqual([lag('', 0.1)]);
  });

  it('keeps them when something was recorded, or when there are none', () => {
    const recorded = [lag('_min', 0.01), lag('_max', 0.02)];
    expect(withoutEmptyLag(recorded)).toEqual(recorded);
    expect(withoutEmptyLag([])).toEqual([]);
  });
});
