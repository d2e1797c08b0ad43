import '../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { parseDuration } from '../domain/duration';
import { readTimeRange, writeBound } from './time/timeRange';
import { lastKnown, useAnswer } from './answer';
import { useRotation } from './alarm/useRotation';
import { useNow } from './time/useNow';
import { useTick } from './time/useTick';
import { changedQuery, useUrlQuery } from './useUrlQuery';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('parseDuration', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['', undefined],
    ['off', undefined],
    ['-5s', undefined],
    [null, undefined],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});

describe('changedQuery', () => {
  it.each([
    ['?a=1&b=2', { a: null, c: '3' }, 'b=2&c=3'],
    ['', { kiosk: true }, 'kiosk'],
    ['?kiosk&a=1', { a: '2' }, 'kiosk&a=2'],
    ['?q=x', { q: '' }, ''],
    ['', { q: 'a&b=c' }, 'q=a%26b%3Dc'],
  ] as const)('%s', (search, changes, expected) => {
    expect(changedQuery(search, changes)).toBe(expected);
  });
});

describe('useUrlQuery', () => {
  it('keeps both of two changes in one handler', () => {
    const { result } = renderHook(() => ({ url: useUrlQuery(), search: useLocation().search }), {
      wrapper: ({ children }) => <MemoryRouter initialEntries={['/p?x=1']}>{children}</MemoryRouter>,
    });
    act(() => {
      result.current.url.change({ a: '1' });
      result.current.url.change({ b: '2', x: null });
    });
    expect(result.current.search).toBe('?a=1&b=2');
  });
});

describe('readTimeRange', () => {
  it('reads relative times and milliseconds', () => {
    expect(readTimeRange('now-6h', 'now').raw).toEqual({ from: 'now-6h', to: 'now' });
    const fixed = readTimeRange('1700000000000', '1700003600000');
    expect(fixed.from.valueOf()).toBe(1_700_000_000_000);
    expect(writeBound(fixed.raw.from)).toBe('1700000000000');
  });

  it.each([
    [null, null],
    ['nonsense', 'now'],
    ['now', 'now-1h'],
    ['now-1x', 'now'],
    ['nowhere', 'now'],
    ['2026-99-99', 'now'],
    ['<script>', 'x'],
  ])('takes the last hour for %s to %s', (from, to) => {
    const range = readTimeRange(from, to);
    expect(range.to.valueOf() - range.from.valueOf()).toBe(3_600_000);
  });
});

describe('useTick', () => {
  it('ticks at the interval and on demand', () => {
    const { result } = renderHook(() => useTick(1000));
    act(() => jest.advanceTimersByTime(2500));
    expect(result.current.tick).toBe(2);
    act(() => result.current.now());
    expect(result.current.tick).toBe(3);
  });

  it('rests while nobody looks, and catches up at once', () => {
    const hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const { result } = renderHook(() => useTick(1000));
    act(() => jest.advanceTimersByTime(5000));
    expect(result.current.tick).toBe(0);
    hidden.mockReturnValue(false);
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(result.current.tick).toBe(1);
    hidden.mockRestore();
  });

  it('does not tick when it is off', () => {
    const { result } = renderHook(() => useTick(undefined));
    act(() => jest.advanceTimersByTime(100_000));
    expect(result.current.tick).toBe(0);
  });
});

describe('useRotation', () => {
  it('goes round, stands while held, and goes on from there', () => {
    const { result, rerender } = renderHook(({ held }) => useRotation(10_000, 3, held), {
      initialProps: { held: false },
    });
    const after = (ms: number): number | undefined => {
      act(() => jest.advanceTimersByTime(ms));
      return result.current;
    };
    expect(result.current).toBe(0);
    expect(after(10_000)).toBe(1);
    rerender({ held: true });
    expect(after(60_000)).toBe(1);
    rerender({ held: false });
    expect(after(20_000)).toBe(0);
  });

  it('is nothing without an interval or groups', () => {
    expect(renderHook(() => useRotation(undefined, 3, false)).result.current).toBeUndefined();
    expect(renderHook(() => useRotation(1000, 0, false)).result.current).toBeUndefined();
  });
});

describe('useNow', () => {
  it('is renewed by its clock, and by its trigger at once', () => {
    const { result, rerender } = renderHook(({ trigger }) => useNow(5000, trigger), {
      initialProps: { trigger: 'a' },
    });
    const start = result.current;
    act(() => {
      jest.advanceTimersByTime(5000);
    });
    expect(result.current).toBe(start + 5000);
    jest.setSystemTime(start + 7000);
    rerender({ trigger: 'a' });
    expect(result.current).toBe(start + 5000);
    rerender({ trigger: 'b' });
    expect(result.current).toBe(start + 7000);
  });
});

describe('useAnswer', () => {
  it('keeps what was there when the next attempt fails', async () => {
    let fail = false;
    const load = (): Promise<string> => (fail ? Promise.reject(new Error('down')) : Promise.resolve('value'));
    const { result, rerender } = renderHook(({ tick }) => useAnswer(load, tick), {
      initialProps: { tick: 0 },
    });
    const known = () => ({ ...lastKnown(result.current), loading: result.current.loading });
    await act(() => Promise.resolve());
    expect(known()).toMatchObject({ value: 'value', error: undefined, loading: false });
    const { at } = known();
    fail = true;
    rerender({ tick: 1 });
    expect(known()).toMatchObject({ value: 'value', loading: true });
    await act(() => Promise.resolve());
    expect(known()).toEqual({ value: 'value', error: new Error('down'), at, loading: false });
  });

  it('ignores what is overtaken', async () => {
    const slow = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('slow'), 100));
    const fast = (): Promise<string> => Promise.resolve('fast');
    const { result, rerender } = renderHook(({ load }) => useAnswer(load, 0), {
      initialProps: { load: slow },
    });
    rerender({ load: fast });
    await act(async () => {
      await jest.advanceTimersByTimeAsync(200);
    });
    expect(lastKnown(result.current).value).toBe('fast');
  });
});
