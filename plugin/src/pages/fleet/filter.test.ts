import { describe, expect, it } from '@jest/globals';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { choices, filterDevices, readFilter, writeFilter } from './filter';

const device = (deviceId: string, more: Partial<FleetDevice> = {}): FleetDevice => ({
  deviceId,
  name: '',
  deviceType: 'sensor',
  location: '',
  status: 'online',
  since: null,
  lastSeen: null,
  alerts: null,
  ...more,
});

const DEVICES = [
  device('MOCK-1', { name: 'Pump', location: 'Hall A' }),
  device('MOCK-2', { deviceType: 'gateway', status: 'error' }),
  device('OTHER', { deviceType: '', location: 'Hall B', status: 'offline' }),
];
const ids = (query: string): string[] =>
  filterDevices(DEVICES, readFilter(new URLSearchParams(query))).map(({ deviceId }) => deviceId);

describe('filterDevices', () => {
  it.each([
    ['', ['MOCK-1', 'MOCK-2', 'OTHER']],
    ['q=mock', ['MOCK-1', 'MOCK-2']],
    ['q=PUMP', ['MOCK-1']],
    ['q=hall', ['MOCK-1', 'OTHER']],
    ['q=%20hall%20b%20', ['OTHER']],
    ['status=error,offline', ['MOCK-2', 'OTHER']],
    ['status=nonsense', ['MOCK-1', 'MOCK-2', 'OTHER']],
    ['type=gateway', ['MOCK-2']],
    ['type=gateway,', ['MOCK-2', 'OTHER']],
    ['location=Hall A&status=error', []],
  ])('%s', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });
});

describe('writeFilter', () => {
  it('writes what reads back as the same', () => {
    const filter = { text: 'a&b', statuses: ['error', 'online'], types: ['x,y'], locations: ['\\'] } as const;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(writeFilter(filter))) query.set(name, String(value));
    expect(readFilter(query)).toEqual(filter);
  });

  it('leaves alone what is not given', () => {
    expect(writeFilter({ text: 'x' })).toEqual({ q: 'x' });
  });
});

describe('choices', () => {
  it('are sorted and each there once', () => {
    expect(choices([...DEVICES, ...DEVICES], 'deviceType')).toEqual(['', 'gateway', 'sensor']);
  });
});
