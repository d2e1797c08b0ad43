import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { recordingLogger } from '../../test/support/http.ts';
import { createPolicies, type Policy } from './policies.ts';
import { StoreError } from './store/errors.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function make(...policies: Policy[]) {
  const logger = recordingLogger();
  const wake = jest.fn();
  return { logger, wake, runner: createPolicies({ policies, wake, logger, now: () => 7 }) };
}

describe('policies', () => {
  it('run at the start and every five seconds until they are stopped', () => {
    const seen: number[] = [];
    const { runner, wake } = make((now) => {
      seen.push(now);
      return seen.length === 2 ? 'told' : 'idle';
    });
    runner.start();
    jest.advanceTimersByTime(5000);
    runner.stop();
    jest.advanceTimersByTime(60_000);
    expect(seen).toEqual([7, 7]);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('all run, whichever has something to tell', () => {
    const second = jest.fn<Policy>(() => 'idle');
    const { runner, wake } = make(() => 'told', second);
    runner.run();
    expect(second).toHaveBeenCalledTimes(1);
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('go on after the store failed, which is logged once', () => {
    let failing = true;
    const { runner, logger, wake } = make(() => {
      if (failing) throw new StoreError('the disk is full');
      return 'told';
    });
    runner.run();
    runner.run();
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { error: 'the disk is full' } }]);
    failing = false;
    runner.run();
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('go on at once, with a breath between, while there is more to do', () => {
    let left = 3;
    const { runner, wake } = make(() => ((left -= 1) > 0 ? 'more' : 'idle'));
    runner.run();
    expect(left).toBe(2);
    jest.advanceTimersByTime(1);
    jest.advanceTimersByTime(1);
    expect(left).toBe(0);
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('end with what they were about to go on with', () => {
    const policy = jest.fn<Policy>(() => 'more');
    const { runner } = make(policy);
    runner.run();
    runner.stop();
    jest.advanceTimersByTime(10_000);
    expect(policy).toHaveBeenCalledTimes(1);
  });

  it('do not hide a mistake of ours', () => {
    const { runner } = make(() => {
      throw new TypeError('x');
    });
    expect(runner.run).toThrow(TypeError);
  });
});
