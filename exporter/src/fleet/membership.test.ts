import { describe, expect, it } from '@jest/globals';
import { fleetFixture, HOUR, inventoryRow, MINUTE, SECOND, T0 } from '../../test/support/fleet-fixture.ts';
import { numberSuffix } from './membership.ts';

describe('numberSuffix', () => {
  it.each([
    ['MOCK-1000', '1000'],
    ['A-1-0012', '0012'],
    ['-7', '7'],
    ['1000', undefined],
    ['MOCK1000', undefined],
    ['MOCK-', undefined],
    ['MOCK-10a', undefined],
    ['MOCK-١٠', undefined],
    ['', undefined],
  ])('of %j is %j', (id, suffix) => {
    expect(numberSuffix(id)).toBe(suffix);
  });
});

describe('a fleet with one inventory', () => {
  it('has series for its devices only, and counts the others heard on MQTT', async () => {
    const { fleet, series, samples } = fleetFixture({ inventories: ['api'] });
    fleet.mqttAvailable(true, T0);
    fleet.applyInventory('api', [inventoryRow('A'), inventoryRow('B', { status: 'error' })], T0);
    fleet.heard('C', T0);
    fleet.refresh(T0);
    expect([...series().keys()].filter((line) => line.startsWith('valtronics_device_status{'))).toEqual([
      'valtronics_device_status{device_id="A",device_type="sensor"}',
      'valtronics_device_status{device_id="B",device_type="sensor"}',
    ]);
    expect(await samples('valtronics_mqtt_unregistered_devices')).toEqual({ '': 1 });
    const counts = { online: 1, warning: 0, error: 1, offline: 0, maintenance: 0, unknown: 0 };
    expect(await samples('valtronics_devices_total')).toEqual(counts);
    expect(await samples('valtronics_devices')).toEqual(counts);
    expect(fleet.find('C')).toMatchObject({ registered: false, status: 'online' });
    expect(fleet.find('A')).toMatchObject({ registered: true, status: 'online' });
  });

  it('publishes nothing before the first list', async () => {
    const { fleet, series, samples } = fleetFixture({ inventories: ['api'] });
    fleet.mqttAvailable(true, T0);
    fleet.point('A', 'temperature', '°C', 20, T0);
    fleet.refresh(T0);
    expect(fleet.counts().available).toBe(false);
    expect(series().size).toBe(0);
    expect(await samples('valtronics_devices')).toBeUndefined();
    expect(await samples('valtronics_mqtt_unregistered_devices')).toBeUndefined();
  });

  it('publishes zeros for an empty list', async () => {
    const { fleet, samples } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('api', [], T0);
    fleet.refresh(T0);
    expect(fleet.counts().available).toBe(true);
    expect(Object.values((await samples('valtronics_devices')) ?? {})).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('lets a device leave that the list has no more, and dates it as before when it returns', () => {
    const { fleet, series } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('api', [inventoryRow('A'), inventoryRow('B')], T0);
    fleet.applyInventory('api', [inventoryRow('A', { status: 'error' }), inventoryRow('B')], T0 + MINUTE);
    fleet.applyInventory('api', [inventoryRow('B')], T0 + 2 * MINUTE);
    expect(fleet.find('A')).toBeUndefined();
    expect([...series().keys()].some((line) => line.includes('"A"'))).toBe(false);
    fleet.applyInventory('api', [inventoryRow('A', { status: 'error' }), inventoryRow('B')], T0 + 3 * MINUTE);
    expect(fleet.find('A')).toMatchObject({
      status: 'error',
      statusSince: new Date(T0 + MINUTE).toISOString(),
    });
  });

  it('takes the first of several rows of one id', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory(
      'api',
      [inventoryRow('A', { name: 'first' }), inventoryRow('A', { name: 'second', status: 'error' })],
      T0,
    );
    expect(fleet.list({ limit: 9 }).items).toHaveLength(1);
    expect(fleet.find('A')).toMatchObject({ name: 'first', status: 'online' });
  });

  it('shows a changed identity', () => {
    const { fleet, series } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('api', [inventoryRow('A', { firmwareVersion: '1.0' })], T0);
    fleet.applyInventory('api', [inventoryRow('A', { firmwareVersion: '1.1', deviceType: 'gateway' })], T0);
    const lines = [...series().keys()];
    expect(lines.filter((line) => line.startsWith('valtronics_device_info'))).toEqual([
      'valtronics_device_info{device_id="A",name="",device_type="gateway",location="",manufacturer="",model="",firmware_version="1.1"}',
    ]);
    expect(lines).toContain('valtronics_device_status{device_id="A",device_type="gateway"}');
  });

  it('keeps devices while its list is withdrawn, and continues when it returns', async () => {
    const { fleet, series, samples } = fleetFixture({ inventories: ['postgres'], mqtt: false });
    fleet.applyInventory('postgres', [inventoryRow('A', { writtenAt: T0 - HOUR })], T0);
    fleet.value('A', 'temperature', '°C', 20, T0);
    fleet.refresh(T0);
    const before = series();
    fleet.withdrawInventory('postgres');
    fleet.refresh(T0 + HOUR / 2);
    expect(fleet.counts().available).toBe(false);
    expect(series().size).toBe(0);
    expect(await samples('valtronics_devices_total')).toBeUndefined();
    expect(fleet.find('A')).toMatchObject({ status: 'online', values: [{ value: 20 }] });

    const seen = T0 + HOUR / 2;
    fleet.applyInventory('postgres', [inventoryRow('A', { writtenAt: seen, lastSeen: seen })], seen + SECOND);
    fleet.refresh(seen + SECOND);
    const lastSeen = 'valtronics_device_last_seen_timestamp_seconds{device_id="A"}';
    expect(series()).toEqual(new Map([...before, [lastSeen, seen / 1000]]));
  });

  it('ignores lists of an inventory that is not configured', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('postgres', [inventoryRow('A')], T0);
    expect(fleet.counts().available).toBe(false);
    expect(fleet.find('A')).toBeUndefined();
  });
});

