import { describe, expect, it } from '@jest/globals';
import { createWake } from './wake.ts';

const never = new AbortController().signal;

describe('createWake', () => {
  it('wakes everybody who waits, once', async () => {
    const wake = createWake();
    const woken: number[] = [];
    const waits = [1, 2].map((n) => wake.wait(60_000, never).then(() => woken.push(n)));
    wake.notify();
    await Promise.all(waits);
    wake.notify();
    expect(woken).toEqual([1, 2]);
  });

  it('gives up when the time is over', async () => {
    await expect(createWake().wait(1, never)).resolves.toBeUndefined();
  });

  it('lets go of who is told to stop, before or while it waits', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const stopping = new AbortController();
    const wait = createWake().wait(600_000, stopping.signal);
    stopping.abort();
    await wait;
    await createWake().wait(600_000, stopping.signal);
    expect(timers()).toBe(before);
  });
});
