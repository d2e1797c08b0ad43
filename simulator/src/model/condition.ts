import type { DeviceStatus } from './events.ts';

/**
 * How a device really is. `silent` says nothing any more and nobody sets it offline (the platform never
 * does); `drift` measures beyond its thresholds; `alarm` calls for help over MQTT again and again; the others are reported as the device's status.
 */
export type Condition =
  'healthy' | 'error' | 'warning' | 'offline' | 'maintenance' | 'silent' | 'drift' | 'alarm';

/** The conditions into which a device can be broken by hand. */
export const BREAKABLE = ['error', 'silent', 'warning', 'offline', 'maintenance', 'drift', 'alarm'] as const;
export type Breakage = (typeof BREAKABLE)[number];

/** The status that a device in this condition reports, or undefined when it reports none. */
export function reportedStatus(condition: Condition): DeviceStatus | undefined {
  switch (condition) {
    case 'healthy':
    case 'drift':
    case 'alarm':
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
