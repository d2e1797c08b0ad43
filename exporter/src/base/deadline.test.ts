import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { rejectsOnAbort, withDeadline } from './deadline.ts';

const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    const end = (): void => resolve(String(signal.reason));
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });

describe('withDeadline', () => {
  it('gives work up in time, in words', async () => {
    const { signal } = new AbortController();
    expect(await withDeadline(signal, 20, untilAborted)).toBe('TimeoutError: gave up after 0.02 s');
  });

  it('gives it up when all is stopped, at once when it was before', async () => {
    const stopping = new AbortController();
    const working = withDeadline(stopping.signal, 60_000, untilAborted);
    stopping.abort(new Error('stopped'));
    expect(await working).toBe('Error: stopped');
    expect(await withDeadline(stopping.signal, 60_000, untilAborted)).toBe('Error: stopped');
  });

  it('leaves no listener behind, however the work ends', async () => {
    const { signal } = new AbortController();
    for (let i = 0; i < 100; i += 1) {
      await withDeadline(signal, 60_000, () => Promise.resolve());
      await withDeadline(signal, 60_000, () => Promise.reject(new Error('no'))).catch(() => undefined);
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('rejectsOnAbort', () => {
  it('rejects with the reason, now or later', async () => {
    await expect(rejectsOnAbort(AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    const controller = new AbortController();
    const waiting = rejectsOnAbort(controller.signal);
    controller.abort(new Error('later'));
    await expect(waiting).rejects.toThrow('later');
  });

  it('makes an error of a reason that is none', async () => {
    await expect(rejectsOnAbort(AbortSignal.abort('text'))).rejects.toThrow('aborted');
  });
});
