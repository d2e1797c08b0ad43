import type { FleetPicture } from '../../features/fleet/fleetPicture';
import { isFiring } from '../../domain/alerts/alert';
import type { AlertPicture } from '../../features/alerts/data/alertLoader';

/** How many alerts fire for each device, by label `device_id`; undefined while the store cannot be asked. */
export function alertsByDevice({ alerts, problems }: AlertPicture): ReadonlyMap<string, number> | undefined {
  if (problems.some(({ source, knownAt }) => source === 'exporter' && knownAt === undefined))
    return undefined;
  const counts = new Map<string, number>();
  for (const alert of alerts) {
    const device = alert.labels.device_id;
    if (device !== undefined && isFiring(alert)) counts.set(device, (counts.get(device) ?? 0) + 1);
  }
  return counts;
}

/** The picture with the alerts of every source in it, for a picture of the present. */
export function withAlertCounts(picture: FleetPicture, counts: ReadonlyMap<string, number>): FleetPicture {
  return {
    ...picture,
    devices: picture.devices.map((device) => ({ ...device, alerts: counts.get(device.deviceId) ?? 0 })),
  };
}
