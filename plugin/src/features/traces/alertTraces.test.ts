import { describe, expect, it } from '@jest/globals';
import { alertTracesPath } from './alertTraces';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');

function queryOf(name: string, labels: Readonly<Record<string, string>>, endsAt: number | null = null) {
  const path = alertTracesPath({ name, labels, startsAt: NOON, endsAt }, NOON + 5 * MINUTE);
  return path && Object.fromEntries(new URL(path, 'http://grafana').searchParams);
}

describe('the traces of an alert', () => {
  it.each([
    ['HighErrorRate', { service: 'application' }, { view: 'failing' }],
    ['HighResponseTime', { service: 'application' }, { view: 'slowest' }],
    ['ApiLatencyBudgetBurn', { service: 'application' }, { view: 'slowest' }],
    ['DeviceStale', { service: 'devices', device_id: 'MOCK-1' }, { view: 'all', device: 'MOCK-1' }],
  ])('%s are those of %j', (name, labels, expected) => {
    const span = { from: String(NOON - 10 * MINUTE), to: String(NOON + 5 * MINUTE) };
    expect(queryOf(name, labels)).toEqual({ ...expected, ...span });
  });

  it('end soon after it', () => {
    expect(queryOf('HighErrorRate', { service: 'application' }, NOON + MINUTE)).toMatchObject({
      to: String(NOON + 2 * MINUTE),
    });
  });

  it('are none where it is about neither a device nor requests', () => {
    expect(queryOf('RedisDown', { service: 'redis' })).toBeUndefined();
  });
});
