import { describe, expect, it } from '@jest/globals';
import { fleetFixture, HOUR, inventoryRow, MINUTE, SECOND, T0 } from '../../test/support/fleet-fixture.ts';
import { ownedBy } from './shard.ts';

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  'x'.repeat(300),
  `${'x'.repeat(300)}2`,
  '🙂'.repeat(200),
  '\u202eevil\u202c مرحبا',
  '',
  '__proto__',
  'constructor',
  'a"b\\c\nd',
  '\ud800',
  'devices/../../etc',
];

describe('types of devices', () => {
  it('are counted as the inventory has them', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    const rows = ['sensor', 'sensor', 'gateway', ''].map((deviceType, index) =>
      inventoryRow(`D${index}`, { deviceType }),
    );
    fleet.applyInventory('api', rows, T0);
    fleet.point('unlisted', 'temperature', '', 1, T0);
    expect(Object.fromEntries(fleet.types())).toEqual({ sensor: 2, gateway: 1, '': 1 });
  });
});

describe('telemetry points', () => {
  it('are counted by type and metric, of any device', async () => {
    const { fleet, samples } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('api', [inventoryRow('A'), inventoryRow('B', { deviceType: '' })], T0);
    for (const id of ['A', 'A', 'B', 'C']) fleet.point(id, 'temperature', '°C', 1, T0);
    fleet.point('A', 'state', '', null, T0);
    expect(await samples('valtronics_telemetry_points_total')).toEqual({
      'sensor,temperature': 2,
      'sensor,state': 1,
      'unknown,temperature': 2,
    });
    expect(fleet.telemetry()).toEqual({ points: 5, source: 'mqtt', ingestLag: undefined });
  });

  it('are counted by the counting source alone', async () => {
    const { fleet, samples } = fleetFixture({ inventories: ['postgres'], countingSource: 'postgres' });
    fleet.applyInventory('postgres', [inventoryRow('A')], T0);
    fleet.point('A', 'temperature', '°C', 1, T0);
    fleet.storedPoints('sensor', 'temperature', 5);
    fleet.storedPoints('', 'temperature', 2);
    for (const count of [NaN, -1, 0, Infinity]) fleet.storedPoints('sensor', 'temperature', count);
    expect(await samples('valtronics_telemetry_points_total')).toEqual({
      'sensor,temperature': 5,
      'unknown,temperature': 2,
    });
    expect(fleet.telemetry().points).toBe(7);
  });
});

describe('the ingest lag', () => {
  const bothSources = { inventories: ['postgres'], countingSource: 'mqtt' } as const;

  it('grows while messages come and nothing is stored, and shrinks again, never below 0', async () => {
    const { fleet, samples } = fleetFixture(bothSources);
    const lag = async (): Promise<number | undefined> => {
      fleet.refresh(T0);
      return (await samples('valtronics_telemetry_ingest_lag_points'))?.[''];
    };
    fleet.applyInventory('postgres', [inventoryRow('A')], T0);
    expect(await lag()).toBe(0);
    for (let point = 0; point < 10; point += 1) fleet.point('A', 'temperature', '', point, T0);
    expect(await lag()).toBe(10);
    fleet.storedPoints('sensor', 'temperature', 4);
    expect(await lag()).toBe(6);
    fleet.storedPoints('sensor', 'temperature', 60);
    expect(await lag()).toBe(0);
    fleet.point('A', 'temperature', '', 1, T0);
    expect(await lag()).toBe(1);
    expect(fleet.telemetry().ingestLag).toBe(1);
  });

  it('leaves out what the database cannot store: texts, and devices it does not know', () => {
    const { fleet } = fleetFixture(bothSources);
    fleet.applyInventory('postgres', [inventoryRow('A')], T0);
    fleet.point('A', 'state', '', null, T0);
    fleet.point('stranger', 'temperature', '', 1, T0);
    fleet.refresh(T0);
    expect(fleet.telemetry().ingestLag).toBe(0);
  });

  it.each([
    ['without the database', { inventories: ['api'] as const, mqtt: true }],
    ['without MQTT', { inventories: ['postgres'] as const, mqtt: false }],
    ['on one shard of several', { inventories: ['postgres'] as const, mqtt: true, owns: ownedBy(0, 2) }],
  ])('is absent %s', async (_, options) => {
    const { fleet, samples } = fleetFixture(options);
    fleet.refresh(T0);
    expect(await samples('valtronics_telemetry_ingest_lag_points')).toBeUndefined();
  });
});

describe('expiry', () => {
  it('forgets devices that no inventory stands for, a day after their last message', async () => {
    const { fleet, series, samples } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('api', [inventoryRow('A')], T0);
    fleet.point('B', 'temperature', '', 1, T0);
    fleet.refresh(T0 + 24 * HOUR);
    expect(fleet.find('B')).toMatchObject({ status: 'offline' });
    fleet.refresh(T0 + 24 * HOUR + 1);
    expect(fleet.find('B')).toBeUndefined();
    expect(fleet.find('A')).toMatchObject({ status: 'offline' });
    expect(series().size).toBe(4);
    expect(await samples('valtronics_mqtt_unregistered_devices')).toEqual({ '': 0 });
  });

  it('takes the series of MQTT-only devices along, and gives their room to others', () => {
    const { fleet, series } = fleetFixture({ limits: { maxDevices: 1 } });
    fleet.mqttAvailable(true, T0);
    fleet.point('A', 'temperature', '', 1, T0);
    fleet.refresh(T0 + 25 * HOUR);
    expect(series().size).toBe(0);
    fleet.point('B', 'temperature', '', 2, T0 + 25 * HOUR);
    fleet.refresh(T0 + 25 * HOUR);
    expect([...series().keys()].every((line) => line.includes('"B"'))).toBe(true);
    expect(series().size).toBe(5);
  });

  it('does not wait for a message that never came', () => {
    const { fleet } = fleetFixture();
    fleet.value('A', 'temperature', '', 1, T0);
    fleet.refresh(T0 + 25 * HOUR);
    expect(fleet.find('A')).toBeUndefined();
  });
});

