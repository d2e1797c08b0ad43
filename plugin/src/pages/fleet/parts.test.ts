import { describe, expect, it } from '@jest/globals';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { changeLists, type Change } from './changes';
import { mainCourses } from './courses';
import { holdsRotation, readKiosk } from './kiosk';
import { compareMetrics, metricWords, valuesByDevice } from '../../features/fleet/values';
import { verdictOf } from './verdict';
import { rowWindow } from '../../kit/list/window';

const device = (
  deviceId: string,
  status: FleetDevice['status'],
  since: number | null = null,
): FleetDevice => ({
  deviceId,
  name: `name of ${deviceId}`,
  deviceType: '',
  location: '',
  status,
  since,
  lastSeen: null,
  alerts: null,
});

describe('verdictOf', () => {
  it.each([
    [[], 'empty'],
    [[device('a', 'online'), device('b', 'maintenance')], 'fine'],
    [[device('a', 'online'), device('b', 'warning')], 'watch'],
    [[device('a', 'unknown')], 'watch'],
    [[device('a', 'online'), device('b', 'offline')], 'need'],
  ] as const)('%#: %s', (devices, kind) => {
    expect(verdictOf(devices).kind).toBe(kind);
  });

  it('knows the last change among those that are known', () => {
    expect(
      verdictOf([device('a', 'online', 5), device('b', 'online', 9), device('c', 'online')]).lastChange,
    ).toBe(9);
    expect(verdictOf([device('c', 'online')]).lastChange).toBeNull();
  });
});

describe('changeLists', () => {
  it('puts each device into one list, by what it is now', () => {
    const devices = [
      device('off', 'offline'),
      device('err', 'error'),
      device('back', 'warning'),
      device('warn', 'warning'),
    ];
    const changed = [
      { deviceId: 'off', before: 'error' },
      { deviceId: 'err', before: 'online' },
      { deviceId: 'back', before: 'offline' },
      { deviceId: 'warn', before: 'online' },
    ] as const;
    const lists = changeLists({ changed, added: ['new'], removed: ['gone'] }, devices);
    const ids = Object.fromEntries(
      Object.entries<readonly Change[]>({ ...lists }).map(([list, entries]) => [
        list,
        entries.map(({ deviceId }) => deviceId),
      ]),
    );
    expect(ids).toEqual({
      wentOffline: ['off'],
      brokeDown: ['err'],
      cameBack: ['back'],
      other: ['warn'],
      added: ['new'],
      removed: ['gone'],
    });
    expect(lists.wentOffline[0]?.name).toBe('name of off');
  });
});

describe('newest values', () => {
  it('puts measurements of the device itself last', () => {
    expect(['battery', 'temperature', 'signal_strength', 'humidity'].sort(compareMetrics)).toEqual([
      'humidity',
      'temperature',
      'battery',
      'signal_strength',
    ]);
  });

  it.each([
    [{ metric: 'pressure', unit: 'hPa', value: 969 }, 'pressure 969 hPa'],
    [{ metric: 'temperature', unit: '°C', value: 21.46 }, 'temperature 21.5 °C'],
    [{ metric: 'speed', unit: 'mm/s', value: 3 }, 'speed 3 mm/s'],
    [{ metric: 'odd', unit: '<b>', value: 1 }, 'odd 1 <b>'],
  ])('%j', (value, words) => {
    expect(metricWords(value)).toBe(words);
  });

  it('are sorted into devices', () => {
    const labels = { device_id: 'a', unit: '' };
    const rows = [
      { labels: { ...labels, metric_name: 'z' }, value: 1 },
      { labels: { ...labels, metric_name: 'y' }, value: 2 },
    ];
    expect(
      valuesByDevice(rows)
        .get('a')
        ?.map(({ metric }) => metric),
    ).toEqual(['y', 'z']);
  });

  it('have a course for the measurement that says most', () => {
    const series = [
      { labels: { device_id: 'a', metric_name: 'battery' }, times: [1], values: [50] },
      { labels: { device_id: 'a', metric_name: 'humidity' }, times: [1, 2], values: [1, 2] },
      { labels: { device_id: 'b', metric_name: 'humidity' }, times: [], values: [] },
    ];
    const courses = mainCourses(series);
    expect(courses.get('a')?.newest).toEqual({ metric: 'humidity', unit: '', value: 2 });
    expect(courses.has('b')).toBe(false);
  });
});

describe('kiosk', () => {
  it.each([
    ['', false, undefined],
    ['kiosk', true, undefined],
    ['kiosk=1&rotate=30s', true, 30_000],
    ['kiosk&rotate=soon', true, undefined],
    ['kiosk=0&rotate=30s', false, undefined],
  ])('%s', (query, on, rotate) => {
    expect(readKiosk(new URLSearchParams(query))).toEqual({ on, rotate, sound: false, badge: false });
  });

  it('stands still for an error, not for silence', () => {
    expect(holdsRotation([device('a', 'error')])).toBe(true);
    expect(holdsRotation([device('a', 'offline')])).toBe(false);
  });
});

describe('rowWindow', () => {
  it('holds all rows in sight and few others, wherever the list is', () => {
    for (let top = 0; top < 36 * 20_000; top += 12_345) {
      const { first, end } = rowWindow(top, 520, 36, 20_000);
      expect(first).toBeLessThanOrEqual(top / 36);
      expect(end).toBeGreaterThanOrEqual(Math.min(20_000, (top + 520) / 36));
      expect(end - first).toBeLessThan(60);
    }
  });

  it('is empty for an empty list and stays inside a list that became short', () => {
    expect(rowWindow(0, 520, 36, 0)).toEqual({ first: 0, end: 0 });
    const { first, end } = rowWindow(10_000, 520, 36, 5);
    expect(first).toBeLessThanOrEqual(end);
    expect(end).toBe(5);
  });
});
