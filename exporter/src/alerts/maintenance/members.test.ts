import { describe, expect, it } from '@jest/globals';
import { deviceView } from '../../../test/support/http.ts';
import type { DeviceQuery } from '../../fleet/fleet.ts';
import { membersOf } from './members.ts';

/** A fleet that gives its devices in pages of at most 500, whatever is asked for. */
function fleetOf(devices: readonly ReturnType<typeof deviceView>[]) {
  return {
    list: ({ type, limit, cursor }: DeviceQuery) => {
      const begin = Number(cursor ?? 0);
      const all = devices.filter(({ deviceType }) => type === undefined || deviceType === type);
      const next = begin + limit;
      return {
        items: all.slice(begin, next),
        nextCursor: next < all.length ? String(next) : null,
      };
    },
  };
}

const many = (count: number, changes: object = {}) =>
  Array.from({ length: count }, (_, i) => deviceView({ deviceId: `d-${i}`, ...changes }));

describe('membersOf', () => {
  it('are the devices of the types and of the locations, each once', async () => {
    const fleet = fleetOf([
      deviceView({ deviceId: 'c', deviceType: 'pump', location: 'Lab B' }),
      deviceView({ deviceId: 'a', deviceType: 'fan', location: 'Lab B' }),
      deviceView({ deviceId: 'b', deviceType: 'pump', location: 'Roof' }),
      deviceView({ deviceId: 'd', deviceType: 'fan', location: 'Lab B2' }),
    ]);
    const scope = { devices: ['x'], deviceTypes: ['pump'], locations: ['Lab B'] };
    expect(await membersOf(fleet, scope)).toEqual(['a', 'b', 'c']);
    expect(await membersOf(fleet, { ...scope, deviceTypes: [], locations: [] })).toEqual([]);
  });

  it('are read page by page up to 2,000, and no list when they are more', async () => {
    const scope = { devices: [], deviceTypes: ['pump'], locations: [] };
    expect(await membersOf(fleetOf(many(2000, { deviceType: 'pump' })), scope)).toHaveLength(2000);
    expect(await membersOf(fleetOf(many(2001, { deviceType: 'pump' })), scope)).toBeUndefined();
  });
});
