import { forceCategory, forceCounts } from '../../../kit/canvas/forced-colors';
import type { DeviceSet } from '../data/device';

/** The devices as they are drawn where the system decides the colours: signs and outlines alone tell statuses apart. */
export function forceColors(set: DeviceSet): DeviceSet {
  return {
    ...set,
    devices: set.devices.map((device) => ({ ...device, category: forceCategory(device.category) })),
    groups: set.groups.map((group) => ({ ...group, counts: forceCounts(group.counts) })),
    counts: forceCounts(set.counts),
  };
}
