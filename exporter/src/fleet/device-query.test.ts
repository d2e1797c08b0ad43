import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fleetFixture, inventoryRow, T0 } from '../../test/support/fleet-fixture.ts';
import { decodeCursor, encodeCursor } from './device-query.ts';
import type { DeviceQuery } from './fleet.ts';

function fleetOf(ids: readonly string[]): ReturnType<typeof fleetFixture> {
  const fixture = fleetFixture();
  fixture.fleet.mqttAvailable(true, T0);
  for (const id of ids) fixture.fleet.heard(id, T0);
  return fixture;
}

/** All ids in pages; `between` runs after each page. */
function walk(
  { fleet }: ReturnType<typeof fleetFixture>,
  query: DeviceQuery,
  between = (): void => undefined,
): string[] {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = fleet.list({ ...query, ...(cursor === null ? {} : { cursor }) });
    ids.push(...page.items.map(({ deviceId }) => deviceId));
    cursor = page.nextCursor;
    between();
  } while (cursor !== null);
  return ids;
}

describe('cursors', () => {
  it('survive any id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        expect(encodeCursor(id)).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(encodeCursor(id))).toBe(id);
      }),
    );
  });

  it.each([
    '',
    'nonsense',
    '%%%',
    Buffer.from('7').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('that are none of ours (%j) give an empty page', (cursor) => {
    expect(decodeCursor(cursor)).toBeUndefined();
    expect(fleetOf(['A']).fleet.list({ limit: 1, cursor })).toEqual({ items: [], nextCursor: null });
  });
});

describe('pages', () => {
  it('walk through all devices in the order of their ids, each once', () => {
    const ids = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 40 });
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 50 }), (devices, limit) => {
        expect(walk(fleetOf(devices), { limit })).toEqual([...devices].sort());
      }),
    );
  });

  it('neither repeat nor miss a device while others come and go', () => {
    const fixture = fleetFixture({ inventories: ['api'] });
    const ids = Array.from({ length: 30 }, (_, index) => `D${String(index).padStart(3, '0')}`);
    fixture.fleet.applyInventory(
      'api',
      ids.map((id) => inventoryRow(id)),
      T0,
    );
    let round = 0;
    const listed = walk(fixture, { limit: 7 }, () => {
      round += 1;
      const stay = ids.filter((_, index) => index % 5 !== 0 || index > round * 7);
      const rows = [...stay, `C${round}`, `D00${round}x`].map((id) => inventoryRow(id));
      fixture.fleet.applyInventory('api', rows, T0);
    });
    expect(new Set(listed).size).toBe(listed.length);
    for (const [index, id] of ids.entries()) if (index % 5 !== 0) expect(listed).toContain(id);
  });

  it('end with null exactly when nothing follows', () => {
    const { fleet } = fleetOf(['A', 'B']);
    expect(fleet.list({ limit: 2 }).nextCursor).toBeNull();
    expect(fleet.list({ limit: 1 }).nextCursor).toBe(encodeCursor('A'));
    expect(fleetOf([]).fleet.list({ limit: 1 })).toEqual({ items: [], nextCursor: null });
  });

  it.each([0, -1, 0.5])('hold at least one device, with limit %d', (limit) => {
    expect(fleetOf(['A', 'B']).fleet.list({ limit }).items).toHaveLength(1);
  });
});

describe('a query', () => {
  const rows = [
    inventoryRow('A-1', { name: 'Boiler Room', deviceType: 'sensor', location: 'Cellar' }),
    inventoryRow('B-2', { name: 'Pump', deviceType: 'actuator', location: 'Boiler House', status: 'error' }),
    inventoryRow('BOILER', { name: 'x', deviceType: 'sensor', status: 'error' }),
    inventoryRow('D-4', { name: 'y', deviceType: '', location: 'z' }),
  ];

  it.each<[string, Omit<DeviceQuery, 'limit'>, string[]]>([
    ['status', { status: 'error' }, ['B-2', 'BOILER']],
    ['type', { type: 'sensor' }, ['A-1', 'BOILER']],
    ['no type', { type: '' }, ['D-4']],
    ['text in id, name or location', { text: 'bOiLeR' }, ['A-1', 'B-2', 'BOILER']],
    ['empty text', { text: '' }, ['A-1', 'B-2', 'BOILER', 'D-4']],
    ['all together', { status: 'error', type: 'sensor', text: 'boil' }, ['BOILER']],
    ['nothing found', { text: 'sensor' }, []],
  ])('by %s', (_, query, expected) => {
    const fixture = fleetFixture({ inventories: ['api'] });
    fixture.fleet.applyInventory('api', rows, T0);
    expect(walk(fixture, { ...query, limit: 1 })).toEqual(expected);
  });
});

describe('find', () => {
  it('shows the whole device', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    const row = inventoryRow('A', {
      name: 'N',
      location: 'L',
      manufacturer: 'M',
      model: 'O',
      firmwareVersion: 'F',
    });
    fleet.applyInventory('api', [row], T0);
    fleet.point('A', 'temperature', '°C', 20, T0 + 1);
    const [item] = fleet.list({ limit: 1 }).items;
    expect(fleet.find('A')).toEqual(item);
    expect(item).toEqual({
      deviceId: 'A',
      name: 'N',
      deviceType: 'sensor',
      location: 'L',
      manufacturer: 'M',
      model: 'O',
      firmwareVersion: 'F',
      status: 'online',
      statusSince: '2026-01-01T12:00:00.000Z',
      reported: [{ source: 'api', status: 'online', at: '2026-01-01T12:00:00.000Z' }],
      lastSeen: '2026-01-01T12:00:00.001Z',
      registered: true,
      values: [{ metric: 'temperature', unit: '°C', value: 20, at: '2026-01-01T12:00:00.001Z' }],
    });
  });

  it('knows nothing of strangers, whatever their name', () => {
    const { fleet } = fleetOf(['A']);
    for (const id of ['B', '', '__proto__', 'constructor']) expect(fleet.find(id)).toBeUndefined();
  });

  it('finds a device by its whole name though less of it is kept', () => {
    const long = 'x'.repeat(300);
    const { fleet } = fleetOf([long]);
    expect(fleet.find(long)?.deviceId).toHaveLength(256);
  });
});
