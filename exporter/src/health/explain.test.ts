import { describe, expect, it } from '@jest/globals';
import { explainHealth } from './explain.ts';
import { COMPONENTS, type HealthInputs } from './inputs.ts';

function words(inputs: HealthInputs): Record<string, string> {
  return Object.fromEntries(
    explainHealth(inputs).map(({ component, score, explanation }) => [component, `${score}: ${explanation}`]),
  );
}

describe('explainHealth', () => {
  it('has a line for every component, overall first', () => {
    const lines = explainHealth({});
    expect(lines.map(({ component }) => component)).toEqual(['overall', ...COMPONENTS]);
    expect(new Set(lines.map(({ score, explanation }) => `${score} ${explanation}`))).toEqual(
      new Set(['null not measured']),
    );
  });

  it('says why', () => {
    expect(
      words({
        apiCollected: true,
        apiServices: { database: false, redis: false, api: true },
        apiLatencySeconds: 2.75,
        databaseCollected: true,
        databaseConnectionRatio: 0.85,
        mqttConnected: true,
        mqttMessageAgeSeconds: 330,
        mqttReconnects: 1,
        redisUp: true,
        devices: { online: 6, warning: 0, error: 1, offline: 1, maintenance: 2, unknown: 0 },
        ingestLagPoints: 3300,
        pointsPerSecond: 10,
        usualPointsPerSecond: 40,
        activeAlerts: new Map([['critical', 1]]),
      }),
    ).toEqual({
      overall:
        '56.4: mean of what is measured, by weight: api 20, database 20, mqtt 20, redis 5, devices 15, telemetry 10, alerts 5',
      logs: 'null: not measured',
      api: '20: −60: its health document calls database and redis unhealthy; −20: 95 % of requests take up to 2.8 s',
      database: '70: −30: 85 % of its connections are in use',
      mqtt: '65: −25: no message came for 330 s; −10: connections lost in the last 10 minutes: 1',
      redis: '100: nothing to complain about',
      devices: '77.5: −10: 1 of 8 are error; −12.5: 1 of 8 are offline',
      telemetry:
        '20: −50: 10.0 points/s arrive where 40.0 are usual; −30: the database has not stored 3300 points',
      alerts: '80: −20: active alerts of severity critical: 1',
    });
  });

  it.each<[HealthInputs, string, string]>([
    [{ apiCollected: false }, 'api', '0: −100: the API cannot be read'],
    [{ databaseCollected: false }, 'database', '0: −100: the database cannot be read'],
    [
      { apiServices: { database: false } },
      'database',
      "0: −100: the API's health document calls it unhealthy",
    ],
    [{ mqttConnected: false }, 'mqtt', '0: −100: the broker is not connected'],
    [{ redisUp: false }, 'redis', '0: −100: it does not answer'],
    [{ apiServices: { redis: false } }, 'redis', "0: −100: the API's health document calls it unhealthy"],
    [
      { apiServices: { redis: true } },
      'redis',
      "100: the API's health document calls it healthy; its own collector is not configured",
    ],
    [
      { apiServices: { database: true } },
      'database',
      "100: the API's health document calls it healthy; its own collector is not configured",
    ],
    [{ databaseCollected: true }, 'database', '100: nothing to complain about'],
  ])('%j: %s', (inputs, component, expected) => {
    expect(words(inputs)[component]).toBe(expected);
  });
});
