import { describe, expect, it } from '@jest/globals';
import { fleetFixture, HOUR, inventoryRow, MINUTE, SECOND, T0 } from '../../test/support/fleet-fixture.ts';

const iso = (at: number): string => new Date(at).toISOString();

function mqttFleet(): ReturnType<typeof fleetFixture> {
  const fixture = fleetFixture();
  fixture.fleet.mqttAvailable(true, T0);
  return fixture;
}

describe('silence', () => {
  it('makes a device offline, dated by the moment at which the limit passed', () => {
    const { fleet, series } = mqttFleet();
    fleet.report('A', 'warning', T0);
    fleet.refresh(T0 + 5 * MINUTE);
    expect(fleet.find('A')?.status).toBe('warning');
    fleet.refresh(T0 + 9 * MINUTE);
    expect(fleet.find('A')).toMatchObject({ status: 'offline', statusSince: iso(T0 + 5 * MINUTE) });
    expect(series().get('valtronics_device_status{device_id="A",device_type="unknown"}')).toBe(4);
    expect(series().get('valtronics_device_status_since_timestamp_seconds{device_id="A"}')).toBe(
      (T0 + 5 * MINUTE) / 1000,
    );
    fleet.refresh(T0 + 20 * MINUTE);
    expect(fleet.find('A')?.statusSince).toBe(iso(T0 + 5 * MINUTE));
  });

  it('ends with a message, and the status before it begins anew', () => {
    const { fleet } = mqttFleet();
    fleet.report('A', 'warning', T0);
    fleet.refresh(T0 + 9 * MINUTE);
    fleet.point('A', 'temperature', '', null, T0 + 10 * MINUTE);
    expect(fleet.find('A')).toMatchObject({ status: 'warning', statusSince: iso(T0 + 10 * MINUTE) });
  });

  it('is noticed by the message that ends it, when nobody looked in between', () => {
    const { fleet } = mqttFleet();
    fleet.heard('A', T0);
    fleet.heard('A', T0 + 10 * MINUTE);
    expect(fleet.find('A')).toMatchObject({ status: 'online', statusSince: iso(T0 + 10 * MINUTE) });
  });

  it('gives a slow device three of its intervals', () => {
    const { fleet } = mqttFleet();
    for (let hour = 0; hour < 5; hour += 1) fleet.heard('A', T0 + hour * HOUR);
    fleet.refresh(T0 + 7 * HOUR);
    expect(fleet.find('A')?.status).toBe('online');
    fleet.refresh(T0 + 7 * HOUR + SECOND);
    expect(fleet.find('A')).toMatchObject({ status: 'offline', statusSince: iso(T0 + 7 * HOUR) });
  });

  it('takes a burst of messages for one', () => {
    const { fleet } = mqttFleet();
    for (let hour = 0; hour < 4; hour += 1) {
      for (let part = 0; part < 20; part += 1) fleet.heard('A', T0 + hour * HOUR + part * 40);
    }
    fleet.refresh(T0 + 5 * HOUR);
    expect(fleet.find('A')?.status).toBe('online');
  });

  it('learns the interval of a device that only the inventory hears', () => {
    const { fleet } = fleetFixture({ inventories: ['api'], mqtt: false });
    for (let hour = 0; hour < 4; hour += 1) {
      const at = T0 + hour * HOUR;
      for (const poll of [0, 20, 40])
        fleet.applyInventory('api', [inventoryRow('A', { lastSeen: at })], at + poll * MINUTE);
    }
    fleet.refresh(T0 + 5 * HOUR);
    expect(fleet.find('A')?.status).toBe('online');
  });

  it('never overrules maintenance', () => {
    const { fleet } = mqttFleet();
    fleet.report('A', 'Maintenance', T0);
    fleet.refresh(T0 + HOUR);
    expect(fleet.find('A')).toMatchObject({ status: 'maintenance', statusSince: iso(T0) });
    fleet.heard('A', T0 + 2 * HOUR);
    expect(fleet.find('A')).toMatchObject({ status: 'maintenance', statusSince: iso(T0) });
  });
});

