import { describe, expect, it } from '@jest/globals';
import { createWake } from './wake.ts';

describe('createWake', () => {
  it('wakes everybody who waits, once', async () => {
    const wake = createWake();
    const woken: number[] = [];
    const waits = [1, 2].map((n) => wake.wait(60_000).then(() => woken.push(n)));
    wake.notify();
    await Promise.all(waits);
    wake.notify();
    expect(woken).toEqual([1, 2]);
  });

  it('gives up when the time is over', async () => {
    await expect(createWake().wait(1)).resolves.toBeUndefined();
  });
});
