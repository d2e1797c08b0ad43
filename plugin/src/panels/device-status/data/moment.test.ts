import { describe, expect, it } from '@jest/globals';
import { formatDuration } from './duration';
import { momentOf } from './moment';

describe('momentOf', () => {
  it('reads seconds, milliseconds, dates and text', () => {
    const moment = 1_800_000_000_000;
    for (const value of [
      moment,
      moment / 1000,
      new Date(moment),
      new Date(moment).toISOString(),
      String(moment),
    ]) {
      expect(momentOf(value)).toBe(moment);
    }
  });

  it('knows no moment of anything else', () => {
    for (const value of [null, undefined, '', 'yesterday-ish', Number.NaN, 0, -5, {}, true]) {
      expect(momentOf(value)).toBeNull();
    }
  });
});

describe('formatDuration', () => {
  it.each([
    [-5, '0 s'],
    [8_400, '8 s'],
    [12 * 60_000, '12 min'],
    [3 * 3_600_000, '3 h'],
    [3 * 3_600_000 + 5 * 60_000, '3 h 5 min'],
    [15 * 3_600_000 + 5 * 60_000, '15 h'],
    [50 * 3_600_000, '2 d 2 h'],
  ])('%d ms is %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});
