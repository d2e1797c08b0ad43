import { describe, expect, it } from '@jest/globals';
import type { FleetEvent } from '../model/events.ts';
import { createFleetModel } from '../model/fleet-model.ts';
import { createFleetWriter, type FleetWriter } from './fleet-writer.ts';
import { createPlatform, type Platform } from './platform.ts';
import { registerFleet } from './register-fleet.ts';
import { nowhere } from './rows.ts';

const START = Date.parse('2026-11-22T23:00:00Z');

interface World {
  readonly platform: Platform;
  readonly writer: FleetWriter;
  readonly events: FleetEvent[];
  readonly state: { available: boolean; storing: boolean };
}

function world(): World {
  const fleet = createFleetModel({
    seed: 1,
    devices: 50,
    startTime: START,
    maxPointsPerSecond: 1500,
    speed: 1,
  });
  const platform = createPlatform(nowhere, 50, []);
  registerFleet(platform, fleet, 1, START);
  const state = { available: true, storing: true };
  const writer = createFleetWriter({
    platform,
    storesTelemetry: () => state.storing && state.available,
    available: () => state.available,
  });
  return { platform, writer, events: fleet.advance(START + 1_200_000), state };
}

describe('registerFleet', () => {
  it('registers every device before the start and leaves only resolved alerts behind', () => {
    const { platform } = world();
    expect(platform.devices.active()).toHaveLength(50);
    for (const row of platform.devices.all()) {
      expect(row.createdAt).toBeLessThan(START);
      expect(row.lastSeen ?? 0).toBeGreaterThan(START - 60_000);
    }
    for (const row of platform.alerts.all()) {
      expect(row.status).toBe('resolved');
      expect(row.createdAt).toBeLessThanOrEqual(row.resolvedAt ?? 0);
      expect(row.createdAt).toBeGreaterThanOrEqual(START - 24 * 3_600_000);
    }
  });
});

describe('createFleetWriter', () => {
  it("stores the mock fleet's telemetry and statuses, and leaves the other family to MQTT", () => {
    const { platform, writer, events } = world();
    events.forEach((event) => writer.write(event));
    const points = events.flatMap((event) =>
      event.kind === 'telemetry' && event.device.family === 'mock' ? event.readings : [],
    );
    expect(platform.telemetry.total).toBe(points.length);
    const gateway = platform.devices.byDeviceId('GATEWAY_001');
    expect(platform.telemetry.latest(gateway?.id ?? 0)).toEqual([]);
    const last = events.findLast((event) => event.kind === 'status' && event.device.family === 'mock');
    if (last?.kind !== 'status') throw new Error('no status changed');
    expect(platform.devices.byDeviceId(last.device.id)?.status).toBe(last.to);
  });

  it('ends with as many active alerts as the fleet has open', () => {
    const { platform, writer, events } = world();
    events.forEach((event) => writer.write(event));
    const open = new Set<number>();
    for (const event of events) {
      if (event.kind === 'alert_raised') open.add(event.number);
      if (event.kind === 'alert_resolved') open.delete(event.number);
    }
    const unresolved = platform.alerts.all().filter((row) => row.status !== 'resolved');
    expect(unresolved).toHaveLength(open.size);
    expect(open.size).toBeGreaterThan(0);
  });

  it('loses telemetry while the database is down, and makes up for the alerts', () => {
    const undisturbed = world();
    undisturbed.events.forEach((event) => undisturbed.writer.write(event));
    const { platform, writer, events, state } = world();
    events.forEach((event, at) => {
      state.available = at < 200 || at > 600;
      writer.write(event);
    });
    expect(platform.telemetry.total).toBeLessThan(undisturbed.platform.telemetry.total);
    expect(platform.alerts.all().map((row) => [row.id, row.status, row.createdAt])).toEqual(
      undisturbed.platform.alerts.all().map((row) => [row.id, row.status, row.createdAt]),
    );
  });

  it('stores no telemetry while the database is stalled, but alerts and statuses', () => {
    const { platform, writer, events, state } = world();
    state.storing = false;
    const before = platform.alerts.all().length;
    events.forEach((event) => writer.write(event));
    expect(platform.telemetry.total).toBe(0);
    expect(platform.alerts.all().length).toBeGreaterThan(before);
  });
});
