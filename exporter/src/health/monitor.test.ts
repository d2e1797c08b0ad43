import { afterEach, describe, expect, it } from '@jest/globals';
import { collectorState } from '../../test/support/http.ts';
import type { CollectorState } from '../collectors/runner.ts';
import {
  API_PROBE_DURATION,
  API_UP,
  DATABASE_CONNECTIONS,
  HEALTH_SCORE,
  MQTT_CONNECTED,
  MQTT_RECONNECTS,
} from '../metrics/catalogue/platform.ts';
import { createMetrics, type OwnedMetrics } from '../metrics/registry.ts';
import { createHealthMonitor, type HealthMonitor } from './monitor.ts';

const NOW = 1_000_000_000;
let metrics: OwnedMetrics | undefined;
afterEach(() => metrics?.dispose());

interface Setup {
  readonly metrics: OwnedMetrics;
  readonly monitor: HealthMonitor;
  score(component: string): number | undefined;
}

function setup(states: readonly CollectorState[] = []): Setup {
  const own = createMetrics({ defaultMetrics: false });
  metrics = own;
  const monitor = createHealthMonitor({
    metrics: own,
    collectors: () => states,
    fleet: {
      counts: () => ({
        available: false,
        byStatus: { online: 0, warning: 0, error: 0, offline: 0, maintenance: 0, unknown: 0 },
      }),
      telemetry: () => ({ points: 0, ingestLag: undefined }),
    },
    alertRows: { activeBySeverity: () => undefined },
  });
  return {
    metrics: own,
    monitor,
    score: (component) =>
      own.samples(HEALTH_SCORE).find(({ labels }) => labels['component'] === component)?.value,
  };
}

const state = (name: CollectorState['name'], success: boolean): CollectorState => ({
  ...collectorState({ name, success }),
  since: null,
});

describe('health monitor', () => {
  it('publishes nothing about what is not configured', () => {
    const { monitor, score } = setup();
    monitor.update(NOW);
    expect(score('overall')).toBeUndefined();
    expect(monitor.explain().every((part) => part.score === null)).toBe(true);
  });

  it('gives a source that cannot be read 0', () => {
    const { monitor, score } = setup([state('api', false), state('postgres', true)]);
    monitor.update(NOW);
    expect(score('api')).toBe(0);
    expect(score('database')).toBe(100);
    expect(score('overall')).toBe(50);
  });

  it('believes the platform’s health document and the connections', () => {
    const { monitor, metrics: own, score } = setup([state('api', true), state('postgres', true)]);
    own.publish(API_UP, [{ labels: { service: 'redis' }, value: 0 }]);
    own.publish(DATABASE_CONNECTIONS, [
      { labels: { state: 'used' }, value: 100 },
      { labels: { state: 'max' }, value: 100 },
    ]);
    monitor.update(NOW);
    expect(score('api')).toBe(70);
    expect(score('database')).toBe(40);
  });

  it('forgets slow requests and reconnects after ten minutes', () => {
    const { monitor, metrics: own, score } = setup([state('api', true)]);
    const probe = own.histogram(API_PROBE_DURATION, { endpoint: '/api/v1/health/ping' });
    const reconnects = own.counter(MQTT_RECONNECTS, {});
    own.publish(MQTT_CONNECTED, [{ labels: {}, value: 1 }]);
    monitor.update(NOW);
    for (let i = 0; i < 20; i++) probe.observe(8);
    reconnects.inc(4);
    monitor.update(NOW + 20_000);
    expect(score('api')).toBe(60);
    expect(score('mqtt')).toBe(60);
    for (let minute = 1; minute <= 12; minute++) {
      probe.observe(0.05);
      monitor.update(NOW + 20_000 + minute * 60_000);
    }
    expect(score('api')).toBe(100);
    expect(score('mqtt')).toBe(100);
  });

  it('explains every score in words', () => {
    const { monitor } = setup([state('api', false)]);
    monitor.update(NOW);
    expect(monitor.explain().find(({ component }) => component === 'api')).toMatchObject({ score: 0 });
  });
});
