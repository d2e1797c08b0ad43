import type { PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { useMemo, useRef } from 'react';
import type { Answer } from '../../../kit/frames/useFrames';
import { createPrepareMemory, type PrepareMemory } from '../../../kit/frames/prepare-memory';
import { prepareTimeline } from '../data/prepare';
import type { TimelineSet } from '../data/row';
import { defaultOptions, type TimelineOptions } from '../options/options';

/** The rows of the frames; worked out again only when frames, theme or what decides about states change. */
export function useTimeline(
  { frames, from, end }: Answer,
  options: TimelineOptions,
  timeZone: string,
  replaceVariables: PanelProps['replaceVariables'],
): TimelineSet {
  const theme = useTheme2();
  const memory = useRef<PrepareMemory>(undefined);
  // Grafana hands out another function each time; what it would fill in comes with new frames or by the group.
  const interpolate = useRef(replaceVariables);
  interpolate.current = replaceVariables;
  const groupBy = replaceVariables(options.groupBy);
  const { valueField, nameField, idField, timeField, endField, gaps, gapAfter, statusCodes } = options;
  const reading = useMemo(
    () => ({ valueField, nameField, idField, timeField, endField, gaps, gapAfter, statusCodes, groupBy }),
    [valueField, nameField, idField, timeField, endField, gaps, gapAfter, statusCodes, groupBy],
  );
  return useMemo(() => {
    memory.current ??= createPrepareMemory();
    return prepareTimeline(
      {
        frames,
        options: { ...defaultOptions, ...reading },
        theme,
        timeZone,
        range: { from, to: end },
        interpolate: (text, scope) => interpolate.current(text, scope),
      },
      memory.current,
    );
  }, [frames, reading, theme, timeZone, from, end]);
}
