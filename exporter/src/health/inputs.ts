import type { DeviceStatus } from '../metrics/catalogue/devices.ts';

/** Components of `valtronics_system_health_score` that can be measured so far, in the order of pages. */
export const COMPONENTS = [
  'api',
  'database',
  'mqtt',
  'redis',
  'devices',
  'telemetry',
  'alerts',
  'logs',
] as const;
export type Component = (typeof COMPONENTS)[number];

/**
 * What the scores are made of. What is not configured or not known is undefined and lowers nothing; a
 * component is measured as soon as one of its first-named inputs is there.
 */
export interface HealthInputs {
  /** Whether the last attempt of collector `api` succeeded. */
  readonly apiCollected?: boolean | undefined;
  /** Services of the platform's health document, by name: healthy or not. */
  readonly apiServices?: Readonly<Record<string, boolean>> | undefined;
  /** 95th percentile of the exporter's own requests, seconds. */
  readonly apiLatencySeconds?: number | undefined;
  /** Whether the last attempt of collector `postgres` succeeded. */
  readonly databaseCollected?: boolean | undefined;
  /** Connections in use as a part of `max_connections`, 0 to 1. */
  readonly databaseConnectionRatio?: number | undefined;
  readonly mqttConnected?: boolean | undefined;
  /** Seconds since the last message below `valtronics/`. */
  readonly mqttMessageAgeSeconds?: number | undefined;
  /** Connections that were re-established in the last 10 minutes. */
  readonly mqttReconnects?: number | undefined;
  readonly redisUp?: boolean | undefined;
  /** Registered devices by effective status. */
  readonly devices?: Readonly<Record<DeviceStatus, number>> | undefined;
  /** Points that the database is behind MQTT. */
  readonly ingestLagPoints?: number | undefined;
  /** Telemetry points a second over the last minutes. */
  readonly pointsPerSecond?: number | undefined;
  /** Telemetry points a second over a longer time, such as an hour: what is usual here. */
  readonly usualPointsPerSecond?: number | undefined;
  /** Active alert rows of the platform by severity. */
  readonly activeAlerts?: ReadonlyMap<string, number> | undefined;
  /** Percentage of a service's log entries that are no errors, by service; those that say nothing are left out. */
  readonly logScores?: ReadonlyMap<string, number> | undefined;
}
