import { DEVICE_STATUSES, statusOfWord, type DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { listChange, splitList, textChange } from '../../kit/addressList';
import type { QueryChanges } from '../../kit/useUrlQuery';
import { compareTexts } from './sortKey';

/** Which devices to show; an empty list stands for all. */
export interface FleetFilter {
  /** Part of id, name or location, in any case. */
  readonly text: string;
  readonly statuses: readonly DeviceStatus[];
  readonly types: readonly string[];
  readonly locations: readonly string[];
}

/** The filter in the address. */
export function readFilter(query: URLSearchParams): FleetFilter {
  return {
    text: query.get('q') ?? '',
    statuses: splitList(query.get('status')).flatMap((word) => statusOfWord(word) ?? []),
    types: splitList(query.get('type')),
    locations: splitList(query.get('location')),
  };
}

/** What the filter changes in the address. */
export function writeFilter(filter: Partial<FleetFilter>): QueryChanges {
  const { text, statuses, types, locations } = filter;
  return {
    ...textChange('q', text),
    ...listChange('status', statuses && DEVICE_STATUSES.filter((status) => statuses.includes(status))),
    ...listChange('type', types),
    ...listChange('location', locations),
  };
}

/** True when the filter hides nothing. */
export function isOpen({ text, statuses, types, locations }: FleetFilter): boolean {
  return text === '' && statuses.length === 0 && types.length === 0 && locations.length === 0;
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part);
}

/** The devices that the filter lets through, in their order. */
export function filterDevices(devices: readonly FleetDevice[], filter: FleetFilter): readonly FleetDevice[] {
  if (isOpen(filter)) return devices;
  const part = filter.text.trim().toLowerCase();
  const statuses = new Set<DeviceStatus>(filter.statuses);
  const types = new Set(filter.types);
  const locations = new Set(filter.locations);
  return devices.filter(
    ({ deviceId, name, deviceType, location, status }) =>
      (statuses.size === 0 || statuses.has(status)) &&
      (types.size === 0 || types.has(deviceType)) &&
      (locations.size === 0 || locations.has(location)) &&
      (part === '' || includes(deviceId, part) || includes(name, part) || includes(location, part)),
  );
}

/** The values that a filter can choose from, sorted, each once. */
export function choices(devices: readonly FleetDevice[], key: 'deviceType' | 'location'): string[] {
  const values = new Set<string>();
  for (const device of devices) values.add(device[key]);
  return [...values].sort(compareTexts);
}
