import type { PanelData } from '@grafana/data';
import { useEffect, useState } from 'react';

/** How often the dashboard's time is looked at, milliseconds. */
const LOOK_MS = 1000;

/** The dashboard's time range as it was at its last refresh. Milliseconds since the epoch. */
export interface DashboardTime {
  readonly from: number;
  readonly to: number;
  /** Rises with every refresh of the dashboard. */
  readonly tick: number;
}

type Interpolate = (text: string) => string;

function rangeOf(interpolate: Interpolate): string {
  return `${interpolate('${__from}')} ${interpolate('${__to}')}`;
}

/**
 * The time and the refreshes of the dashboard. Grafana tells a panel without a query of neither: the range that
 * its variables stand for moves with every refresh, so it is looked at each second. Outside of a dashboard, where
 * nothing fills the variables in, the range is the last hour.
 */
export function useDashboardTime(interpolate: Interpolate, data: PanelData): DashboardTime {
  const [seen, setSeen] = useState(() => ({ range: rangeOf(interpolate), data, tick: 0, at: Date.now() }));
  if (seen.data !== data) setSeen({ range: rangeOf(interpolate), data, tick: seen.tick + 1, at: Date.now() });
  useEffect(() => {
    const timer = setInterval(() => {
      const range = rangeOf(interpolate);
      setSeen((last) =>
        last.range === range ? last : { range, data: last.data, tick: last.tick + 1, at: Date.now() },
      );
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [interpolate]);
  const [from = NaN, to = NaN] = seen.range.split(' ').map(Number);
  const isKnown = Number.isFinite(from) && Number.isFinite(to);
  return isKnown
    ? { from, to, tick: seen.tick }
    : { from: seen.at - 3_600_000, to: seen.at, tick: seen.tick };
}
