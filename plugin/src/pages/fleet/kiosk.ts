import type { FleetDevice } from '../../api/fleetPicture';
import { parseDuration } from '../../hooks/duration';
import { choices } from './filter';

/** How the address wants the page as a wall display. */
export interface KioskSettings {
  readonly on: boolean;
  /** Milliseconds for each group; undefined: all groups at once. */
  readonly rotate: number | undefined;
}

/** `?kiosk` and `&rotate=30s`. */
export function readKiosk(query: URLSearchParams): KioskSettings {
  const text = query.get('kiosk');
  const on = text !== null && text !== '0' && text !== 'false';
  return { on, rotate: on ? parseDuration(query.get('rotate')) : undefined };
}

/** The groups that are rotated through: device types, as the grid groups. */
export function groupsOf(devices: readonly FleetDevice[]): string[] {
  return choices(devices, 'deviceType');
}

/** A wall display stays where it is while a device is in error: nobody should have to wait for it to come by again. */
export function holdsRotation(devices: readonly FleetDevice[]): boolean {
  return devices.some(({ status }) => status === 'error');
}
