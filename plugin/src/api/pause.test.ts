import { describe, expect, it } from '@jest/globals';
import { pause } from './pause';
import { AbortedError } from './request';

describe('pause', () => {
  it('lets other work go first', async () => {
    const order: string[] = [];
    setTimeout(() => order.push('other'), 0);
    await pause();
    order.push('rest');
    expect(order).toEqual(['other', 'rest']);
  });

  it('ends the work of a caller who gave up', async () => {
    const controller = new AbortController();
    const paused = pause(controller.signal);
    controller.abort();
    await expect(paused).rejects.toThrow(AbortedError);
  });
});
