import { describe, expect, it, jest } from '@jest/globals';
import { devicesFromRows, type FleetRows } from './fleetPicture';

function rowsOf(count: number): FleetRows {
  const rows = (value: number, more: Record<string, string> = {}) =>
    Array.from({ length: count }, (_, index) => ({ labels: { device_id: `d${index}`, ...more }, value }));
  return {
    status: rows(3, { device_type: 'sensor' }),
    since: rows(1000),
    lastSeen: rows(2000).slice(1),
    info: rows(1, { name: 'Name', location: 'Lab' }),
    alerts: [{ labels: { device_id: 'd1' }, value: 2 }],
  };
}

describe('devicesFromRows', () => {
  it('puts the answers together', async () => {
    expect(await devicesFromRows(rowsOf(2), () => Promise.resolve())).toEqual([
      {
        deviceId: 'd0',
        name: 'Name',
        deviceType: 'sensor',
        location: 'Lab',
        status: 'error',
        since: 1_000_000,
        lastSeen: null,
        alerts: 0,
      },
      {
        deviceId: 'd1',
        name: 'Name',
        deviceType: 'sensor',
        location: 'Lab',
        status: 'error',
        since: 1_000_000,
        lastSeen: 2_000_000,
        alerts: 2,
      },
    ]);
  });

  it('pauses in a large fleet and leaves nobody out', async () => {
    const pause = jest.fn(() => Promise.resolve());
    const devices = await devicesFromRows(rowsOf(20_000), pause);
    expect(new Set(devices.map(({ deviceId }) => deviceId)).size).toBe(20_000);
    expect(pause.mock.calls.length).toBeGreaterThan(5);
  });

  it('does not pause for a small fleet', async () => {
    const pause = jest.fn(() => Promise.resolve());
    await devicesFromRows(rowsOf(100), pause);
    expect(pause).not.toHaveBeenCalled();
  });

  it('stops when the pause says so', async () => {
    const stop = () => Promise.reject(new Error('given up'));
    await expect(devicesFromRows(rowsOf(20_000), stop)).rejects.toThrow('given up');
  });
});
