import type { GrafanaTheme2 } from '@grafana/data';
import { useMemo } from 'react';
import type { TimelineSet } from '../data/row';
import { createLayout, type Layout } from '../draw/layout';

/** So many of the longest names decide how much room names get. */
const MEASURED = 30;

function widestName(set: TimelineSet, theme: GrafanaTheme2): number {
  const pen = document.createElement('canvas').getContext('2d');
  if (pen === null) return 0;
  pen.font = `12px ${theme.typography.fontFamily}`;
  const longest = [...set.rows].sort((a, b) => b.name.length - a.name.length).slice(0, MEASURED);
  return longest.reduce((most, { name }) => Math.max(most, pen.measureText(name.slice(0, 120)).width), 0);
}

interface Input {
  readonly set: TimelineSet;
  readonly theme: GrafanaTheme2;
  readonly width: number;
  readonly rowHeight: number;
  readonly hasHeadings: boolean;
  readonly hasSummary: boolean;
}

/** Where everything stands; worked out again only when rows, room or options change. */
export function useLayout({ set, theme, width, rowHeight, hasHeadings, hasSummary }: Input): Layout {
  const nameWidth = useMemo(() => widestName(set, theme), [set, theme]);
  return useMemo(
    () => createLayout({ set, width, rowHeight, nameWidth, hasHeadings, hasSummary }),
    [set, width, rowHeight, nameWidth, hasHeadings, hasSummary],
  );
}
