import type { Alert } from '../alert.ts';
import type { Subject } from './window.ts';

/** What the fleet knows of a device; undefined for a device that it does not know. */
export type DeviceLookup = (
  deviceId: string,
) => { readonly deviceType: string; readonly location: string } | undefined;

/** What the alert is about: from its labels, and what they do not say from the fleet. */
export function subjectOf({ labels }: Pick<Alert, 'labels'>, lookup: DeviceLookup): Subject {
  const { device_id: deviceId, device_type: deviceType, location } = labels;
  if (deviceId === undefined || (deviceType !== undefined && location !== undefined))
    return { deviceId, deviceType, location };
  const device = lookup(deviceId);
  return {
    deviceId,
    deviceType: deviceType ?? device?.deviceType,
    location: location ?? device?.location,
  };
}
