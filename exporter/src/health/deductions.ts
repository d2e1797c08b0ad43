import { SEVERITY_CLASSES, type SeverityClass, severityClass } from '../base/severity.ts';
import { DEVICE_STATUSES, type DeviceStatus } from '../metrics/catalogue/devices.ts';
import type { Component, HealthInputs } from './inputs.ts';

/** Points of 100 that a component loses, and why in words. */
export interface Deduction {
  readonly points: number;
  readonly reason: string;
}

/** 0 up to `good`, `most` from `bad` on, a straight line in between. */
function ramp(value: number, good: number, bad: number, most: number): number {
  if (Number.isNaN(value)) return 0;
  return most * Math.min(1, Math.max(0, (value - good) / (bad - good)));
}

/** The whole 100 points, which leave nothing. */
function everything(reason: string): Deduction[] {
  return [{ points: 100, reason }];
}

function some(points: number, reason: string): Deduction[] {
  return points > 0 ? [{ points, reason }] : [];
}

function api(inputs: HealthInputs): Deduction[] | undefined {
  if (inputs.apiCollected === undefined) return undefined;
  if (!inputs.apiCollected) return everything('the API cannot be read');
  const services = Object.entries(inputs.apiServices ?? {});
  const ill = services.filter(([, healthy]) => !healthy).map(([name]) => name);
  const latency = inputs.apiLatencySeconds ?? 0;
  return [
    ...some(Math.min(60, 30 * ill.length), `its health document calls ${ill.join(' and ')} unhealthy`),
    ...some(ramp(latency, 0.5, 5, 40), `95 % of requests take up to ${latency.toFixed(1)} s`),
  ];
}

function database(inputs: HealthInputs): Deduction[] | undefined {
  const { databaseCollected, apiServices, databaseConnectionRatio: ratio } = inputs;
  const answers = databaseCollected ?? apiServices?.['database'];
  if (answers === undefined) return undefined;
  if (!answers) {
    const who = databaseCollected === undefined ? "the API's health document" : 'the database';
    return everything(
      databaseCollected === undefined ? `${who} calls it unhealthy` : `${who} cannot be read`,
    );
  }
  if (ratio === undefined) return [];
  return some(ramp(ratio, 0.7, 1, 60), `${Math.round(ratio * 100)} % of its connections are in use`);
}

function mqtt(inputs: HealthInputs): Deduction[] | undefined {
  if (inputs.mqttConnected === undefined) return undefined;
  if (!inputs.mqttConnected) return everything('the broker is not connected');
  const age = inputs.mqttMessageAgeSeconds ?? 0;
  const reconnects = inputs.mqttReconnects ?? 0;
  return [
    ...some(ramp(age, 60, 600, 50), `no message came for ${Math.round(age)} s`),
    ...some(ramp(reconnects, 0, 4, 40), `connections lost in the last 10 minutes: ${reconnects}`),
  ];
}

function redis(inputs: HealthInputs): Deduction[] | undefined {
  const { redisUp, apiServices } = inputs;
  const up = redisUp ?? apiServices?.['redis'];
  if (up === undefined) return undefined;
  if (up) return [];
  return everything(
    redisUp === undefined ? "the API's health document calls it unhealthy" : 'it does not answer',
  );
}

/** What a device of each status lacks; one in maintenance is left out. */
const DEVICE_LOSS: Readonly<Record<DeviceStatus, number>> = {
  online: 0,
  maintenance: 0,
  warning: 0.3,
  unknown: 0.5,
  error: 0.8,
  offline: 1,
};

function devices(inputs: HealthInputs): Deduction[] | undefined {
  const counts = inputs.devices;
  if (counts === undefined) return undefined;
  const working = DEVICE_STATUSES.filter((status) => status !== 'maintenance');
  const total = working.reduce((sum, status) => sum + counts[status], 0);
  if (total === 0) return undefined;
  return working.flatMap((status) =>
    some((100 * DEVICE_LOSS[status] * counts[status]) / total, `${counts[status]} of ${total} are ${status}`),
  );
}

function telemetry(inputs: HealthInputs): Deduction[] | undefined {
  const { ingestLagPoints: lag, pointsPerSecond: rate, usualPointsPerSecond: usual } = inputs;
  if (lag === undefined && rate === undefined) return undefined;
  const losses: Deduction[] = [];
  if (rate !== undefined && usual !== undefined && usual > 0) {
    const words = `${rate.toFixed(1)} points/s arrive where ${usual.toFixed(1)} are usual`;
    losses.push(...some(ramp(-rate / usual, -0.5, 0, 100), words));
  }
  if (lag !== undefined && lag > 0) {
    // Behind by how many seconds of what arrives; without any rate, as if one point a second arrived.
    const behind = lag / (rate === undefined ? 1 : Math.max(rate, Number.MIN_VALUE));
    losses.push(...some(ramp(behind, 60, 600, 60), `the database has not stored ${Math.round(lag)} points`));
  }
  return losses;
}

/** Points for the first row of a severity and the most for all of them. */
const ALERT_LOSS: Readonly<Record<SeverityClass, readonly [first: number, most: number]>> = {
  critical: [20, 80],
  warning: [5, 30],
  info: [1, 10],
  other: [5, 30],
  none: [5, 30],
};

function alerts(inputs: HealthInputs): Deduction[] | undefined {
  if (inputs.activeAlerts === undefined) return undefined;
  const rows = new Map<SeverityClass, number>();
  for (const [severity, count] of inputs.activeAlerts) {
    const known = severityClass(severity);
    rows.set(known, (rows.get(known) ?? 0) + Math.max(0, count));
  }
  return SEVERITY_CLASSES.flatMap((severity) => {
    const count = rows.get(severity) ?? 0;
    const [first, most] = ALERT_LOSS[severity];
    // Rows are not de-duplicated: the logarithm keeps a flood of one alert from being the end of the world.
    return some(
      Math.min(most, first * Math.log2(1 + count)),
      `active alerts of severity ${severity}: ${count}`,
    );
  });
}

function logs({ logScores: scores }: HealthInputs): Deduction[] | undefined {
  if (scores === undefined || scores.size === 0) return undefined;
  return [...scores].flatMap(([service, score]) =>
    some((100 - score) / scores.size, `${Math.round(100 - score)} % of the log of ${service} are errors`),
  );
}

const RULES: Readonly<Record<Component, (inputs: HealthInputs) => Deduction[] | undefined>> = {
  api,
  database,
  mqtt,
  redis,
  devices,
  telemetry,
  alerts,
  logs,
};

/** What the component loses; undefined when it is not measured. The formulas: see `scoreComponents`. */
export function deductionsOf(component: Component, inputs: HealthInputs): readonly Deduction[] | undefined {
  return RULES[component](inputs);
}
