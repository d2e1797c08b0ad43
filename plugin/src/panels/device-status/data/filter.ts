import { arrange } from './arrange';
import type { Filter } from '../../../kit/legend/filter';
import type { Device, DeviceSet } from './device';
import type { DeviceStatusOptions } from '../options/options';

function textOf(device: Device): string {
  return `${device.name}\u0000${device.id ?? ''}\u0000${device.group}\u0000${device.text}`.toLowerCase();
}

/** The devices that pass the filter, arranged again; the very same set when nothing is filtered. */
export function filterDevices(
  set: DeviceSet,
  filter: Filter,
  options: Pick<DeviceStatusOptions, 'sortBy' | 'descending'>,
): DeviceSet {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && filter.categories.size === 0) return set;
  const kept = set.devices.filter((device) => {
    if (filter.categories.size > 0 && !filter.categories.has(device.category.key)) return false;
    if (words.length === 0) return true;
    const text = textOf(device);
    return words.every((word) => text.includes(word));
  });
  return { ...arrange(kept, options), unread: set.unread };
}
