import type { DeviceSpec } from './device-spec.ts';
import { kindOf } from './kinds/index.ts';

/** Points a second that the fleet sends at its kinds' own intervals. */
export function naturalRate(roster: readonly DeviceSpec[]): number {
  return roster.reduce((sum, spec) => {
    const kind = kindOf(spec.kind);
    return sum + (kind.points * 1000) / kind.interval;
  }, 0);
}

/**
 * The factor by which every interval is stretched so that a large fleet stays below the given rate:
 * 1 for a fleet that is slow enough by itself.
 */
export function stretchFor(roster: readonly DeviceSpec[], pointsPerSecond: number): number {
  return Math.max(1, naturalRate(roster) / pointsPerSecond);
}

/** Milliseconds between two troubles in a fleet of that size: 45 s for 50 devices, more often in larger ones. */
export function troubleInterval(devices: number): number {
  return 45_000 * (50 / devices) ** 0.75;
}
