import { describe, expect, it } from '@jest/globals';
import { readTime } from './time.ts';

const NOW = Date.UTC(2026, 10, 23);
const WRITTEN = Date.UTC(2026, 10, 22, 23, 29, 16, 303);

describe('readTime', () => {
  it.each([
    ['2026-11-22T23:29:16.303266', WRITTEN],
    ['2026-11-22T23:29:16.303Z', WRITTEN],
    ['2026-11-23T00:29:16.303+01:00', WRITTEN],
    [WRITTEN, WRITTEN],
  ])('%s', (timestamp, expected) => {
    expect(readTime(timestamp, NOW)).toBe(expected);
  });

  it('takes milliseconds since boot for no time', () => {
    for (const timestamp of [0, 123_456, 86_400_000 * 400, -5]) expect(readTime(timestamp, NOW)).toBeNull();
  });

  it('says nothing about what is no time', () => {
    for (const timestamp of [undefined, null, '', 'soon', 'x'.repeat(1000), Number.NaN, {}, []])
      expect(readTime(timestamp, NOW)).toBeNull();
  });

  it('believes no time ahead of now', () => {
    expect(readTime('2099-01-01T00:00:00Z', NOW)).toBe(NOW);
    expect(readTime(NOW + 1e9, NOW)).toBe(NOW);
    expect(readTime(Infinity, NOW)).toBe(NOW);
  });
});
