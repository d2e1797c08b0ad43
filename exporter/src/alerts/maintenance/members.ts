import type { FleetOutput } from '../../fleet/fleet.ts';
import type { WindowScope } from './maintenance-window.ts';

/** Most devices that one silence names. */
const MOST = 2000;
/** Devices that are looked at between two breaths of the event loop. */
const PAGE = 500;

/**
 * Ids of the fleet's devices of the scope's types and locations, in order; undefined when they are more than
 * 2,000.
 */
export async function membersOf(
  fleet: Pick<FleetOutput, 'list'>,
  { deviceTypes, locations }: WindowScope,
): Promise<readonly string[] | undefined> {
  const found = new Set<string>();
  const queries = [
    ...deviceTypes.map((type) => ({ type, location: undefined })),
    ...locations.map((location) => ({ type: undefined, location })),
  ];
  for (const { type, location } of queries) {
    // The fleet's text search takes any part of id, name or location.
    const narrowed = location === undefined ? { type } : { text: location };
    let cursor: string | undefined;
    do {
      const page = fleet.list({ ...narrowed, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
      for (const device of page.items)
        if (location === undefined ? device.deviceType === type : device.location === location)
          found.add(device.deviceId);
      if (found.size > MOST) return undefined;
      cursor = page.nextCursor ?? undefined;
      await new Promise((resolve) => setImmediate(resolve));
    } while (cursor !== undefined);
  }
  return [...found].sort();
}
