import { describe, expect, it } from '@jest/globals';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { DEFAULT_SORT, readColumns, readSort, sortDevices, writeSort, type Sort } from './columns';

const device = (deviceId: string, more: Partial<FleetDevice>): FleetDevice => ({
  deviceId,
  name: '',
  deviceType: '',
  location: '',
  status: 'online',
  since: null,
  lastSeen: null,
  alerts: null,
  ...more,
});

const DEVICES = [
  device('b', { status: 'online', since: 3000, lastSeen: 10, name: 'Sensor 10' }),
  device('c', { status: 'error', since: 1000, lastSeen: null, name: 'Sensor 2' }),
  device('a', { status: 'offline', since: 2000, lastSeen: 20, name: 'sensor 1' }),
];
const order = (sort: Sort): string =>
  sortDevices(DEVICES, sort)
    .map(({ deviceId }) => deviceId)
    .join('');

describe('sortDevices', () => {
  it.each<[string, string]>([
    ['status', 'cab'],
    ['-status', 'bac'],
    ['name', 'acb'],
    ['-name', 'bca'],
    // The shortest time in the status first.
    ['since', 'bac'],
    ['-since', 'cab'],
    // What is not known comes last, in both directions.
    ['lastSeen', 'abc'],
    ['-lastSeen', 'bac'],
    ['type', 'abc'],
    ['alerts', 'abc'],
  ])('%s', (text, expected) => {
    expect(order(readSort(text))).toBe(expected);
  });

  it('orders names as people count and spell', () => {
    const names = ['Sensor 10', 'sensor 9', 'Zürich 2', 'Zurich 1', 'zurich 3', ''].map((name, index) =>
      device(String(index), { name }),
    );
    expect(sortDevices(names, readSort('name')).map(({ name, deviceId }) => name || deviceId)).toEqual([
      '5',
      'sensor 9',
      'Sensor 10',
      'Zurich 1',
      'Zürich 2',
      'zurich 3',
    ]);
  });

  it('leaves the given list as it is', () => {
    const before = [...DEVICES];
    sortDevices(DEVICES, readSort('name'));
    expect(DEVICES).toEqual(before);
  });

  it('puts more alerts first, then what broke last, among the same status', () => {
    const worst = [
      device('old', { status: 'error', since: 1, alerts: 0 }),
      device('new', { status: 'error', since: 2, alerts: 0 }),
      device('loud', { status: 'error', since: 0, alerts: 3 }),
    ];
    expect(sortDevices(worst, DEFAULT_SORT).map(({ deviceId }) => deviceId)).toEqual(['loud', 'new', 'old']);
  });
});

describe('the sort order in the address', () => {
  it.each(['name', '-name', '-status', 'lastSeen'])('%s reads back', (text) => {
    expect(writeSort(readSort(text))).toBe(text);
  });

  it.each([null, '', 'values', 'nonsense', '-'])('%s is the default', (text) => {
    expect(readSort(text).column).toBe('status');
  });

  it('is not written when it is the default', () => {
    expect(writeSort(DEFAULT_SORT)).toBe('');
  });
});

describe('readColumns', () => {
  it('shows all by default, alerts only where they are known', () => {
    expect(readColumns(null, true)).toContain('alerts');
    expect(readColumns(null, false)).not.toContain('alerts');
  });

  it('always keeps the device, in the order of the table', () => {
    expect(readColumns('values,status,nonsense', false)).toEqual(['status', 'name', 'values']);
    expect(readColumns('', false)).toEqual(['name']);
  });
});