describe('a last will', () => {
  it('is a status and no sign of life', () => {
    const { fleet } = mqttFleet();
    fleet.heard('A', T0);
    fleet.report('A', 'Offline', T0 + MINUTE);
    expect(fleet.find('A')).toMatchObject({
      status: 'offline',
      statusSince: iso(T0 + MINUTE),
      lastSeen: iso(T0),
    });
  });

  it('makes a device offline that was never heard', () => {
    const { fleet } = mqttFleet();
    fleet.report('A', 'offline', T0);
    expect(fleet.find('A')).toMatchObject({ status: 'offline', lastSeen: null });
    fleet.report('A', 'online', T0 + MINUTE);
    expect(fleet.find('A')).toMatchObject({ status: 'online', lastSeen: iso(T0 + MINUTE) });
  });

  it('is told from the status that a database gives every new row', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('api', [inventoryRow('A', { status: 'offline', lastSeen: null })], T0);
    expect(fleet.find('A')?.status).toBe('unknown');
    fleet.report('A', 'offline', T0 + MINUTE);
    expect(fleet.find('A')?.status).toBe('offline');
  });
});

describe('a polled status', () => {
  const poll = (
    fixture: ReturnType<typeof fleetFixture>,
    status: string | null,
    at: number,
    writtenAt = at,
  ): void =>
    fixture.fleet.applyInventory('api', [inventoryRow('A', { status, writtenAt, lastSeen: at })], at);

  it('dates from when it was written at first sight, and from its change afterwards', () => {
    const fixture = fleetFixture({ inventories: ['api'], mqtt: false });
    poll(fixture, 'error', T0, T0 - HOUR);
    expect(fixture.fleet.find('A')).toMatchObject({ status: 'error', statusSince: iso(T0 - HOUR) });
    poll(fixture, 'error', T0 + MINUTE);
    expect(fixture.fleet.find('A')?.statusSince).toBe(iso(T0 - HOUR));
    poll(fixture, 'online', T0 + 2 * MINUTE, T0 - HOUR);
    expect(fixture.fleet.find('A')).toMatchObject({ status: 'online', statusSince: iso(T0 + 2 * MINUTE) });
  });

  it.each([
    ['in the future', T0 + HOUR],
    ['nonsense', NaN],
    ['unknown', null],
  ])('dates from now when the date of writing is %s', (_, writtenAt) => {
    const { fleet } = fleetFixture({ inventories: ['api'], mqtt: false });
    fleet.applyInventory('api', [inventoryRow('A', { writtenAt })], T0);
    expect(fleet.find('A')?.statusSince).toBe(iso(T0));
  });

  it('never moves the date while the status only changes its case', () => {
    const fixture = fleetFixture({ inventories: ['api'], mqtt: false });
    poll(fixture, 'Error', T0);
    poll(fixture, ' ERROR', T0 + MINUTE);
    expect(fixture.fleet.find('A')).toMatchObject({
      statusSince: iso(T0),
      reported: [{ status: 'error', at: iso(T0) }],
    });
  });

  it('of a device that was never heard is unknown', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('api', [inventoryRow('A', { lastSeen: null })], T0);
    expect(fleet.find('A')).toMatchObject({ status: 'unknown', lastSeen: null });
    fleet.refresh(T0 + 9 * HOUR);
    expect(fleet.find('A')?.status).toBe('unknown');
    fleet.heard('A', T0 + 9 * HOUR);
    expect(fleet.find('A')).toMatchObject({ status: 'online' });
  });

  it('of a device that is silent already is offline at once', () => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.mqttAvailable(true, T0);
    const row = inventoryRow('A', { writtenAt: T0 - 20 * HOUR, lastSeen: T0 - 10 * HOUR });
    fleet.applyInventory('api', [row], T0);
    expect(fleet.find('A')).toMatchObject({
      status: 'offline',
      statusSince: iso(T0 - 10 * HOUR + 5 * MINUTE),
    });
  });
});

