import type { DataFrame } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { useMemo, useRef } from 'react';
import type { DeviceSet } from '../data/device';
import { createPrepareMemory, type PrepareMemory, prepareDevices } from '../data/prepare';
import type { DeviceStatusOptions } from '../options/options';

/** The devices of the frames; worked out again only when frames, options, theme or, with staleness, the clock change. */
export function useDevices(
  frames: readonly DataFrame[],
  options: DeviceStatusOptions,
  timeZone: string,
  now: number,
): DeviceSet {
  const theme = useTheme2();
  const memory = useRef<PrepareMemory>(undefined);
  const clock = options.staleAfter > 0 ? now : 0;
  return useMemo(() => {
    memory.current ??= createPrepareMemory();
    return prepareDevices({ frames, options, theme, timeZone, now: clock }, memory.current);
  }, [frames, options, theme, timeZone, clock]);
}
