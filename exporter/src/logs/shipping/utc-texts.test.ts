import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createUtcTexts } from './utc-texts.ts';

const NOON = Date.UTC(2026, 10, 29, 12);

describe('times as texts', () => {
  it('have milliseconds, and microseconds where the time has them', () => {
    const { time, day } = createUtcTexts();
    expect(time(NOON)).toBe('2026-11-29T12:00:00.000Z');
    expect(time(NOON + 7)).toBe('2026-11-29T12:00:00.007Z');
    expect(time(NOON + 59_120.25)).toBe('2026-11-29T12:00:59.120250Z');
    expect(time(-1)).toBe('1969-12-31T23:59:59.999Z');
    expect(day(NOON)).toBe('2026.11.29');
    expect(day(NOON + 12 * 3_600_000)).toBe('2026.11.30');
  });

  it('are those of a date, in whatever order they come', () => {
    const moment = fc.oneof(
      fc.integer({ min: NOON, max: NOON + 5000 }),
      fc.integer({ min: -8.6e15, max: 8.6e15 }),
    );
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 20 }), (moments) => {
        const { time, day } = createUtcTexts();
        for (const at of moments) {
          const iso = new Date(at).toISOString();
          expect(time(at)).toBe(iso);
          expect(day(at)).toBe(iso.slice(0, 10).replaceAll('-', '.'));
        }
      }),
    );
  });

  it('are refused where a calendar ends, again and again', () => {
    const { time } = createUtcTexts();
    for (const at of [8.64e15 + 1000, 8.64e15 + 1000, NaN]) expect(() => time(at)).toThrow(RangeError);
    expect(time(NOON)).toBe('2026-11-29T12:00:00.000Z');
  });
});