describe('a fleet with both inventories', () => {
  it('lets the database alone decide who is registered', () => {
    const { fleet } = fleetFixture({ inventories: ['api', 'postgres'] });
    fleet.applyInventory('api', [inventoryRow('A', { name: 'of the API' }), inventoryRow('B')], T0);
    expect(fleet.counts().available).toBe(false);
    fleet.applyInventory('postgres', [inventoryRow('A', { name: 'of SQL' }), inventoryRow('C')], T0);
    expect(fleet.list({ limit: 9 }).items.map((device) => device.deviceId)).toEqual(['A', 'C']);
    expect(fleet.find('A')).toMatchObject({
      name: 'of SQL',
      reported: [{ source: 'api' }, { source: 'postgres' }],
    });
  });

  it.each(['before', 'after'])('names an unregistered device as the API does, heard %s its list', (when) => {
    const { fleet } = fleetFixture({ inventories: ['api', 'postgres'] });
    fleet.applyInventory('postgres', [], T0);
    if (when === 'before') fleet.heard('B', T0);
    fleet.applyInventory('api', [inventoryRow('B', { name: 'Bee' })], T0);
    if (when === 'after') fleet.heard('B', T0);
    expect(fleet.find('B')).toMatchObject({ registered: false, name: 'Bee', reported: [{ source: 'api' }] });
    fleet.applyInventory('api', [], T0 + SECOND);
    expect(fleet.find('B')).toMatchObject({ registered: false, name: '', reported: [] });
  });

  it('takes the newest report and the newest sign of life of all', () => {
    const { fleet } = fleetFixture({ inventories: ['api', 'postgres'] });
    const apiRow = inventoryRow('A', { status: 'error', writtenAt: T0 - MINUTE, lastSeen: T0 - MINUTE });
    const sqlRow = inventoryRow('A', {
      status: 'warning',
      writtenAt: T0 - 2 * MINUTE,
      lastSeen: T0 - 3 * MINUTE,
    });
    fleet.applyInventory('api', [apiRow], T0);
    fleet.applyInventory('postgres', [sqlRow], T0);
    expect(fleet.find('A')).toMatchObject({ status: 'error', lastSeen: new Date(T0 - MINUTE).toISOString() });
    fleet.report('A', 'online', T0 + SECOND);
    expect(fleet.find('A')).toMatchObject({
      status: 'online',
      statusSince: new Date(T0 + SECOND).toISOString(),
    });
  });

  it('survives the withdrawal of the one that does not decide', () => {
    const { fleet, series } = fleetFixture({ inventories: ['api', 'postgres'] });
    fleet.applyInventory('postgres', [inventoryRow('A')], T0);
    fleet.withdrawInventory('api');
    expect(fleet.counts().available).toBe(true);
    expect(series().size).toBe(4);
  });
});

describe('a fleet with MQTT alone', () => {
  it('has every device that is heard, while MQTT is available', async () => {
    const { fleet, series, samples } = fleetFixture();
    fleet.heard('A', T0);
    fleet.refresh(T0);
    expect(fleet.counts().available).toBe(false);
    expect(series().size).toBe(0);
    fleet.mqttAvailable(true, T0);
    fleet.heard('B', T0);
    fleet.refresh(T0);
    expect(fleet.list({ limit: 9 }).items.map(({ registered }) => registered)).toEqual([true, true]);
    expect(await samples('valtronics_devices')).toMatchObject({ online: 2 });
    expect(await samples('valtronics_mqtt_unregistered_devices')).toBeUndefined();
    expect(series().get('valtronics_device_status{device_id="A",device_type="unknown"}')).toBe(1);
  });

  it('holds its breath while the broker is away', () => {
    const { fleet, series } = fleetFixture();
    fleet.mqttAvailable(true, T0);
    fleet.report('A', 'warning', T0);
    fleet.mqttAvailable(false, T0 + 2 * MINUTE);
    fleet.refresh(T0 + HOUR);
    expect(series().size).toBe(0);
    fleet.mqttAvailable(true, T0 + HOUR);
    fleet.refresh(T0 + HOUR);
    expect(fleet.find('A')).toMatchObject({ status: 'warning', statusSince: new Date(T0).toISOString() });
    fleet.heard('A', T0 + HOUR + MINUTE);
    expect(fleet.find('A')).toMatchObject({ status: 'warning', statusSince: new Date(T0).toISOString() });
    fleet.refresh(T0 + HOUR + 6 * MINUTE + 1);
    expect(fleet.find('A')).toMatchObject({ status: 'offline' });
  });
});
