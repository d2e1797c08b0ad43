import { afterEach, describe, expect, it } from '@jest/globals';
import { manualClock, type ManualClock } from '../../test/support/clock.ts';
import { collectorState } from '../../test/support/http.ts';
import type { CollectorState } from '../collectors/runner.ts';
import {
  API_PROBE_DURATION,
  API_UP,
  DATABASE_CONNECTIONS,
  HEALTH_SCORE,
  MQTT_CONNECTED,
  MQTT_LAST_MESSAGE,
  MQTT_RECONNECTS,
  REDIS_UP,
} from '../metrics/catalogue/platform.ts';
import { createMetrics, type OwnedMetrics } from '../metrics/registry.ts';
import { createHealthMonitor, type HealthMonitor } from './monitor.ts';

let metrics: OwnedMetrics | undefined;
afterEach(() => metrics?.stop());

interface Setup {
  readonly metrics: OwnedMetrics;
  readonly monitor: HealthMonitor;
  readonly clock: ManualClock;
  score(component: string): number | undefined;
}

function setup(states: readonly CollectorState[] = [], telemetry: () => number = () => 0): Setup {
  const clock = manualClock();
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
      telemetry: () => ({ points: telemetry(), source: 'mqtt', ingestLag: 0 }),
    },
    alertRows: { activeBySeverity: () => undefined },
    clock,
  });
  return {
    metrics: own,
    monitor,
    clock,
    score: (component) =>
      own.samples(HEALTH_SCORE).find(({ labels }) => labels['component'] === component)?.value,
  };
}

const state = (name: CollectorState['name'], success: boolean): CollectorState => ({
  ...collectorState({ name, success, lastSuccess: success ? 1 : null }),
  since: null,
});

describe('health monitor', () => {
  it('publishes nothing about what is not configured', () => {
    const { monitor, score } = setup();
    monitor.update();
    expect(score('overall')).toBeUndefined();
    expect(monitor.explain().every((part) => part.score === null)).toBe(true);
  });

  it('gives a source that cannot be read 0', () => {
    const { monitor, score } = setup([state('api', false), state('postgres', true)]);
    monitor.update();
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
    monitor.update();
    expect(score('api')).toBe(70);
    expect(score('database')).toBe(40);
  });

  it('forgets slow requests and reconnects after ten minutes', () => {
    const { monitor, metrics: own, clock, score } = setup([state('api', true)]);
    const probe = own.histogram(API_PROBE_DURATION, { endpoint: '/api/v1/health/ping' });
    const reconnects = own.counter(MQTT_RECONNECTS, {});
    own.publish(MQTT_CONNECTED, [{ labels: {}, value: 1 }]);
    monitor.update();
    for (let i = 0; i < 20; i++) probe.observe(8);
    reconnects.inc(4);
    clock.advance(20_000);
    monitor.update();
    expect(score('api')).toBe(60);
    expect(score('mqtt')).toBe(60);
    for (let minute = 1; minute <= 12; minute++) {
      probe.observe(0.05);
      clock.advance(60_000);
      monitor.update();
    }
    expect(score('api')).toBe(100);
    expect(score('mqtt')).toBe(100);
  });

  it('measures no telemetry without a source that counts it', () => {
    const { monitor, metrics: own, clock, score } = setup([state('redis', false), state('mqtt', false)]);
    own.publish(REDIS_UP, [{ labels: {}, value: 0 }]);
    for (let i = 0; i < 3; i++) {
      clock.advance(15_000);
      monitor.update();
    }
    expect([score('telemetry'), score('redis'), score('overall')]).toEqual([undefined, 0, 0]);
  });

  it('measures telemetry and silence by a clock that nobody can set back', () => {
    let points = 0;
    const { monitor, metrics: own, clock, score } = setup([state('mqtt', true)], () => points);
    own.publish(MQTT_CONNECTED, [{ labels: {}, value: 1 }]);
    own.publish(MQTT_LAST_MESSAGE, [{ labels: {}, value: clock.wall() / 1000 }]);
    for (let minute = 0; minute < 30; minute++) {
      points += 600;
      clock.advance(60_000);
      own.publish(MQTT_LAST_MESSAGE, [{ labels: {}, value: clock.wall() / 1000 }]);
      monitor.update();
    }
    expect([score('telemetry'), score('mqtt')]).toEqual([100, 100]);
    clock.step(-3_600_000);
    for (let minute = 0; minute < 10; minute++) {
      clock.advance(60_000);
      monitor.update();
    }
    expect([score('telemetry'), score('mqtt')]).toEqual([0, 50]);
  });

  it('takes the scores away when it stops', () => {
    const { monitor, score } = setup([state('postgres', true)]);
    monitor.update();
    monitor.stop();
    expect(score('overall')).toBeUndefined();
  });

  it('explains every score in words', () => {
    const { monitor } = setup([state('api', false)]);
    monitor.update();
    expect(monitor.explain().find(({ component }) => component === 'api')).toMatchObject({ score: 0 });
  });
});
