import { isFine, needsYou, type DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import type { FleetChanges } from '../../features/fleet/loadChanges';

/** A device in a list of changes; without `after` it is gone. */
export interface Change {
  readonly deviceId: string;
  readonly name: string;
  readonly before: DeviceStatus | undefined;
  readonly after: DeviceStatus | undefined;
}

/** The changes of an hour, each device in one list only. */
export interface ChangeLists {
  readonly wentOffline: readonly Change[];
  readonly brokeDown: readonly Change[];
  readonly cameBack: readonly Change[];
  readonly other: readonly Change[];
  readonly added: readonly Change[];
  readonly removed: readonly Change[];
}

function listOf({ before, after }: Change): 'wentOffline' | 'brokeDown' | 'cameBack' | 'other' {
  if (after === 'offline') return 'wentOffline';
  if (after === 'error') return 'brokeDown';
  const wasAway = before !== undefined && needsYou(before);
  return wasAway && after !== undefined && (isFine(after) || after === 'warning') ? 'cameBack' : 'other';
}

/** Sorts the changes into lists; names and present statuses come from the picture. */
export function changeLists(changes: FleetChanges, devices: readonly FleetDevice[]): ChangeLists {
  const known = new Map(devices.map((device) => [device.deviceId, device]));
  const change = (deviceId: string, before?: DeviceStatus): Change => {
    const device = known.get(deviceId);
    return { deviceId, name: device?.name ?? '', before, after: device?.status };
  };
  const lists: Record<ReturnType<typeof listOf>, Change[]> = {
    wentOffline: [],
    brokeDown: [],
    cameBack: [],
    other: [],
  };
  for (const { deviceId, before } of changes.changed) {
    const entry = change(deviceId, before);
    lists[listOf(entry)].push(entry);
  }
  return {
    ...lists,
    added: changes.added.map((deviceId) => change(deviceId)),
    removed: changes.removed.map((deviceId) => change(deviceId)),
  };
}
