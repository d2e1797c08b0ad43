import { describe, expect, it } from '@jest/globals';
import { deviceAlerts } from './alerts';
import { historyFacts } from './history';
import { statusReason } from './statusReason';

const mqtt = (status: string | null, at = 100) => ({ source: 'mqtt', status, at });
const api = (status: string | null, at = 50) => ({ source: 'api', status, at });

describe('statusReason', () => {
  it.each([
    ['reported', { status: 'error', lastSeen: 1, reported: [mqtt('error')] }],
    ['silent', { status: 'offline', lastSeen: 1, reported: [mqtt('online')] }],
    ['silent', { status: 'offline', lastSeen: 1, reported: [] }],
    ['reported', { status: 'offline', lastSeen: 1, reported: [mqtt('offline')] }],
    ['unheard', { status: 'unknown', lastSeen: null, reported: [api('online')] }],
    ['no-status', { status: 'unknown', lastSeen: 1, reported: [mqtt('exploded')] }],
    ['no-status', { status: 'unknown', lastSeen: 1, reported: [mqtt(null)] }],
    ['no-report', { status: 'online', lastSeen: 1, reported: [] }],
    ['recent', { status: 'online', lastSeen: 1, reported: [mqtt('error')] }],
    ['reported', { status: 'maintenance', lastSeen: null, reported: [api('maintenance')] }],
  ] as const)('%s: %j', (kind, facts) => {
    expect(statusReason(facts).kind).toBe(kind);
  });

  it('believes the newest, and of equal dates the device itself', () => {
    const facts = { status: 'error', lastSeen: 1 } as const;
    expect(
      statusReason({ ...facts, reported: [api('online', 200), mqtt('error', 100)] }).newest?.source,
    ).toBe('api');
    expect(
      statusReason({ ...facts, reported: [api('online', 100), mqtt('error', 100)] }).newest?.source,
    ).toBe('mqtt');
  });

  it('names only sources that say something else', () => {
    const reported = [mqtt('error'), api('error'), { source: 'postgres', status: 'online', at: 10 }];
    expect(
      statusReason({ status: 'error', lastSeen: 1, reported }).others.map(({ source }) => source),
    ).toEqual(['postgres']);
  });
});

describe('historyFacts', () => {
  it.each([
    [[], undefined, 0],
    [[1, 1, 1, 1], 1, 0],
    [[1, 3, 3, 1], 0.5, 2],
    [[4], 0, 0],
  ])('%j', (values, online, changes) => {
    expect(historyFacts({ values })).toEqual({ online, changes });
  });
});

describe('deviceAlerts', () => {
  it('puts what is active first, then the newest', () => {
    const series = (name: string, ...times: number[]) => ({
      labels: { alertname: name },
      times,
      values: times,
    });
    const alerts = deviceAlerts(
      [series('old', 10, 20), series('now', 10, 100), series('later', 40, 50), series('none')],
      100,
      10,
    );
    expect(alerts.map(({ name, active }) => [name, active])).toEqual([
      ['now', true],
      ['later', false],
      ['old', false],
    ]);
  });
});
