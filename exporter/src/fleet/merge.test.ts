import { describe, expect, it } from '@jest/globals';
import { fleetFixture, HOUR, inventoryRow, MINUTE, SECOND, T0 } from '../../test/support/fleet-fixture.ts';

const ids = (fixture: ReturnType<typeof fleetFixture>): string[] =>
  fixture.fleet.list({ limit: 99 }).items.map((device) => device.deviceId);

describe('a bare number', () => {
  it('means the only registered device that ends in it', () => {
    const fixture = fleetFixture({ inventories: ['api'] });
    const { fleet, series } = fixture;
    fleet.applyInventory(
      'api',
      [inventoryRow('MOCK-1000', { lastSeen: null }), inventoryRow('MOCK-2000')],
      T0,
    );
    fleet.point('1000', 'temperature', '°C', 21, T0 + SECOND);
    fleet.report('1000', 'error', T0 + 2 * SECOND);
    fleet.refresh(T0 + 2 * SECOND);
    expect(ids(fixture)).toEqual(['MOCK-1000', 'MOCK-2000']);
    expect(fleet.find('1000')).toBeUndefined();
    expect(fleet.find('MOCK-1000')).toMatchObject({
      status: 'error',
      values: [{ metric: 'temperature', value: 21 }],
    });
    expect(
      series().get('valtronics_device_telemetry{device_id="MOCK-1000",metric_name="temperature",unit="°C"}'),
    ).toBe(21);
  });

  it('stays a device of its own when several or none end in it', () => {
    const fixture = fleetFixture({ inventories: ['api'] });
    fixture.fleet.applyInventory('api', [inventoryRow('MOCK-1000'), inventoryRow('TEMP-1000')], T0);
    fixture.fleet.heard('1000', T0);
    fixture.fleet.heard('2000', T0);
    expect(ids(fixture)).toEqual(['1000', '2000', 'MOCK-1000', 'TEMP-1000']);
    expect(fixture.fleet.find('1000')?.registered).toBe(false);
  });

  it('means the exact id first', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory(
      'api',
      [inventoryRow('1000', { lastSeen: null }), inventoryRow('MOCK-1000', { lastSeen: null })],
      T0,
    );
    fleet.heard('1000', T0 + SECOND);
    expect(fleet.find('1000')?.lastSeen).toBe(new Date(T0 + SECOND).toISOString());
    expect(fleet.find('MOCK-1000')?.lastSeen).toBeNull();
  });

  it('is text: leading zeros and parts of numbers do not match', () => {
    const fixture = fleetFixture({ inventories: ['api'] });
    fixture.fleet.applyInventory('api', [inventoryRow('TEMP-001')], T0);
    for (const id of ['1', '01', '001']) fixture.fleet.heard(id, T0);
    expect(ids(fixture)).toEqual(['01', '1', 'TEMP-001']);
  });

  it('becomes ambiguous, and definite again, as the list changes', () => {
    const fixture = fleetFixture({ inventories: ['api'] });
    const { fleet } = fixture;
    fleet.applyInventory('api', [inventoryRow('MOCK-7')], T0);
    fleet.applyInventory('api', [inventoryRow('MOCK-7'), inventoryRow('TEMP-7')], T0);
    fleet.point('7', 'temperature', '°C', 1, T0 + SECOND);
    expect(ids(fixture)).toEqual(['7', 'MOCK-7', 'TEMP-7']);
    fleet.applyInventory('api', [inventoryRow('TEMP-7')], T0 + MINUTE);
    expect(ids(fixture)).toEqual(['TEMP-7']);
    expect(fleet.find('TEMP-7')?.values).toMatchObject([{ metric: 'temperature', value: 1 }]);
  });
});

