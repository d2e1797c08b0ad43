import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterFailure, CLOSED_CIRCUIT, circuitState, type Circuit } from './circuit.ts';

const policy = { threshold: 3, firstPause: 1000, longestPause: 8000 };

function fail(times: number, now = 0, random = 0.5): Circuit {
  let circuit = CLOSED_CIRCUIT;
  for (let i = 0; i < times; i++) circuit = afterFailure(circuit, policy, now, random);
  return circuit;
}

describe('circuit', () => {
  it('stays closed below the threshold', () => {
    expect(circuitState(fail(2), policy, 0)).toBe('closed');
  });

  it('opens at the threshold and is half-open when the pause is over', () => {
    const circuit = fail(3);
    expect(circuitState(circuit, policy, 999)).toBe('open');
    expect(circuitState(circuit, policy, 1000)).toBe('half-open');
  });

  it('doubles the pause up to the longest', () => {
    expect([3, 4, 5, 6, 7, 60].map((times) => fail(times).pausedUntil)).toEqual([
      1000, 2000, 4000, 8000, 8000, 8000,
    ]);
  });

  it('spreads the pause by at most a fifth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (times, random) => {
          const exact = fail(times).pausedUntil;
          const { pausedUntil } = fail(times, 0, random);
          expect(pausedUntil).toBeGreaterThanOrEqual(exact * 0.8 - 1e-6);
          expect(pausedUntil).toBeLessThanOrEqual(exact * 1.2 + 1e-6);
        },
      ),
    );
  });
});
