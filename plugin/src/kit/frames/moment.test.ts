import { describe, expect, it } from '@jest/globals';
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
