import { describe, expect, it } from '@jest/globals';
import { fleetFixture, HOUR, inventoryRow, MINUTE, SECOND, T0 } from '../../test/support/fleet-fixture.ts';

function mqttFleet(options: Parameters<typeof fleetFixture>[0] = {}): ReturnType<typeof fleetFixture> {
  const fixture = fleetFixture(options);
  fixture.fleet.mqttAvailable(true, T0);
  return fixture;
}

function telemetry({ series }: ReturnType<typeof fleetFixture>): [string, number][] {
  const begin = 'valtronics_device_telemetry{device_id=';
  return [...series()]
    .filter(([line]) => line.startsWith(begin))
    .map(([line, value]) => [line.slice(begin.length, -1), value]);
}

describe('newest values', () => {
  it('are one series for each metric', () => {
    const fixture = mqttFleet();
    fixture.fleet.point('A', 'temperature', '°C', 20, T0);
    fixture.fleet.point('A', 'humidity', '%', 40, T0);
    fixture.fleet.point('A', 'temperature', '°C', 21, T0);
    expect(telemetry(fixture)).toEqual([
      ['"A",metric_name="temperature",unit="°C"', 21],
      ['"A",metric_name="humidity",unit="%"', 40],
    ]);
  });

  it('move to the unit that came last', () => {
    const fixture = mqttFleet();
    fixture.fleet.point('A', 'temperature', '°C', 20, T0);
    fixture.fleet.point('A', 'temperature', 'K', 293, T0);
    expect(telemetry(fixture)).toEqual([['"A",metric_name="temperature",unit="K"', 293]]);
  });

  it.each([null, NaN, Infinity, -Infinity])('are left as they are by %p', (value) => {
    const fixture = mqttFleet();
    fixture.fleet.point('A', 'state', '', value, T0);
    fixture.fleet.point('A', 'temperature', '', 20, T0);
    fixture.fleet.point('A', 'temperature', '', value, T0);
    expect(telemetry(fixture)).toEqual([['"A",metric_name="temperature",unit=""', 20]]);
  });

  it('from SQL or retained ones count only when newer, and are never from the future', () => {
    const fixture = mqttFleet();
    const { fleet, time } = fixture;
    time.now = T0 + MINUTE;
    fleet.point('A', 'temperature', '', 20, T0 + MINUTE);
    fleet.value('A', 'temperature', '', 10, T0);
    expect(fleet.find('A')?.values).toMatchObject([{ value: 20 }]);
    time.now = T0 + 2 * MINUTE;
    fleet.value('A', 'temperature', '', 30, T0 + 9 * HOUR);
    expect(fleet.find('A')?.values).toMatchObject([
      { value: 30, at: new Date(T0 + 2 * MINUTE).toISOString() },
    ]);
    fleet.point('A', 'temperature', '', 40, T0 + 2 * MINUTE);
    expect(fleet.find('A')?.values).toMatchObject([{ value: 40 }]);
    fleet.value('A', 'temperature', '', NaN, T0 + 3 * MINUTE);
    expect(fleet.find('A')?.values).toMatchObject([{ value: 40 }]);
  });

  it('that are no live messages are neither counted nor a sign of life', async () => {
    const { fleet, samples } = mqttFleet();
    fleet.value('A', 'temperature', '', 20, T0);
    expect(fleet.find('A')?.lastSeen).toBeNull();
    expect(await samples('valtronics_telemetry_points_total')).toBeUndefined();
  });

  it('make no device once the inventory is known', () => {
    const { fleet } = mqttFleet({ inventories: ['postgres'] });
    fleet.value('A', 'temperature', '', 20, T0);
    fleet.applyInventory('postgres', [inventoryRow('B')], T0);
    fleet.value('C', 'temperature', '', 20, T0);
    expect(fleet.list({ limit: 9 }).items.map(({ deviceId }) => deviceId)).toEqual(['A', 'B']);
  });
});

describe('a value that is not renewed', () => {
  it('loses its series after an hour, is listed for a day, and comes back', () => {
    const fixture = mqttFleet();
    const { fleet } = fixture;
    fleet.point('A', 'temperature', '', 20, T0);
    fleet.point('A', 'humidity', '', 40, T0);
    for (let minute = 0; minute <= 61; minute += 1)
      fleet.point('A', 'humidity', '', minute, T0 + minute * MINUTE);
    fleet.refresh(T0 + HOUR);
    expect(telemetry(fixture)).toHaveLength(2);
    fleet.refresh(T0 + 61 * MINUTE);
    expect(telemetry(fixture)).toEqual([['"A",metric_name="humidity",unit=""', 61]]);
    expect(fleet.find('A')?.values.map(({ metric }) => metric)).toEqual(['humidity', 'temperature']);
    fleet.point('A', 'temperature', '', 21, T0 + 62 * MINUTE);
    expect(telemetry(fixture)).toHaveLength(2);
  });

  it('is forgotten after a day', () => {
    const fixture = mqttFleet();
    const { fleet } = fixture;
    fleet.point('A', 'temperature', '', 20, T0);
    for (let hour = 0; hour <= 25; hour += 1) fleet.point('A', 'humidity', '', 40, T0 + hour * HOUR);
    fleet.refresh(T0 + 25 * HOUR);
    expect(fleet.find('A')?.values.map(({ metric }) => metric)).toEqual(['humidity']);
  });

  it('has the patience of a slow device', () => {
    const fixture = mqttFleet();
    const { fleet } = fixture;
    for (let hour = 0; hour < 4; hour += 1) fleet.point('A', 'temperature', '', hour, T0 + hour * HOUR);
    fleet.refresh(T0 + 6 * HOUR);
    expect(telemetry(fixture)).toHaveLength(1);
    fleet.refresh(T0 + 6 * HOUR + SECOND);
    expect(telemetry(fixture)).toHaveLength(0);
  });
});

