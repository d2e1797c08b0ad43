import { type Clock, systemClock } from '../base/clock.ts';
import type { CollectorState } from '../collectors/runner.ts';
import { LOG_SERVICE_HEALTH } from '../metrics/catalogue/logs.ts';
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
import type { CollectorName, Family, Sample } from '../metrics/family.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { bucketsOf, quantile } from '../metrics/quantile.ts';
import type { AlertRows } from '../platform-alerts/alert-rows.ts';
import type { FleetService } from '../fleet/create-fleet.ts';
import { explainHealth, type Explanation } from './explain.ts';
import type { HealthInputs } from './inputs.ts';
import { scoreComponents } from './score.ts';
import { createWindow } from './growth.ts';

export interface HealthMonitorOptions {
  readonly metrics: Metrics & { samples(family: Family): readonly Sample[] };
  readonly collectors: () => readonly CollectorState[];
  readonly fleet: Pick<FleetService, 'counts' | 'telemetry'>;
  readonly alertRows: Pick<AlertRows, 'activeBySeverity'>;
  /** The system's by default. */
  readonly clock?: Clock;
}

export interface HealthMonitor {
  /** Measures anew and publishes `valtronics_system_health_score`. */
  update(): void;
  /** The last measurement in words. */
  explain(): readonly Explanation[];
  /** Takes the scores away. */
  stop(): void;
}

const TEN_MINUTES = 600_000;
const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;

/** Watches what the exporter already knows and keeps the health scores. It asks no source by itself. */
export function createHealthMonitor(options: HealthMonitorOptions): HealthMonitor {
  const { metrics, fleet, alertRows, clock = systemClock } = options;
  const latency = createWindow(TEN_MINUTES, 15_000);
  const reconnects = createWindow(TEN_MINUTES, 15_000);
  const recentPoints = createWindow(FIVE_MINUTES, 15_000);
  const usualPoints = createWindow(HOUR, 60_000);
  let inputs: HealthInputs = {};
  let stopped = false;
  let lastMessage: { readonly at: number; readonly age: number; readonly sinceMs: number } | undefined;

  const single = (family: Family): number | undefined => metrics.samples(family)[0]?.value;

  const stateOf = (name: CollectorName): CollectorState | undefined =>
    options.collectors().find((candidate) => candidate.name === name);

  function collected(name: CollectorName): boolean | undefined {
    const state = stateOf(name);
    return state?.attempted === true ? state.success : undefined;
  }

  /** Whether the source is configured and was there at least once: before that it measures nothing. */
  function hasBrought(name: CollectorName): boolean {
    return (stateOf(name)?.lastSuccess ?? null) !== null;
  }

  function services(): Readonly<Record<string, boolean>> | undefined {
    const samples = metrics.samples(API_UP);
    if (samples.length === 0) return undefined;
    return Object.fromEntries(samples.map(({ labels, value }) => [labels['service'] ?? '', value === 1]));
  }

  function apiLatency(now: number): number | undefined {
    const { bounds, counts } = bucketsOf(metrics.samples(API_PROBE_DURATION));
    latency.add(counts, now);
    const grown = latency.growth();
    return quantile(0.95, { bounds, counts: grown?.values ?? counts });
  }

  function connectionRatio(): number | undefined {
    const samples = metrics.samples(DATABASE_CONNECTIONS);
    const value = (state: string): number | undefined =>
      samples.find(({ labels }) => labels['state'] === state)?.value;
    const used = value('used');
    const max = value('max');
    return used === undefined || max === undefined || max === 0 ? undefined : used / max;
  }

  function reconnectsLately(now: number): number | undefined {
    const total = single(MQTT_RECONNECTS);
    if (total === undefined) return undefined;
    reconnects.add([total], now);
    return reconnects.growth()?.values[0] ?? 0;
  }

  /** Seconds, whatever becomes of the clock: the age at which the message was first noticed, and the time since. */
  function messageAge(): number | undefined {
    const at = single(MQTT_LAST_MESSAGE);
    if (at === undefined) return undefined;
    const now = clock.monotonic();
    if (at !== lastMessage?.at)
      lastMessage = { at, age: Math.max(0, clock.wall() / 1000 - at), sinceMs: now };
    return lastMessage.age + (now - lastMessage.sinceMs) / 1000;
  }

  function logScores(): ReadonlyMap<string, number> {
    const samples = metrics.samples(LOG_SERVICE_HEALTH);
    return new Map(samples.map(({ labels, value }) => [labels['service'] ?? '', value]));
  }

  function rate(points: ReturnType<typeof createWindow>): number | undefined {
    const grown = points.growth();
    return grown === undefined ? undefined : (grown.values[0] ?? 0) / grown.seconds;
  }

  function measure(): HealthInputs {
    const now = clock.monotonic();
    const connected = single(MQTT_CONNECTED);
    const redis = single(REDIS_UP);
    const { available, byStatus } = fleet.counts();
    const { points, source, ingestLag } = fleet.telemetry();
    const isCounted = hasBrought(source);
    recentPoints.add([points], now);
    usualPoints.add([points], now);
    return {
      apiCollected: collected('api'),
      apiServices: services(),
      apiLatencySeconds: collected('api') === undefined ? undefined : apiLatency(now),
      databaseCollected: collected('postgres'),
      databaseConnectionRatio: connectionRatio(),
      mqttConnected: connected === undefined ? undefined : connected === 1,
      mqttMessageAgeSeconds: messageAge(),
      mqttReconnects: reconnectsLately(now),
      redisUp: redis === undefined ? undefined : redis === 1,
      devices: available ? byStatus : undefined,
      ingestLagPoints: hasBrought('mqtt') && hasBrought('postgres') ? ingestLag : undefined,
      pointsPerSecond: isCounted ? rate(recentPoints) : undefined,
      usualPointsPerSecond: isCounted ? rate(usualPoints) : undefined,
      activeAlerts: alertRows.activeBySeverity(),
      logScores: logScores(),
    };
  }

  return {
    update: () => {
      if (stopped) return;
      inputs = measure();
      const scores = [...scoreComponents(inputs)];
      metrics.publish(
        HEALTH_SCORE,
        scores.map(([component, value]) => ({ labels: { component }, value })),
      );
    },
    explain: () => explainHealth(inputs),
    stop: () => {
      stopped = true;
      metrics.withdraw(HEALTH_SCORE);
    },
  };
}
