import { type AlertRow, isMuted, isOpen } from '../../domain/alerts/alert';
import { severityClass } from '../../domain/alerts/severity';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { parseDuration } from '../../domain/duration';
import { choices } from './filter';

/** How the address wants the page as a wall display. */
export interface KioskSettings {
  readonly on: boolean;
  /** Milliseconds for each group; undefined: all groups at once. */
  readonly rotate: number | undefined;
  /** A tone for each critical alert that comes. */
  readonly sound: boolean;
  /** The number of critical alerts in the title of the window. */
  readonly badge: boolean;
}

/** `?kiosk`, `&rotate=30s`, `&sound`, `&badge`. */
export function readKiosk(query: URLSearchParams): KioskSettings {
  const isOn = (name: string): boolean => {
    const text = query.get(name);
    return text !== null && text !== '0' && text !== 'false';
  };
  const on = isOn('kiosk');
  return {
    on,
    rotate: on ? parseDuration(query.get('rotate')) : undefined,
    sound: on && isOn('sound'),
    badge: on && isOn('badge'),
  };
}

/** The groups that are rotated through: device types, as the grid groups. */
export function groupsOf(devices: readonly FleetDevice[]): string[] {
  return choices(devices, 'deviceType');
}

/** A wall display stays where it is while a device is in error: nobody should have to wait for it to come by again. */
export function holdsRotation(devices: readonly FleetDevice[]): boolean {
  return devices.some(({ status }) => status === 'error');
}

/** The critical alerts that nobody has taken on and nobody is spared. */
export function openCriticals(alerts: readonly AlertRow[]): AlertRow[] {
  return alerts.filter(
    (alert) => severityClass(alert.severity) === 'critical' && isOpen(alert) && !isMuted(alert),
  );
}
