import { describe, expect, it } from '@jest/globals';
import { alertLines } from './alertLineQuery';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');

describe('the lines of an alert', () => {
  it.each([
    [
      { log_service: 'valtronics-api', pattern: 'p1', service: 'logs' },
      { services: ['valtronics-api'], pattern: 'p1' },
    ],
    [{ device_id: 'MOCK-1', service: 'devices' }, { device: 'MOCK-1' }],
    [{ service: 'redis' }, { services: ['redis'] }],
  ])('of %j are those of %j', (labels, filter) => {
    expect(alertLines({ labels, startsAt: NOON, endsAt: null })).toMatchObject({
      filter,
      from: NOON - 10 * MINUTE,
      to: undefined,
    });
  });

  it('end soon after it', () => {
    expect(alertLines({ labels: { service: 'redis' }, startsAt: NOON, endsAt: NOON + MINUTE })?.to).toBe(
      NOON + 2 * MINUTE,
    );
  });

  it('are none where it names neither device nor service with lines', () => {
    expect(alertLines({ labels: { service: 'monitoring' }, startsAt: NOON, endsAt: null })).toBeUndefined();
  });
});
