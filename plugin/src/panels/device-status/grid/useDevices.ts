import type { PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { useMemo, useRef } from 'react';
import type { DeviceSet } from '../data/device';
import { createPrepareMemory, type PrepareMemory } from '../../../kit/frames/prepare-memory';
import { type PrepareInput, prepareDevices } from '../data/prepare';

type Input = Pick<PrepareInput, 'frames' | 'options' | 'timeZone' | 'now' | 'end'>;

/** The devices of the frames; worked out again only when frames, options, theme or, with staleness, the clock change. */
export function useDevices(
  { frames, options, timeZone, now, end }: Input,
  replaceVariables: PanelProps['replaceVariables'],
): DeviceSet {
  const theme = useTheme2();
  const memory = useRef<PrepareMemory>(undefined);
  const clock = options.staleAfter > 0 ? now : 0;
  // Grafana hands out another function each time; what it would fill in comes with new frames or by the group.
  const interpolate = useRef(replaceVariables);
  interpolate.current = replaceVariables;
  const groupBy = replaceVariables(options.groupBy);
  return useMemo(() => {
    memory.current ??= createPrepareMemory();
    return prepareDevices(
      {
        frames,
        options: { ...options, groupBy },
        theme,
        timeZone,
        now: clock,
        end,
        interpolate: (text, scope) => interpolate.current(text, scope),
      },
      memory.current,
    );
  }, [frames, options, groupBy, theme, timeZone, clock, end]);
}
