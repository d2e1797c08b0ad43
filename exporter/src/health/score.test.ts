import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEVICE_STATUSES, type DeviceStatus } from '../metrics/catalogue/devices.ts';
import { COMPONENTS, type HealthInputs } from './inputs.ts';
import { scoreComponents, WEIGHTS } from './score.ts';

function devices(changes: Partial<Record<DeviceStatus, number>>): Record<DeviceStatus, number> {
  return { online: 0, warning: 0, error: 0, offline: 0, maintenance: 0, unknown: 0, ...changes };
}

const PERFECT: HealthInputs = {
  apiCollected: true,
  apiServices: { database: true, redis: true, api: true },
  apiLatencySeconds: 0.05,
  databaseCollected: true,
  databaseConnectionRatio: 0.1,
  mqttConnected: true,
  mqttMessageAgeSeconds: 1,
  mqttReconnects: 0,
  redisUp: true,
  devices: devices({ online: 20 }),
  ingestLagPoints: 0,
  pointsPerSecond: 8,
  usualPointsPerSecond: 8,
  activeAlerts: new Map(),
  logScores: new Map([['valtronics-api', 100]]),
};

describe('scoreComponents', () => {
  it('gives 100 to all when all is well, and weights that sum up to 100', () => {
    expect(Object.fromEntries(scoreComponents(PERFECT))).toEqual(
      Object.fromEntries([...COMPONENTS, 'overall'].map((component) => [component, 100])),
    );
    expect(Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBe(100);
  });

  it('measures nothing without inputs', () => {
    expect(scoreComponents({}).size).toBe(0);
  });

  it.each<[string, HealthInputs, Record<string, number>]>([
    ['API cannot be read', { apiCollected: false }, { api: 0, overall: 0 }],
    [
      'one service is ill',
      { apiCollected: true, apiServices: { api: true, cache: false } },
      { api: 70, overall: 70 },
    ],
    [
      'three services are ill',
      { apiCollected: true, apiServices: { a: false, b: false, c: false } },
      { api: 40, overall: 40 },
    ],
    [
      'a service logs errors',
      {
        logScores: new Map([
          ['valtronics-api', 61],
          ['redis', 100],
        ]),
      },
      { logs: 80.5, overall: 80.5 },
    ],
    ['no service logs anything', { logScores: new Map() }, {}],
    ['quick enough', { apiCollected: true, apiLatencySeconds: 0.5 }, { api: 100, overall: 100 }],
    ['half slow', { apiCollected: true, apiLatencySeconds: 2.75 }, { api: 80, overall: 80 }],
    ['very slow', { apiCollected: true, apiLatencySeconds: 60 }, { api: 60, overall: 60 }],
    [
      'database cannot be read',
      { databaseCollected: false, databaseConnectionRatio: 0 },
      { database: 0, overall: 0 },
    ],
    [
      'connections in use',
      { databaseCollected: true, databaseConnectionRatio: 0.85 },
      { database: 70, overall: 70 },
    ],
    [
      'no connection left',
      { databaseCollected: true, databaseConnectionRatio: 1 },
      { database: 40, overall: 40 },
    ],
    [
      "the API's word for database and redis",
      { apiServices: { database: false, redis: true } },
      { database: 0, redis: 100, overall: 20 },
    ],
    [
      "the collectors' word counts more",
      { databaseCollected: true, redisUp: false, apiServices: { database: false, redis: true } },
      { database: 100, redis: 0, overall: 80 },
    ],
    ['broker away', { mqttConnected: false }, { mqtt: 0, overall: 0 }],
    ['no message for long', { mqttConnected: true, mqttMessageAgeSeconds: 330 }, { mqtt: 75, overall: 75 }],
    ['reconnects', { mqttConnected: true, mqttReconnects: 2 }, { mqtt: 80, overall: 80 }],
    [
      'devices of every kind',
      { devices: devices({ online: 1, warning: 1, error: 1, offline: 1, unknown: 1, maintenance: 5 }) },
      { devices: 48, overall: 48 },
    ],
    ['all in maintenance', { devices: devices({ maintenance: 5 }) }, {}],
    ['no devices', { devices: devices({}) }, {}],
    ['no lag known, nothing usual', { pointsPerSecond: 0 }, { telemetry: 100, overall: 100 }],
    [
      'an idle installation',
      { pointsPerSecond: 0, usualPointsPerSecond: 0 },
      { telemetry: 100, overall: 100 },
    ],
    [
      'half of the usual rate',
      { pointsPerSecond: 5, usualPointsPerSecond: 10 },
      { telemetry: 100, overall: 100 },
    ],
    [
      'a quarter of the usual rate',
      { pointsPerSecond: 2.5, usualPointsPerSecond: 10 },
      { telemetry: 50, overall: 50 },
    ],
    ['nothing any more', { pointsPerSecond: 0, usualPointsPerSecond: 10 }, { telemetry: 0, overall: 0 }],
    ['330 s behind', { ingestLagPoints: 3300, pointsPerSecond: 10 }, { telemetry: 70, overall: 70 }],
    ['lag and no rate', { ingestLagPoints: 1, pointsPerSecond: 0 }, { telemetry: 40, overall: 40 }],
    ['lag of an unknown rate', { ingestLagPoints: 330 }, { telemetry: 70, overall: 70 }],
    ['one critical alert', { activeAlerts: new Map([['critical', 1]]) }, { alerts: 80, overall: 80 }],
    ['a flood of warnings', { activeAlerts: new Map([['warning', 338]]) }, { alerts: 70, overall: 70 }],
    [
      'a flood of everything',
      {
        activeAlerts: new Map([
          ['critical', 1e9],
          ['warning', 1e9],
          ['emergency', 1e9],
        ]),
      },
      { alerts: 0, overall: 0 },
    ],
    ['a severity of its own', { activeAlerts: new Map([['odd', 3]]) }, { alerts: 90, overall: 90 }],
    [
      'a severity in any spelling',
      {
        activeAlerts: new Map([
          ['CRITICAL', 1],
          ['emergency', 2],
        ]),
      },
      { alerts: 60, overall: 60 },
    ],
    [
      'weights',
      { apiCollected: false, redisUp: true, activeAlerts: new Map() },
      { api: 0, redis: 100, alerts: 100, overall: 33.3 },
    ],
  ])('%s', (_, inputs, scores) => {
    expect(Object.fromEntries(scoreComponents(inputs))).toEqual(scores);
  });

  const count = fc.oneof(fc.nat(1000), fc.nat());
  const amount = fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.double({ min: 0, noNaN: true }));
  const inputs: fc.Arbitrary<HealthInputs> = fc.record(
    {
      apiCollected: fc.boolean(),
      apiServices: fc.dictionary(fc.constantFrom('api', 'database', 'redis', 'x'), fc.boolean()),
      apiLatencySeconds: amount,
      databaseCollected: fc.boolean(),
      databaseConnectionRatio: amount,
      mqttConnected: fc.boolean(),
      mqttMessageAgeSeconds: amount,
      mqttReconnects: count,
      redisUp: fc.boolean(),
      devices: fc.record({
        online: count,
        warning: count,
        error: count,
        offline: count,
        maintenance: count,
        unknown: count,
      }),
      ingestLagPoints: amount,
      pointsPerSecond: amount,
      usualPointsPerSecond: amount,
      activeAlerts: fc
        .array(fc.tuple(fc.constantFrom('critical', 'warning', 'info', 'x', 'y'), count))
        .map((entries) => new Map(entries)),
    },
    { requiredKeys: [] },
  );

  it('stays within 0 and 100, and overall within the components', () => {
    fc.assert(
      fc.property(inputs, (found) => {
        const scores = scoreComponents(found);
        const parts = [...scores].filter(([component]) => component !== 'overall').map(([, score]) => score);
        for (const score of scores.values()) expect(score >= 0 && score <= 100).toBe(true);
        const overall = scores.get('overall');
        expect(overall === undefined).toBe(parts.length === 0);
        if (overall === undefined) return;
        expect(overall).toBeGreaterThanOrEqual(Math.min(...parts) - 0.05);
        expect(overall).toBeLessThanOrEqual(Math.max(...parts) + 0.05);
      }),
    );
  });

  /** Ways in which things get worse while the same things stay measured. */
  const worsenings: readonly (readonly [string, (found: HealthInputs, by: number) => HealthInputs])[] = [
    [
      'API fails',
      (found) => ({ ...found, ...(found.apiCollected === undefined ? {} : { apiCollected: false }) }),
    ],
    [
      'services fall ill',
      (found) => ({
        ...found,
        apiServices:
          found.apiServices &&
          Object.fromEntries(Object.keys(found.apiServices).map((name) => [name, false])),
      }),
    ],
    ['latency', (found, by) => ({ ...found, apiLatencySeconds: (found.apiLatencySeconds ?? 0) + by })],
    [
      'database fails',
      (found) => ({
        ...found,
        ...(found.databaseCollected === undefined ? {} : { databaseCollected: false }),
      }),
    ],
    [
      'connections',
      (found, by) => ({ ...found, databaseConnectionRatio: (found.databaseConnectionRatio ?? 0) + by }),
    ],
    [
      'broker fails',
      (found) => ({ ...found, ...(found.mqttConnected === undefined ? {} : { mqttConnected: false }) }),
    ],
    [
      'message age',
      (found, by) => ({ ...found, mqttMessageAgeSeconds: (found.mqttMessageAgeSeconds ?? 0) + by }),
    ],
    ['reconnects', (found, by) => ({ ...found, mqttReconnects: (found.mqttReconnects ?? 0) + by })],
    ['redis fails', (found) => ({ ...found, ...(found.redisUp === undefined ? {} : { redisUp: false }) })],
    [
      'lag',
      (found, by) => ({
        ...found,
        ...(found.ingestLagPoints === undefined ? {} : { ingestLagPoints: found.ingestLagPoints + by }),
      }),
    ],
    [
      'rate',
      (found) => ({
        ...found,
        ...(found.pointsPerSecond === undefined ? {} : { pointsPerSecond: found.pointsPerSecond / 3 }),
      }),
    ],
    [
      'more alerts',
      (found, by) => ({
        ...found,
        activeAlerts:
          found.activeAlerts &&
          new Map([...found.activeAlerts].map(([severity, rows]) => [severity, rows + by])),
      }),
    ],
    ...DEVICE_STATUSES.filter((status) => !['online', 'maintenance'].includes(status)).map(
      (status) =>
        [
          `devices become ${status}`,
          (found: HealthInputs): HealthInputs => {
            const now = found.devices;
            return now === undefined
              ? found
              : { ...found, devices: { ...now, online: 0, [status]: now[status] + now.online } };
          },
        ] as const,
    ),
  ];

  it.each(worsenings)('never rises when it gets worse: %s', (_, worsen) => {
    fc.assert(
      fc.property(inputs, fc.double({ min: 0, max: 1000, noNaN: true }), (found, by) => {
        const before = scoreComponents(found);
        const after = scoreComponents(worsen(found, by));
        expect([...after.keys()]).toEqual([...before.keys()]);
        for (const [component, score] of after)
          expect(score).toBeLessThanOrEqual(before.get(component) ?? NaN);
      }),
    );
  });
});