describe('the last sign of life', () => {
  it('is never in the future', () => {
    const { fleet, series } = fleetFixture({ inventories: ['api'] });
    fleet.applyInventory('api', [inventoryRow('A', { lastSeen: T0 + 9 * HOUR })], T0);
    fleet.heard('A', T0 + 3 * HOUR);
    fleet.refresh(T0 + MINUTE);
    expect(fleet.find('A')?.lastSeen).toBe(iso(T0 + MINUTE));
    expect(series().get('valtronics_device_last_seen_timestamp_seconds{device_id="A"}')).toBe(
      (T0 + MINUTE) / 1000,
    );
  });

  it('is the newest, whatever order messages come in', () => {
    const { fleet } = mqttFleet();
    for (const second of [5, 3, 9, 1]) fleet.heard('A', T0 + second * SECOND);
    expect(fleet.find('A')?.lastSeen).toBe(iso(T0 + 9 * SECOND));
  });

  it.each([NaN, Infinity, -Infinity])('is not destroyed by the time %d', (at) => {
    const { fleet } = mqttFleet();
    fleet.heard('A', T0);
    fleet.report('A', 'error', at);
    fleet.point('A', 'temperature', '', 1, at);
    fleet.refresh(T0 + SECOND);
    expect(fleet.list({ limit: 9 }).items).toHaveLength(1);
  });
});

describe('reports over MQTT', () => {
  it('that are older than the newest change nothing', () => {
    const { fleet } = mqttFleet();
    fleet.report('A', 'error', T0 + MINUTE);
    fleet.report('A', 'online', T0);
    expect(fleet.find('A')).toMatchObject({ status: 'error', reported: [{ status: 'error' }] });
  });

  it('that say the same again keep the date', () => {
    const { fleet } = mqttFleet();
    for (const minute of [0, 1, 2, 3]) fleet.report('A', 'error', T0 + minute * MINUTE);
    expect(fleet.find('A')?.statusSince).toBe(iso(T0));
  });

  it('win over an older polled change, and lose to a newer one', () => {
    const fixture = fleetFixture({ inventories: ['api'] });
    const { fleet } = fixture;
    const poll = (status: string, at: number): void =>
      fleet.applyInventory('api', [inventoryRow('A', { status, lastSeen: at })], at);
    poll('online', T0);
    fleet.report('A', 'error', T0 + SECOND);
    poll('online', T0 + 2 * SECOND);
    expect(fleet.find('A')?.status).toBe('error');
    poll('warning', T0 + 3 * SECOND);
    expect(fleet.find('A')).toMatchObject({ status: 'warning', statusSince: iso(T0 + 3 * SECOND) });
  });
});

describe('a retained report', () => {
  it('is used while nothing newer is known, and is no sign of life', () => {
    const { fleet, time } = mqttFleet();
    time.now = T0 + HOUR;
    fleet.retainedReport('A', 'error', T0);
    expect(fleet.find('A')).toMatchObject({
      status: 'unknown',
      lastSeen: null,
      reported: [{ status: 'error', at: iso(T0) }],
    });
    fleet.heard('A', T0 + HOUR);
    expect(fleet.find('A')).toMatchObject({ status: 'error' });
    fleet.report('A', 'online', T0 + HOUR);
    fleet.retainedReport('A', 'error', T0 + MINUTE);
    fleet.retainedReport('A', 'error', null);
    expect(fleet.find('A')).toMatchObject({ status: 'online' });
  });

  it.each([null, T0 + 100 * HOUR, NaN])('dated %p is the oldest of all', (at) => {
    const { fleet } = fleetFixture({ inventories: ['api'] });
    fleet.retainedReport('A', 'error', at);
    fleet.applyInventory('api', [inventoryRow('A', { status: 'online', writtenAt: 1 })], T0);
    expect(fleet.find('A')).toMatchObject({
      status: 'online',
      reported: [{ source: 'api' }, { at: iso(0) }],
    });
  });

  it('of a device that is long gone makes none', () => {
    const { fleet } = mqttFleet();
    fleet.retainedReport('A', 'error', T0 - 25 * HOUR);
    expect(fleet.find('A')).toBeUndefined();
  });
});
