import { describe, expect, it, jest } from '@jest/globals';
import { waitFor } from '../../test/support/server.ts';
import { createTurns } from './turns.ts';

const HOUR = 3_600_000;
const never = (error: unknown): never => {
  throw error;
};

describe('turns', () => {
  it('are taken at the start and whenever woken, never two at once', async () => {
    let running = 0;
    let most = 0;
    let count = 0;
    const turns = createTurns({
      turn: async () => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        count += 1;
        return HOUR;
      },
      onEnd: never,
    });
    turns.start();
    await waitFor('the first', () => count === 1, 20_000, 1);
    turns.wake();
    turns.wake();
    await waitFor('the second', () => count === 2, 20_000, 1);
    await turns.stop();
    expect(most).toBe(1);
  });

  it('do not lose a call that comes during one', async () => {
    let count = 0;
    const turns = createTurns({
      turn: () => {
        count += 1;
        if (count === 1) turns.wake();
        return Promise.resolve(HOUR);
      },
      onEnd: never,
    });
    turns.start();
    await waitFor('the second', () => count === 2, 20_000, 1);
    await turns.stop();
  });

  it('are cut off by the end', async () => {
    const turns = createTurns({
      turn: (stopping) =>
        new Promise((resolve) => stopping.addEventListener('abort', () => resolve(HOUR), { once: true })),
      onEnd: never,
    });
    turns.start();
    await turns.stop();
  });

  it('say that one failed for good', async () => {
    const onEnd = jest.fn();
    const error = new Error('x');
    const turns = createTurns({ turn: () => Promise.reject(error), onEnd });
    turns.start();
    await turns.stop();
    expect(onEnd).toHaveBeenCalledWith(error);
  });
});
