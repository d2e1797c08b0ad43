import { describe, expect, it } from '@jest/globals';
import { TELEMETRY_POINTS } from '../metrics/catalogue/platform.ts';
import { createMetrics } from '../metrics/registry.ts';
import { createNameCap } from './caps.ts';
import { createDrops } from './drops.ts';
import { createPointCounters } from './points.ts';

describe('createPointCounters', () => {
  it('counts in the cells of the registry, which it keeps', () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const drops = createDrops(metrics);
    const names = createNameCap(5, 'metric_names', drops);
    const points = createPointCounters(metrics, names, createNameCap(2, 'device_types', drops));
    const temperature = names.index('temperature');
    for (const type of ['sensor', 'sensor', '', 'unknown', 'gateway', 'robot']) {
      points.count(points.typeOf(type), temperature, 2);
    }
    points.count(points.unknown, names.index('humidity'), 1);
    const value = (device_type: string, metric_name = 'temperature'): number =>
      metrics.counter(TELEMETRY_POINTS, { device_type, metric_name }).value;
    expect(['sensor', 'unknown', 'other'].map((type) => value(type))).toEqual([4, 4, 4]);
    expect(value('unknown', 'humidity')).toBe(1);
    expect(points.typeOf('sensor')).toBe(points.typeOf('sensor'));
  });
});
