import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fleetFixture, inventoryRow, T0 } from '../../test/support/fleet-fixture.ts';
import {
  EXPIRE_DEVICE,
  EXPIRE_VALUE,
  FleetModel,
  HOUR_MS,
  LIMIT,
  type ModelRow,
} from '../../test/support/fleet-model.ts';
import { STATUS_CODES } from '../metrics/catalogue/devices.ts';
import { isoTime } from './device-view.ts';

type Step =
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'heard'; readonly id: string }
  | { readonly kind: 'report'; readonly id: string; readonly status: string | null }
  | {
      readonly kind: 'point';
      readonly id: string;
      readonly metric: string;
      readonly unit: string;
      readonly value: number | null;
    }
  | { readonly kind: 'inventory'; readonly rows: readonly RelativeRow[] }
  | { readonly kind: 'withdraw' };

/** A row whose times are hours before the list. */
interface RelativeRow extends Omit<ModelRow, 'writtenAt' | 'lastSeen'> {
  readonly written: number | null;
  readonly seen: number | null;
}

const id = fc.constantFrom('1', '2', 'X-1', 'Y-1', 'X-2', 'Q');
const status = fc.constantFrom('online', 'warning', 'error', 'offline', 'maintenance', 'strange', null);
const hours = fc.option(fc.integer({ min: -5, max: 60 }));
const row = fc.record({ id, status, written: hours, seen: hours });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('heard' as const), id }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('report' as const), id, status }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('point' as const),
      id,
      metric: fc.constantFrom('a', 'b', 'c'),
      unit: fc.constantFrom('', '°C'),
      value: fc.option(fc.integer()),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('inventory' as const), rows: fc.array(row, { maxLength: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const) }) },
);

/** What both sides have to agree on after every step. */
interface Picture {
  readonly devices: unknown;
  readonly counts: unknown;
  readonly series: unknown;
}

function pictureOfModel(model: FleetModel, sinceOf: (id: string) => number, now: number): Picture {
  const counts = { online: 0, warning: 0, error: 0, offline: 0, maintenance: 0, unknown: 0 };
  const series = new Map<string, number>();
  const sorted = [...model.devices].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [deviceId, device] of sorted) {
    if (!device.registered) continue;
    counts[device.status] += 1;
    if (!model.available) continue;
    const label = `device_id="${deviceId}"`;
    const type = `device_type="${model.hasInventory ? 'sensor' : 'unknown'}"`;
    const rest = 'location="",manufacturer="",model="",firmware_version=""';
    series.set(`valtronics_device_info{${label},name="",${type},${rest}}`, 1);
    series.set(`valtronics_device_status{${label},${type}}`, STATUS_CODES[device.status]);
    series.set(`valtronics_device_status_since_timestamp_seconds{${label}}`, sinceOf(deviceId) / 1000);
    if (device.lastSeen !== null)
      series.set(`valtronics_device_last_seen_timestamp_seconds{${label}}`, device.lastSeen / 1000);
    for (const [metric, { unit, value, at }] of device.values) {
      if (now - at <= EXPIRE_VALUE)
        series.set(`valtronics_device_telemetry{${label},metric_name="${metric}",unit="${unit}"}`, value);
    }
  }
  return {
    devices: sorted.map(([deviceId, device]) => ({
      deviceId,
      registered: device.registered,
      status: device.status,
      lastSeen: device.lastSeen === null ? null : isoTime(device.lastSeen),
      values: [...device.values]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([metric, { unit, value, at }]) => ({ metric, unit, value, at: isoTime(at) })),
    })),
    counts: { available: model.available, byStatus: counts },
    series: new Map([...series].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function pictureOfFleet({ fleet, series }: ReturnType<typeof fleetFixture>): Picture {
  return {
    devices: fleet
      .list({ limit: 100 })
      .items.map(({ deviceId, registered, status: word, lastSeen, values }) => ({
        deviceId,
        registered,
        status: word,
        lastSeen,
        values,
      })),
    counts: fleet.counts(),
    series: new Map([...series()].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function apply(step: Step, fixture: ReturnType<typeof fleetFixture>, model: FleetModel): void {
  const { fleet, time } = fixture;
  const { now } = time;
  if (step.kind === 'wait') time.now += step.hours * HOUR_MS + 1;
  else if (step.kind === 'heard') {
    fleet.heard(step.id, now);
    model.heard(step.id, now);
  } else if (step.kind === 'report') {
    fleet.report(step.id, step.status, now);
    model.report(step.id, step.status, now);
  } else if (step.kind === 'point') {
    fleet.point(step.id, step.metric, step.unit, step.value, now);
    model.point(step.id, step.metric, step.unit, step.value, now);
  } else if (step.kind === 'withdraw') {
    fleet.withdrawInventory('api');
    model.withdraw();
  } else if (model.hasInventory) {
    const before = (ago: number | null): number | null => (ago === null ? null : now - ago * HOUR_MS);
    const rows = step.rows.map((found) => ({
      id: found.id,
      status: found.status,
      writtenAt: before(found.written),
      lastSeen: before(found.seen),
    }));
    fleet.applyInventory(
      'api',
      rows.map((found) => inventoryRow(found.id, found)),
      now,
    );
    model.applyInventory(rows, now);
  }
}

describe.each([
  ['an inventory', true],
  ['MQTT alone', false],
])('a fleet with %s', (_, hasInventory) => {
  it('is what a naive model says, after any sequence of events', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const fixture = fleetFixture({
          inventories: hasInventory ? ['api'] : [],
          limits: {
            offlineAfter: LIMIT,
            deviceExpireAfter: EXPIRE_DEVICE,
            telemetryExpireAfter: EXPIRE_VALUE,
          },
        });
        const { fleet, time } = fixture;
        const model = new FleetModel(hasInventory);
        fleet.mqttAvailable(true, T0);
        const dates = new Map<string, { readonly status: string; readonly since: string }>();
        for (const next of steps) {
          apply(next, fixture, model);
          fleet.refresh(time.now);
          model.refresh(time.now);
          const { items } = fleet.list({ limit: 100 });
          const sinceOf = (deviceId: string): number =>
            Date.parse(items.find((item) => item.deviceId === deviceId)?.statusSince ?? '');
          expect(pictureOfFleet(fixture)).toEqual(pictureOfModel(model, sinceOf, time.now));
          const registered = new Map(
            items.filter((item) => item.registered).map((item) => [item.deviceId, item]),
          );
          for (const [deviceId, item] of registered) {
            const known = dates.get(deviceId);
            // Two waits apart a status may have gone and come back; without one its date never moves.
            if (next.kind !== 'wait' && known?.status === item.status)
              expect(item.statusSince).toBe(known.since);
            expect(Date.parse(item.statusSince)).toBeLessThanOrEqual(time.now);
          }
          dates.clear();
          for (const [deviceId, item] of registered)
            dates.set(deviceId, { status: item.status, since: item.statusSince });
        }
      }),
      { numRuns: 300 },
    );
  });
});
