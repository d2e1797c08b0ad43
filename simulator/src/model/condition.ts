import type { DeviceStatus } from './events.ts';

/**
 * How a device really is. `silent` says nothing any more and nobody sets it offline (the platform never
 * does); `drift` measures beyond its thresholds; the others are reported as the device's status.
 */
export type Condition = 'healthy' | 'error' | 'warning' | 'offline' | 'maintenance' | 'silent' | 'drift';

/** The conditions into which a device can be broken by hand. */
export const BREAKABLE = ['error', 'silent', 'warning', 'offline', 'maintenance', 'drift'] as const;
export type Breakage = (typeof BREAKABLE)[number];

/** The status that a device in this condition reports, or undefined when it reports none. */
export function reportedStatus(condition: Condition): DeviceStatus | undefined {
  switch (condition) {
    case 'healthy':
    case 'drift':
      return 'online';
    case 'silent':
      return undefined;
    default:
      return condition;
  }
}

/** False for devices that send nothing: no telemetry, no heartbeat. */
export function talks(condition: Condition): boolean {
  return condition !== 'silent' && condition !== 'offline';
}
