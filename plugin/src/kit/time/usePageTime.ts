import type { TimeRange } from '@grafana/data';
import { useCallback, useMemo } from 'react';
import { parseDuration } from '../../domain/duration';
import { LAST_HOUR, readTimeRange, writeBound } from './timeRange';
import { useApp } from '../app/appContext';
import { useTick } from './useTick';
import type { UrlQuery } from '../useUrlQuery';

/** The time of a page: range and refresh from the address, and a tick that rises with every refresh. */
export interface PageTime {
  readonly range: TimeRange;
  /** Raises the tick: load again. */
  readonly tick: number;
  /** The refresh interval as the picker writes it; empty: off. */
  readonly refresh: string;
  readonly refreshNow: () => void;
  readonly setRange: (range: TimeRange) => void;
  readonly setRefresh: (refresh: string) => void;
}

/** A page that refreshes every second is a fault of the address. */
const SHORTEST_REFRESH_MS = 5000;

/** Range and refresh interval, both in the address (`from`, `to`, `refresh`); `defaults` where it says nothing. */
export function usePageTime({ query, change }: UrlQuery, defaults = LAST_HOUR): PageTime {
  const { timeZone, fiscalYearStartMonth } = useApp();
  const from = query.get('from') ?? defaults.from;
  const to = query.get('to') ?? defaults.to;
  const refresh = query.get('refresh') ?? defaults.refresh;
  const interval = parseDuration(refresh);
  const { tick, now } = useTick(interval === undefined ? undefined : Math.max(interval, SHORTEST_REFRESH_MS));
  const range = useMemo(
    () => readTimeRange(from, to, { timeZone, fiscalYearStartMonth }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a relative range moves on with every tick
    [from, to, tick, timeZone, fiscalYearStartMonth],
  );
  const setRange = useCallback(
    ({ raw }: TimeRange) => change({ from: writeBound(raw.from), to: writeBound(raw.to) }, { push: true }),
    [change],
  );
  const setRefresh = useCallback((text: string) => change({ refresh: text === '' ? 'off' : text }), [change]);
  return {
    range,
    tick,
    refresh: interval === undefined ? '' : refresh,
    refreshNow: now,
    setRange,
    setRefresh,
  };
}
