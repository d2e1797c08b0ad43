import { describe, expect, it } from '@jest/globals';
import { filterHistory } from './historyFilter';
import { historyStatistics } from './historyStatistics';
import { overlaps, pastAlertKey } from './pastAlert';
import { pastAlert } from './pastAlert.fixture';

const acknowledged = (at: number) => ({ by: 'ana', at, comment: '' });

describe('figures of the history', () => {
  const alerts = [
    pastAlert({ name: 'A', startsAt: 1000, endsAt: 5000, acknowledgement: acknowledged(2000) }),
    pastAlert({ name: 'B', startsAt: 1000, endsAt: 3000, acknowledgement: acknowledged(4000) }),
    pastAlert({ name: 'B', startsAt: 9000, endsAt: null }),
    pastAlert({ name: 'C', startsAt: 0, beganBefore: true, endsAt: 900_000 }),
  ];

  it('count, name the noisiest first, and take means of what is known', () => {
    expect(historyStatistics(alerts, 2)).toEqual({
      total: 4,
      open: 1,
      acknowledged: 2,
      resolved: 3,
      noisiest: [
        { name: 'B', count: 2, share: 0.5 },
        { name: 'A', count: 1, share: 0.25 },
      ],
      meanTimeToAcknowledge: 2000,
      meanTimeToResolve: 3000,
    });
  });

  it('have no mean of nothing', () => {
    expect(historyStatistics([], 5)).toMatchObject({
      total: 0,
      noisiest: [],
      meanTimeToAcknowledge: undefined,
      meanTimeToResolve: undefined,
    });
  });

  it('are not negative when somebody was faster than the clocks', () => {
    const early = pastAlert({ startsAt: 5000, acknowledgement: acknowledged(4000) });
    expect(historyStatistics([early], 1).meanTimeToAcknowledge).toBe(0);
  });
});

describe('the filter of the history', () => {
  const alerts = [
    pastAlert({ name: 'ApiDown', severity: 'critical', summary: 'API is down', labels: { service: 'web' } }),
    pastAlert({ name: 'DeviceStale', severity: '', labels: { device_id: 'MOCK-1' } }),
  ];
  const OPEN = { text: '', severities: [], name: '', device: '' };
  const names = (filter: object) => filterHistory(alerts, { ...OPEN, ...filter }).map(({ name }) => name);

  it.each([
    [{}, ['ApiDown', 'DeviceStale']],
    [{ text: 'WEB api' }, ['ApiDown']],
    [{ text: 'web mock' }, []],
    [{ text: 'mock-1' }, ['DeviceStale']],
    [{ severities: [''] }, ['DeviceStale']],
    [{ severities: ['critical', ''] }, ['ApiDown', 'DeviceStale']],
    [{ name: 'ApiDown' }, ['ApiDown']],
    [{ device: 'MOCK-1' }, ['DeviceStale']],
    [{ device: 'mock' }, []],
  ])('%j lets through %j', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });
});

describe('a past alert', () => {
  it('is told apart by its beginning', () => {
    expect(pastAlertKey(pastAlert({ fingerprint: 'ab', startsAt: 5 }))).toBe('ab-5');
  });

  it('overlaps what it touches', () => {
    const alert = pastAlert({ startsAt: 100, endsAt: 200 });
    expect([overlaps(alert, 200, 300), overlaps(alert, 0, 100), overlaps(alert, 201, 300)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(overlaps(pastAlert({ startsAt: 100 }), 5000, 6000)).toBe(true);
  });
});
