import { describe, expect, it } from '@jest/globals';
import { formatClock, formatDuration, isoTime } from './time-words.ts';

describe('formatDuration', () => {
  it.each([
    [-5, '0 s'],
    [999, '0 s'],
    [8000, '8 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [11_100_000, '3 h 5 min'],
    [86_400_000, '1 d'],
    [187_200_000, '2 d 4 h'],
  ])('%d ms is %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});

describe('formatClock', () => {
  const now = Date.UTC(2026, 10, 23, 14, 2);
  it('is the time of day within a day', () => expect(formatClock(now - 60_000, now)).toBe('14:01 UTC'));
  it('has the date before that', () =>
    expect(formatClock(now - 2 * 86_400_000, now)).toBe('2026-11-21 14:02 UTC'));
});

describe('isoTime', () => {
  it('keeps null', () => expect(isoTime(null)).toBeNull());
  it('writes UTC', () => expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z'));
});
