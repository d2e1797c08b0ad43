import { describe, expect, it } from '@jest/globals';
import { alertsIn } from './alerts';
import { at, prepare, series } from './frames.fixture';

const firing = (labels: Record<string, string>, minutes: readonly number[]) =>
  series(
    { __name__: 'ALERTS', alertstate: 'firing', device_id: 'A', severity: 'critical', ...labels },
    minutes.map((minute) => [minute, 1]),
    { interval: 60_000, refId: 'B' },
  );

describe('alerts beside the states', () => {
  const set = prepare([
    series({ device_id: 'A' }, [[0, 1]]),
    series({ device_id: 'B' }, [[0, 1]]),
    firing({ alertname: 'DeviceStale' }, [10, 11, 12, 40]),
    firing({ alertname: 'Pending', alertstate: 'pending' }, [10, 11]),
  ]);
  const [row] = set.rows.filter(({ id }) => id === 'A');

  it('are no rows', () => {
    expect(set.rows.map(({ id }) => id).sort()).toEqual(['A', 'B']);
    expect(set.unread).toEqual([]);
  });

  it('belong to the device that they name, once for every time that they fired', () => {
    expect(row?.alerts).toEqual([
      { name: 'DeviceStale', severity: 'critical', from: at(10), to: at(13) },
      { name: 'DeviceStale', severity: 'critical', from: at(40), to: at(41) },
    ]);
  });

  it('are found by the time that they share with a state', () => {
    const found = (from: number, to: number) =>
      alertsIn(row?.alerts ?? [], { from: at(from), to: at(to) }).length;
    expect([found(0, 10), found(0, 11), found(12, 41), found(50, 60)]).toEqual([0, 1, 2, 0]);
  });
});
