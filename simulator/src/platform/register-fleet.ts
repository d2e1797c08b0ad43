import type { FleetModel } from '../model/fleet-model.ts';
import { createRandom, seedOf } from '../model/random.ts';
import { ambientAlert } from '../model/alert-texts.ts';
import type { Platform } from './platform.ts';

const HOUR = 3_600_000;
const PAST_ALERTS = 24;

/**
 * Puts the fleet into the platform's tables: registered over the days before, seen a moment ago, and with a
 * day of alerts that are resolved by now.
 */
export function registerFleet(platform: Platform, fleet: FleetModel, seed: number, startTime: number): void {
  const random = createRandom(seedOf(seed, -2));
  for (const spec of fleet.roster) {
    const createdAt = startTime - random.between(24, 30 * 24) * HOUR;
    platform.devices.add(
      {
        deviceId: spec.id,
        name: spec.name,
        deviceType: spec.deviceType,
        manufacturer: spec.manufacturer,
        model: spec.model,
        firmwareVersion: spec.firmwareVersion,
        location: spec.location,
        status: 'online',
        lastSeen: Math.round((startTime - random.between(1, 30) * 1000) * 1000) / 1000,
      },
      Math.round(createdAt * 1000) / 1000,
    );
  }
  for (let number = 0; number < PAST_ALERTS; number++) {
    const raisedAt = startTime - ((PAST_ALERTS - number - random.next()) * 24 * HOUR) / PAST_ALERTS;
    const spec = random.pick(fleet.roster);
    const device = platform.devices.byDeviceId(spec.id);
    if (device === undefined) continue;
    const row = platform.alerts.add(
      { ...ambientAlert(spec, random), deviceId: device.id },
      Math.floor(raisedAt),
    );
    const resolvedAt = Math.min(startTime, Math.floor(raisedAt + random.between(2, 40) * 60_000));
    platform.alerts.resolve(row, resolvedAt);
  }
}
