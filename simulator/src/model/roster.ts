import type { DeviceKind } from './device-kind.ts';
import type { DeviceSpec } from './device-spec.ts';
import { mockKinds, simulatorKinds } from './kinds/index.ts';

/** Where the platform's own mock fleet stands, in its order. */
const LOCATIONS = [
  'Server Room A',
  'Server Room B',
  'Data Center 1',
  'Data Center 2',
  'Office Building A',
  'Office Building B',
  'Factory Floor A',
  'Factory Floor B',
  'Warehouse A',
  'Warehouse B',
  'Lab A',
  'Lab B',
  'Outdoor Station 1',
  'Outdoor Station 2',
  'Rooftop A',
  'Rooftop B',
] as const;
const SIMULATOR_LOCATIONS = [
  'Server Room A',
  'Server Room A',
  'Server Room B',
  'Production Line 1',
  'Network Closet',
];
const FIRST_NUMBER = 1000;

/** Splits the count by the kinds' shares; what rounding leaves over goes to the largest remainders. */
export function splitByShare(kinds: readonly DeviceKind[], count: number): number[] {
  const total = kinds.reduce((sum, kind) => sum + kind.share, 0);
  const exact = kinds.map((kind) => (count * kind.share) / total);
  const counts = exact.map(Math.floor);
  const left = count - counts.reduce((sum, value) => sum + value, 0);
  const order = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of order.slice(0, left)) counts[at] = (counts[at] ?? 0) + 1;
  return counts;
}

function specOf(
  kind: DeviceKind,
  rest: Pick<DeviceSpec, 'index' | 'id' | 'number' | 'name' | 'location'>,
): DeviceSpec {
  const { family, deviceType, manufacturer, model, firmwareVersion } = kind;
  return { ...rest, kind: kind.kind, family, deviceType, manufacturer, model, firmwareVersion };
}

/**
 * The fleet: a tenth of it, and at least one of each, are the five kinds of the platform's device
 * simulator; the rest are mock devices mixed 15/10/8/7/10.
 * @param count devices in all, at least 20
 */
export function createRoster(count: number): DeviceSpec[] {
  const sets = Math.max(1, Math.floor(count / (10 * simulatorKinds.length)));
  const roster: DeviceSpec[] = [];
  for (let set = 1; set <= sets; set++) {
    simulatorKinds.forEach((kind, at) => {
      roster.push(
        specOf(kind, {
          index: roster.length,
          id: `${kind.idPrefix}_${String(set).padStart(3, '0')}`,
          number: 0,
          name: `${kind.name} ${String(set).padStart(2, '0')}`,
          location: SIMULATOR_LOCATIONS[at] ?? '',
        }),
      );
    });
  }
  const counts = splitByShare(mockKinds, count - roster.length);
  let number = FIRST_NUMBER;
  mockKinds.forEach((kind, at) => {
    for (let made = 0; made < (counts[at] ?? 0); made++) {
      const equipment = kind.kind === 'mock_vibration';
      roster.push(
        specOf(kind, {
          index: roster.length,
          id: `MOCK-${number}`,
          number,
          name: `${kind.name} ${number}`,
          location: equipment
            ? `Equipment: Equipment-${number}`
            : (LOCATIONS[(number - FIRST_NUMBER) % LOCATIONS.length] ?? ''),
        }),
      );
      number += 1;
    }
  });
  return roster;
}
