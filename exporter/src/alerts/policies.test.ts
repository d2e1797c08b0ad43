import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { recordingLogger } from '../../test/support/http.ts';
import type { Loop } from './loop.ts';
import { createPolicies, type Policy } from './policies.ts';
import { StoreError } from '../state/sqlite/errors.ts';

let running: Loop | undefined;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(async () => {
  await running?.stop();
  jest.useRealTimers();
});

function make(...policies: Policy[]) {
  const logger = recordingLogger();
  const wake = jest.fn();
  const loop = createPolicies({ policies, wake, logger, now: () => 7 });
  running = loop;
  return { logger, wake, loop };
}

describe('policies', () => {
  it('run at the start and every five seconds until they are stopped', async () => {
    const seen: number[] = [];
    const { loop, wake } = make((now) => {
      seen.push(now);
      return Promise.resolve(seen.length === 2 ? 'told' : 'idle');
    });
    loop.start();
    await jest.advanceTimersByTimeAsync(5000);
    await loop.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(seen).toEqual([7, 7]);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('all run when woken, whichever has something to tell', async () => {
    const second = jest.fn<Policy>(() => Promise.resolve('idle'));
    const { loop, wake } = make(() => Promise.resolve('told'), second);
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    loop.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(second).toHaveBeenCalledTimes(2);
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('go on after the store failed, which is logged once', async () => {
    let failing = true;
    const { loop, logger, wake } = make(() => {
      if (failing) return Promise.reject(new StoreError('the disk is full'));
      return Promise.resolve('told');
    });
    loop.start();
    await jest.advanceTimersByTimeAsync(5000);
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { error: 'the disk is full' } }]);
    failing = false;
    await jest.advanceTimersByTimeAsync(5000);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('go on at once, with a breath between, while there is more to do', async () => {
    let left = 3;
    const { loop, wake } = make(() => Promise.resolve((left -= 1) > 0 ? 'more' : 'idle'));
    loop.start();
    expect(left).toBe(2);
    await jest.advanceTimersByTimeAsync(2);
    expect(left).toBe(0);
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('do not hide a mistake of ours, and go on', async () => {
    const policy = jest.fn<Policy>(() => Promise.reject(new TypeError('x')));
    const { loop, logger } = make(policy);
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(loop.failure()).toBe('x');
    expect(logger.lines.map(({ level }) => level)).toEqual(['error']);
    await jest.advanceTimersByTimeAsync(5000);
    expect(policy).toHaveBeenCalledTimes(2);
  });
});
