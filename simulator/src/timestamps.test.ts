import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logTime, naiveIso, offsetIso, zuluIso } from './timestamps.ts';

describe('timestamps', () => {
  it('keeps microseconds, and drops the fraction when it is zero', () => {
    const whole = Date.parse('2026-11-22T23:24:32Z');
    expect(naiveIso(whole)).toBe('2026-11-22T23:24:32');
    expect(naiveIso(whole + 753.673)).toBe('2026-11-22T23:24:32.753673');
    expect(naiveIso(whole + 0.001)).toBe('2026-11-22T23:24:32.000001');
  });

  it('spells zones as typed and untyped endpoints do', () => {
    expect(zuluIso(0)).toBe('1970-01-01T00:00:00Z');
    expect(offsetIso(1.5)).toBe('1970-01-01T00:00:00.001500+00:00');
    expect(zuluIso(null)).toBeNull();
    expect(offsetIso(null)).toBeNull();
  });

  it('reads back as the same millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.nat(999), (millis, micros) => {
        return Date.parse(`${naiveIso(millis + micros / 1000)}Z`) === millis;
      }),
    );
  });

  it('writes log times with a comma', () => {
    expect(logTime(Date.parse('2026-11-22T23:30:24.623Z'))).toBe('2026-11-22 23:30:24,623');
  });
});
