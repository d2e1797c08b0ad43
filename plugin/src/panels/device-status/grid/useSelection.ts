import { useMemo, useState } from 'react';
import type { DeviceSet } from '../data/device';

/** A device kept by its key, so that it stays the same one when a refresh moves it. */
export function useSelection(set: DeviceSet): [index: number, select: (index: number) => void] {
  const [key, setKey] = useState<string>();
  const index = useMemo(
    () => (key === undefined ? -1 : set.devices.findIndex((device) => device.key === key)),
    [set, key],
  );
  return [index, (next) => setKey(set.devices[next]?.key)];
}
