import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { act, renderHook, waitFor } from '@testing-library/react';
import { installFakeAudio, type FakeAudio } from '../../test-support/fakeAudio';
import { useAlarm } from './useAlarm';
import { useTitleBadge, withBadge } from './useTitleBadge';

describe('useAlarm', () => {
  let audio: FakeAudio;
  beforeEach(() => {
    audio = installFakeAudio('running');
  });
  const alarm = (keys: readonly string[] | undefined) =>
    renderHook(({ now }) => useAlarm(now), { initialProps: { now: keys } });

  it('has nothing to go by before the first look', () => {
    const { rerender } = alarm(undefined);
    rerender({ now: ['a'] });
    expect(audio.tones).toBe(0);
    rerender({ now: ['a', 'b'] });
    expect(audio.tones).toBe(2);
  });

  it('shares one audio context with every other alarm of the window', () => {
    const first = alarm(['a']);
    first.unmount();
    alarm(['a']);
    alarm(['b']);
    expect(audio.contexts).toBe(1);
  });

  it('is silent about what was there already', () => {
    alarm(['a', 'b']);
    expect(audio.tones).toBe(0);
  });

  it('sounds for what is new, and once', () => {
    const { rerender } = alarm(['a']);
    rerender({ now: ['a', 'b'] });
    expect(audio.tones).toBe(2);
    rerender({ now: ['b'] });
    rerender({ now: ['b'] });
    expect(audio.tones).toBe(2);
    rerender({ now: ['b', 'a'] });
    expect(audio.tones).toBe(4);
  });

  it('says that the browser keeps it silent, until somebody allows it', async () => {
    audio = installFakeAudio('suspended');
    const { result, rerender } = alarm(['a']);
    expect(result.current.blocked).toBe(true);
    rerender({ now: ['a', 'b'] });
    expect(audio.tones).toBe(0);
    act(() => result.current.allow());
    await waitFor(() => expect(result.current.blocked).toBe(false));
    expect(audio.tones).toBe(2);
  });
});

describe('useTitleBadge', () => {
  beforeEach(() => {
    document.title = 'Fleet';
  });
  afterEach(() => {
    document.title = '';
  });

  it.each([
    ['Fleet', 3, '(3) Fleet'],
    ['(3) Fleet', 12, '(12) Fleet'],
    ['(3) Fleet', 0, 'Fleet'],
    ['(x) Fleet', 1, '(1) (x) Fleet'],
  ])('%s with %d', (title, count, expected) => {
    expect(withBadge(title, count)).toBe(expected);
  });

  it('keeps the number when Grafana writes another title, and takes it away at the end', async () => {
    const { unmount, rerender } = renderHook(({ count }) => useTitleBadge(count), {
      initialProps: { count: 2 },
    });
    expect(document.title).toBe('(2) Fleet');
    document.title = 'Other';
    await waitFor(() => expect(document.title).toBe('(2) Other'));
    rerender({ count: 0 });
    expect(document.title).toBe('Other');
    rerender({ count: 5 });
    unmount();
    expect(document.title).toBe('Other');
  });

  it('leaves the title alone where nobody wants a number', () => {
    renderHook(() => useTitleBadge(undefined));
    expect(document.title).toBe('Fleet');
  });
});