describe('a fleet that is stopped', () => {
  it('has taken all its families away, for good', async () => {
    const { fleet, samples, series } = fleetFixture({ inventories: ['postgres'] });
    fleet.applyInventory('postgres', [inventoryRow('A')], T0);
    fleet.refresh(T0);
    await fleet.stop();
    fleet.refresh(T0 + MINUTE);
    expect(series().size).toBe(0);
    for (const family of [
      'valtronics_devices',
      'valtronics_devices_total',
      'valtronics_mqtt_unregistered_devices',
      'valtronics_telemetry_ingest_lag_points',
    ])
      expect(await samples(family)).toBeUndefined();
  });
});

describe('a shard', () => {
  it('watches its own devices, and every point is counted once', async () => {
    const shards = [0, 1, 2].map((shard) => fleetFixture({ inventories: ['api'], owns: ownedBy(shard, 3) }));
    const ids = Array.from({ length: 30 }, (_, index) => `MOCK-${1000 + index}`);
    for (const { fleet } of shards) {
      fleet.mqttAvailable(true, T0);
      fleet.heard('1007', T0);
      fleet.applyInventory(
        'api',
        ids.map((id) => inventoryRow(id)),
        T0,
      );
      for (const id of ids) fleet.point(id.slice(5), 'temperature', '', 1, T0 + SECOND);
      fleet.point('stranger', 'temperature', '', 1, T0 + SECOND);
      fleet.refresh(T0 + SECOND);
    }
    const listed = shards.flatMap(({ fleet }) =>
      fleet.list({ limit: 99 }).items.map(({ deviceId }) => deviceId),
    );
    expect(listed.sort()).toEqual([...ids, 'stranger'].sort());
    const counted = await Promise.all(
      shards.map(({ samples }) => samples('valtronics_telemetry_points_total')),
    );
    const sum = (label: string): number => counted.reduce((total, all) => total + (all?.[label] ?? 0), 0);
    expect([sum('sensor,temperature'), sum('unknown,temperature')]).toEqual([30, 1]);
  });

  it('counts stored points only where it is told to', async () => {
    const options = { inventories: ['postgres'], countingSource: 'postgres', mqtt: false } as const;
    const { fleet, samples } = fleetFixture({ ...options, owns: ownedBy(1, 2), countsStored: false });
    fleet.storedPoints('sensor', 'temperature', 9);
    expect(await samples('valtronics_telemetry_points_total')).toBeUndefined();
  });
});

describe('hostile names', () => {
  it('do no harm anywhere', async () => {
    const { fleet, series, samples, time } = fleetFixture({ inventories: ['postgres', 'api'] });
    fleet.mqttAvailable(true, T0);
    const rows = HOSTILE.map((text) =>
      inventoryRow(text, {
        name: text,
        deviceType: text,
        location: text,
        manufacturer: text,
        model: text,
        firmwareVersion: text,
        status: text,
      }),
    );
    for (let round = 0; round < 2; round += 1) {
      time.now = T0 + round * MINUTE;
      for (const text of HOSTILE) {
        fleet.heard(text, time.now);
        fleet.report(text, text, time.now);
        fleet.retainedReport(text, text, null);
        for (const metric of HOSTILE) fleet.point(text, metric, text, 1, time.now);
        fleet.value(text, text, text, 2, time.now);
        fleet.storedPoints(text, text, 1);
      }
      fleet.applyInventory('api', rows, time.now);
      fleet.applyInventory('postgres', rows, time.now);
      fleet.refresh(time.now);
    }
    const { items } = fleet.list({ limit: 99 });
    expect(items).toHaveLength(HOSTILE.length);
    for (const item of items) {
      expect(item).toMatchObject({ registered: true, status: 'unknown' });
      expect(item.values).toHaveLength(HOSTILE.length);
      expect(fleet.find(item.deviceId)).toEqual(item);
    }
    for (const line of series().keys()) expect(Array.from(line).length).toBeLessThan(7 * 256 + 200);
    expect(series().size).toBe(HOSTILE.length * (4 + HOSTILE.length));
    expect(await samples('valtronics_devices')).toMatchObject({ unknown: HOSTILE.length });
    expect(fleet.list({ limit: 99, text: '<IMG' }).items).toHaveLength(1);
  });

  it('that are too long stay apart, and are counted once for each text', async () => {
    const { fleet, samples } = fleetFixture();
    for (const end of ['a', 'b', 'a'])
      fleet.point('i'.repeat(300) + end, 'm'.repeat(300) + end, 'u'.repeat(300), 1, T0);
    expect(fleet.list({ limit: 9 }).items).toHaveLength(2);
    expect(await samples('valtronics_series_dropped_total')).toMatchObject({ label_length: 5 });
  });
});
