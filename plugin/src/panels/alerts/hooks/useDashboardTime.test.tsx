import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LoadingState, type PanelData } from '@grafana/data';
import { act, renderHook } from '@testing-library/react';
import { readTimeRange } from '../../../kit/time/timeRange';
import { useDashboardTime } from './useDashboardTime';

const data = (): PanelData => ({
  state: LoadingState.Done,
  series: [],
  timeRange: readTimeRange(null, null),
});

describe('useDashboardTime', () => {
  let range: readonly [string, string];
  const interpolate = (text: string): string =>
    text.replace('${__from}', range[0]).replace('${__to}', range[1]);

  beforeEach(() => {
    range = ['1000', '2000'];
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is the range that the variables of the dashboard stand for', () => {
    const { result } = renderHook(() => useDashboardTime(interpolate, NOTHING));
    expect(result.current).toEqual({ from: 1000, to: 2000, tick: 0 });
  });

  it('ticks when the dashboard refreshes, which moves its range, and only then', () => {
    const { result } = renderHook(() => useDashboardTime(interpolate, NOTHING));
    act(() => jest.advanceTimersByTime(10_000));
    expect(result.current.tick).toBe(0);
    range = ['1500', '2500'];
    act(() => jest.advanceTimersByTime(1000));
    expect(result.current).toEqual({ from: 1500, to: 2500, tick: 1 });
  });

  it('ticks with every answer of a query', () => {
    const { result, rerender } = renderHook(({ answer }) => useDashboardTime(interpolate, answer), {
      initialProps: { answer: data() },
    });
    rerender({ answer: data() });
    expect(result.current.tick).toBe(1);
  });

  it('is the last hour where there is no dashboard', () => {
    jest.setSystemTime(10_000_000);
    range = ['${__from}', '${__to}'];
    const { result } = renderHook(() => useDashboardTime(interpolate, NOTHING));
    expect(result.current).toEqual({ from: 6_400_000, to: 10_000_000, tick: 0 });
  });
});

/** What a panel without a query is handed, again and again. */
const NOTHING = data();
