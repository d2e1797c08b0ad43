import { describe, expect, it } from '@jest/globals';
import type { Look } from './look.ts';
import { followFault } from './fault-record.ts';
import type { Fault } from './faults.ts';
import { NO_SAMPLES, parseSamples } from './samples.ts';
import { isZero } from './sign.ts';

const fault: Fault = {
  name: 'redis refuse',
  targets: ['redis'],
  action: { do: 'link', part: 'redis', mode: 'refuse' },
  signs: [isZero('up')],
  alerts: ['RedisDown'],
  within: 45,
};
const planned = { fault, from: 0, to: 60_000, long: false };
const look = (at: number, up: number | undefined, firing: readonly string[] = []): Look => ({
  at,
  answered: up !== undefined,
  samples: up === undefined ? NO_SAMPLES : parseSamples(`up ${up}`),
  firing: new Set(firing),
});

describe('followFault', () => {
  it('notes what named it, which of its alerts fired, and how long it took to be well again', () => {
    const follower = followFault(planned, 1_000, NO_SAMPLES);
    expect(follower.take(look(2_000, 1), true)).toBe(false);
    expect(follower.take(look(7_000, 0, ['RedisDown', 'Other']), true)).toBe(true);
    expect(follower.record.named).toEqual({ words: 'up is 0', after: 6_000 });
    expect(follower.record.fired).toEqual(new Set(['RedisDown']));
    follower.ended(60_000);
    for (const [at, up] of [
      [62_000, 0],
      [67_000, 1],
      [72_000, 0],
      [77_000, 1],
    ] as const)
      expect(follower.take(look(at, up), true)).toBe(false);
    expect(follower.take(look(82_000, 1), true)).toBe(true);
    expect(follower.record).toMatchObject({ recovered: 17_000, lasted: 59_000 });
  });

  it('does not count the time in which the exporter was away on purpose', () => {
    const follower = followFault(planned, 0, NO_SAMPLES);
    follower.take(look(30_000, undefined), false);
    follower.take(look(35_000, 0), true);
    expect(follower.record.named?.after).toBe(5_000);
    follower.ended(60_000);
    expect(follower.record.lasted).toBe(30_000);
    follower.take(look(90_000, undefined), false);
    follower.take(look(95_000, 1), true);
    follower.take(look(100_000, 1), true);
    expect(follower.record.recovered).toBeLessThanOrEqual(10_000);
  });

  it('is not named by what was there before it', () => {
    const follower = followFault(planned, 0, parseSamples('up 0'));
    follower.take(look(5_000, 0), true);
    expect(follower.record.named).toBeUndefined();
  });

  it('is not named by what comes after its end', () => {
    const follower = followFault(planned, 0, NO_SAMPLES);
    follower.ended(60_000);
    follower.take(look(65_000, 0), true);
    expect(follower.record.named).toBeUndefined();
  });
});
