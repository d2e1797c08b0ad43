import { describe, expect, it } from '@jest/globals';
import { createAlertStore } from './alert-store.ts';
import { createDeviceStore } from './device-store.ts';
import { nowhere, type RowSink } from './rows.ts';
import { createTelemetryStore } from './telemetry-store.ts';

const HOUR = 3_600_000;

describe('createDeviceStore', () => {
  it('lists active rows in heap order: an updated row moves to the end', () => {
    const store = createDeviceStore(nowhere);
    for (const deviceId of ['a', 'b', 'c']) store.add({ deviceId, name: deviceId, deviceType: 'sensor' }, 1);
    const first = store.get(1);
    if (first === undefined) throw new Error('no row 1');
    store.update(first, { status: 'online' }, 2);
    expect(store.active().map((row) => row.id)).toEqual([2, 3, 1]);
    expect(first).toMatchObject({ status: 'online', updatedAt: 2 });
  });

  it('keeps soft-deleted rows and their ids', () => {
    const store = createDeviceStore(nowhere);
    const row = store.add({ deviceId: 'a', name: 'a', deviceType: 'sensor' }, 1);
    store.update(row, { isActive: false }, 2);
    expect(store.active()).toEqual([]);
    expect(store.byDeviceId('a')).toBe(row);
    expect(row.status).toBe('offline');
  });
});

describe('createAlertStore', () => {
  const alert = { deviceId: 1, title: 't', severity: 'warning', alertType: 'device' };

  it('never gives an id twice, however many rows it throws away', () => {
    const deleted: number[] = [];
    const sink: RowSink = { ...nowhere, alertsDeleted: (ids) => void deleted.push(...ids) };
    const store = createAlertStore(sink, 100);
    for (let number = 0; number < 250; number++) store.resolve(store.add(alert, number), number);
    expect(store.all().length).toBeLessThanOrEqual(100);
    expect(store.add(alert, 300).id).toBe(251);
    expect(deleted.length + store.all().length).toBe(251);
    expect(new Set(deleted).size).toBe(deleted.length);
  });

  it('keeps what is not resolved, however old', () => {
    const store = createAlertStore(nowhere, 10);
    for (let number = 0; number < 30; number++) store.add(alert, number);
    expect(store.all()).toHaveLength(30);
  });

  it('notes when an alert was acknowledged and resolved', () => {
    const store = createAlertStore(nowhere);
    const row = store.add(alert, 1);
    store.acknowledge(row, 2);
    expect(row).toMatchObject({ status: 'acknowledged', acknowledgedAt: 2, resolvedAt: null });
    store.resolve(row, 3);
    expect(row).toMatchObject({ status: 'resolved', resolvedAt: 3 });
  });
});

describe('createTelemetryStore', () => {
  const add = (store: ReturnType<typeof createTelemetryStore>, metricName: string, at: number): number =>
    store.add({ deviceId: 1, metricName, metricValue: at, unit: null }, at).id;

  it('gives the newest first, within time and limit', () => {
    const store = createTelemetryStore(nowhere, 100);
    for (let at = 1; at <= 10; at++) add(store, 'a', at);
    expect(store.ofDevice(1, 8, 100).map((row) => row.timestamp)).toEqual([10, 9, 8]);
    expect(store.ofDevice(1, 0, 2).map((row) => row.timestamp)).toEqual([10, 9]);
    expect(store.ofDevice(2, 0, 2)).toEqual([]);
  });

  it('keeps so many points, the newest of each metric always, and a total that never falls', () => {
    const store = createTelemetryStore(nowhere, 20);
    add(store, 'rare', 1);
    for (let at = 2; at <= 200; at++) add(store, 'frequent', at);
    expect(store.ofDevice(1, 0, 1000).length).toBeLessThanOrEqual(25);
    expect(store.latest(1).map((row) => row.metricName)).toEqual(['rare', 'frequent']);
    expect(store.total).toBe(200);
  });

  it('counts by hour of day, and forgets after a day', () => {
    const store = createTelemetryStore(nowhere, 20);
    add(store, 'a', 0);
    add(store, 'a', HOUR);
    add(store, 'a', HOUR + 1);
    expect(store.hourly(0)).toEqual(
      new Map([
        [0, 1],
        [1, 2],
      ]),
    );
    expect(store.hourly(HOUR)).toEqual(new Map([[1, 2]]));
    add(store, 'a', 30 * HOUR);
    expect(store.hourly(0)).toEqual(new Map([[6, 1]]));
  });

  it('removes a point everywhere', () => {
    const removed: number[] = [];
    const store = createTelemetryStore(
      { ...nowhere, telemetryDeleted: (ids) => void removed.push(...ids) },
      20,
    );
    const row = store.add({ deviceId: 1, metricName: 'a', metricValue: NaN, unit: null }, 1);
    store.remove(row);
    expect(removed).toEqual([1]);
    expect(store.ofDevice(1, 0, 10)).toEqual([]);
    expect(store.latest(1)).toEqual([]);
  });
});
