import { describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../../test/support/http.ts';
import { waitFor } from '../../test/support/server.ts';
import { silentLogger } from '../log/logger.ts';
import { createLoop } from './loop.ts';

const HOUR = 3_600_000;
const COMMON = { name: 'test', logger: silentLogger() };

describe('the turns of a loop', () => {
  it('are taken at the start and whenever woken, never two at once', async () => {
    let running = 0;
    let most = 0;
    let count = 0;
    const loop = createLoop({
      ...COMMON,
      turn: async () => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        count += 1;
        return HOUR;
      },
    });
    loop.start();
    await waitFor('the first', () => count === 1, undefined, 1);
    loop.wake();
    loop.wake();
    await waitFor('the second', () => count === 2, undefined, 1);
    await loop.stop();
    expect(most).toBe(1);
  });

  it('do not lose a call that comes during one', async () => {
    let count = 0;
    const loop = createLoop({
      ...COMMON,
      turn: () => {
        count += 1;
        if (count === 1) loop.wake();
        return Promise.resolve(HOUR);
      },
    });
    loop.start();
    await waitFor('the second', () => count === 2, undefined, 1);
    await loop.stop();
  });

  it('are cut off by the end', async () => {
    const loop = createLoop({
      ...COMMON,
      turn: (stopping) =>
        new Promise((resolve) => stopping.addEventListener('abort', () => resolve(HOUR), { once: true })),
    });
    loop.start();
    await loop.stop();
  });

  it('go on after one that threw, which is logged, shown and over with the next good one', async () => {
    const logger = recordingLogger();
    let count = 0;
    const loop = createLoop({
      ...{ name: 'delivery to slack', logger, pause: { initial: 1, max: 1 } },
      turn: () => {
        count += 1;
        return count < 3 ? Promise.reject(new TypeError('a mistake')) : Promise.resolve(HOUR);
      },
    });
    expect(loop.failure()).toBeUndefined();
    loop.start();
    await waitFor('the first failure', () => count === 3 || loop.failure() === 'a mistake', undefined, 1);
    await waitFor('the good one', () => count === 3 && loop.failure() === undefined, undefined, 1);
    await loop.stop();
    expect(logger.lines.map(({ level }) => level)).toEqual(['error', 'error', 'info']);
  });

  it('are not driven by being woken while they fail', async () => {
    let count = 0;
    const loop = createLoop({
      ...COMMON,
      pause: { initial: HOUR, max: HOUR },
      turn: () => {
        count += 1;
        return Promise.reject(new Error('x'));
      },
    });
    loop.start();
    await waitFor('the failure', () => loop.failure() === 'x', undefined, 1);
    loop.wake();
    loop.wake();
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    expect(count).toBe(1);
    await loop.stop();
  });

  it('are woken again as soon as one that is tried anew goes on', async () => {
    let count = 0;
    const loop = createLoop({
      ...COMMON,
      pause: { initial: 1, max: 1 },
      turn: () => {
        count += 1;
        if (count === 1) return Promise.reject(new Error('x'));
        if (count === 2) loop.wake();
        return Promise.resolve(HOUR);
      },
    });
    loop.start();
    await waitFor('the third', () => count === 3, undefined, 1);
    await loop.stop();
  });
});