describe('caps', () => {
  const dropped = async (fixture: ReturnType<typeof fleetFixture>): Promise<Record<string, number>> => {
    const all = (await fixture.samples('valtronics_series_dropped_total')) ?? {};
    return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
  };

  it('fold metric names into "other", which has no series of a device', async () => {
    const fixture = mqttFleet({ limits: { maxMetricNames: 1 } });
    for (let round = 0; round < 3; round += 1) {
      for (const metric of ['a', 'b', 'c']) fixture.fleet.point('A', metric, '', 1, T0);
    }
    expect(telemetry(fixture)).toEqual([['"A",metric_name="a",unit=""', 1]]);
    expect(await fixture.samples('valtronics_telemetry_points_total')).toEqual({
      'unknown,a': 3,
      'unknown,other': 6,
    });
    expect(await dropped(fixture)).toEqual({ metric_names: 2 });
  });

  it('fold units and types into "other"', async () => {
    const fixture = mqttFleet({ inventories: ['api'], limits: { maxUnits: 1, maxDeviceTypes: 2 } });
    const rows = ['sensor', 'gateway', 'robot'].map((deviceType, index) =>
      inventoryRow(`D${index}`, { deviceType }),
    );
    fixture.fleet.applyInventory('api', rows, T0);
    for (const { identity } of rows)
      fixture.fleet.point(identity.deviceId, 'a', `u${identity.deviceId}`, 1, T0);
    expect(telemetry(fixture).map(([line]) => line)).toEqual([
      '"D0",metric_name="a",unit="uD0"',
      '"D1",metric_name="a",unit="other"',
      '"D2",metric_name="a",unit="other"',
    ]);
    expect(await fixture.samples('valtronics_telemetry_points_total')).toEqual({
      'sensor,a': 1,
      'other,a': 2,
    });
    expect(await dropped(fixture)).toEqual({ units: 2, device_types: 2 });
    expect(fixture.fleet.find('D2')?.deviceType).toBe('robot');
  });

  it('bound the metrics of one device', async () => {
    const fixture = mqttFleet({ limits: { maxMetricsPerDevice: 2 } });
    for (const metric of ['a', 'b', 'c', 'd', 'c', 'a']) fixture.fleet.point('A', metric, '', 1, T0);
    expect(telemetry(fixture)).toHaveLength(2);
    expect(await dropped(fixture)).toEqual({ device_metrics: 2 });
    expect(await fixture.samples('valtronics_telemetry_points_total')).toMatchObject({
      'unknown,d': 1,
      'unknown,c': 2,
    });
  });

  it('count registered devices over the cap, which have no series', async () => {
    const fixture = mqttFleet({ inventories: ['api'], limits: { maxDevices: 2 } });
    const rows = ['A', 'B', 'C', 'D'].map((id) => inventoryRow(id));
    fixture.fleet.applyInventory('api', rows, T0);
    for (const id of ['C', 'C', 'A']) fixture.fleet.point(id, 'a', '', 1, T0);
    for (const second of [0, 1, 2]) fixture.fleet.refresh(T0 + second * SECOND);
    expect(await fixture.samples('valtronics_devices')).toMatchObject({ online: 4 });
    expect([...fixture.series().keys()].filter((line) => /device_id="[CD]"/.test(line))).toEqual([]);
    expect(fixture.series().size).toBe(9);
    expect(await dropped(fixture)).toEqual({ devices: 2 });
    expect(await fixture.samples('valtronics_telemetry_points_total')).toEqual({ 'sensor,a': 3 });

    fixture.fleet.applyInventory('api', rows.slice(1), T0 + MINUTE);
    fixture.fleet.point('C', 'a', '', 7, T0 + MINUTE);
    expect(telemetry(fixture)).toEqual([['"C",metric_name="a",unit=""', 7]]);
    expect(await dropped(fixture)).toEqual({ devices: 2 });
  });

  it('do not track unregistered devices over the cap, yet count their points', async () => {
    const fixture = mqttFleet({ limits: { maxDevices: 2 } });
    for (const id of ['A', 'B', 'C', 'D', 'C', 'D']) fixture.fleet.point(id, 'a', '', 1, T0);
    expect(fixture.fleet.list({ limit: 9 }).items.map(({ deviceId }) => deviceId)).toEqual(['A', 'B']);
    expect(await dropped(fixture)).toEqual({ devices: 2 });
    expect(await fixture.samples('valtronics_telemetry_points_total')).toEqual({ 'unknown,a': 6 });
  });

  it('give registered devices the room that strangers took', () => {
    const fixture = mqttFleet({ inventories: ['api'], limits: { maxDevices: 2 } });
    for (const id of ['X', 'Y']) fixture.fleet.heard(id, T0);
    fixture.fleet.applyInventory(
      'api',
      ['A', 'B'].map((id) => inventoryRow(id)),
      T0,
    );
    expect(fixture.series().size).toBe(8);
  });
});
