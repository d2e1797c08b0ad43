import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createIngestLag } from './ingest-lag.ts';

describe('createIngestLag', () => {
  it('settles both sides together', () => {
    const lag = createIngestLag();
    lag.stored(5);
    lag.sent(5);
    expect(lag.settle()).toBe(0);
    lag.sent(3);
    expect(lag.points).toBe(0);
    expect(lag.settle()).toBe(3);
    expect(lag.points).toBe(3);
  });

  it('is the sum of what is missing, never below 0', () => {
    const steps = fc.array(fc.record({ sent: fc.nat(100), stored: fc.nat(100) }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (rounds) => {
        const lag = createIngestLag();
        let expected = 0;
        for (const { sent, stored } of rounds) {
          lag.sent(sent);
          lag.stored(stored);
          expected = Math.max(0, expected + sent - stored);
          expect(lag.settle()).toBe(expected);
        }
      }),
    );
  });
});