describe('a device heard before its inventory', () => {
  it('under its number becomes the registered one, with all that was heard', () => {
    const fixture = fleetFixture({ inventories: ['postgres'] });
    const { fleet, series, time } = fixture;
    fleet.mqttAvailable(true, T0);
    fleet.report('1000', 'warning', T0 + SECOND);
    fleet.point('1000', 'temperature', '°C', 21, T0 + 2 * SECOND);
    fleet.point('1000', 'humidity', '%', 40, T0 + 2 * SECOND);
    time.now = T0 + 4 * SECOND;
    const row = inventoryRow('MOCK-1000', {
      name: 'One',
      status: 'online',
      writtenAt: T0 - HOUR,
      lastSeen: T0 - HOUR,
    });
    fleet.applyInventory('postgres', [row], T0 + 4 * SECOND);
    fleet.refresh(T0 + 4 * SECOND);
    expect(ids(fixture)).toEqual(['MOCK-1000']);
    expect(fleet.find('MOCK-1000')).toMatchObject({
      name: 'One',
      registered: true,
      status: 'warning',
      statusSince: new Date(T0 + SECOND).toISOString(),
      lastSeen: new Date(T0 + 2 * SECOND).toISOString(),
      reported: [
        { source: 'postgres', status: 'online' },
        { source: 'mqtt', status: 'warning' },
      ],
      values: [
        { metric: 'humidity', value: 40 },
        { metric: 'temperature', value: 21 },
      ],
    });
    expect(series().size).toBe(6);
    fleet.point('1000', 'temperature', '°C', 22, T0 + 5 * SECOND);
    expect(ids(fixture)).toEqual(['MOCK-1000']);
    expect(series().size).toBe(6);
  });

  it.each(['1000', 'MOCK-1000'])(
    'under %s takes the date of a status that the inventory knew long ago',
    (topicId) => {
      const { fleet } = fleetFixture({ inventories: ['api'] });
      fleet.mqttAvailable(true, T0);
      fleet.heard(topicId, T0);
      const row = inventoryRow('MOCK-1000', { writtenAt: T0 - HOUR, lastSeen: T0 - MINUTE });
      fleet.applyInventory('api', [row], T0 + SECOND);
      expect(fleet.find('MOCK-1000')).toMatchObject({
        status: 'online',
        statusSince: new Date(T0 - HOUR).toISOString(),
      });
    },
  );

  it('keeps the date of a status that changed before our eyes', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.report('1000', 'error', T0);
    fleet.report('1000', 'online', T0 + MINUTE);
    fleet.applyInventory('api', [inventoryRow('MOCK-1000', { writtenAt: T0 - HOUR })], T0 + 2 * MINUTE);
    expect(fleet.find('MOCK-1000')?.statusSince).toBe(new Date(T0 + MINUTE).toISOString());
  });

  it('keeps the newer of two values and reports', () => {
    const { fleet, time } = fleetFixture({ inventories: ['api'] });
    for (const [id, at] of [
      ['MOCK-1000', T0 + 9],
      ['1000', T0 + 5],
    ] as const) {
      fleet.report(id, id === '1000' ? 'error' : 'warning', at);
      fleet.point(id, 'temperature', '°C', at - T0, at);
    }
    fleet.point('1000', 'humidity', '%', 40, T0 + 5);
    time.now = T0 + SECOND;
    fleet.applyInventory('api', [inventoryRow('MOCK-1000', { writtenAt: T0 })], T0 + SECOND);
    expect(fleet.find('MOCK-1000')).toMatchObject({
      status: 'warning',
      values: [
        { metric: 'humidity', value: 40 },
        { metric: 'temperature', value: 9 },
      ],
    });
    expect(fleet.find('1000')).toBeUndefined();
  });

  it('brings its rhythm along', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.mqttAvailable(true, T0);
    for (let hour = 0; hour <= 4; hour += 1) fleet.heard('1000', T0 + hour * HOUR);
    fleet.applyInventory('api', [inventoryRow('MOCK-1000')], T0 + 4 * HOUR);
    fleet.refresh(T0 + 7 * HOUR);
    expect(fleet.find('MOCK-1000')?.status).toBe('online');
    fleet.refresh(T0 + 7 * HOUR + 1);
    expect(fleet.find('MOCK-1000')?.status).toBe('offline');
  });
});
