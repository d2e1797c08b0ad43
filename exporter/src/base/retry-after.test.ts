import { describe, expect, it } from '@jest/globals';
import { retryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 23, 14);

describe('retryAfter', () => {
  it.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    ['120', 120_000],
    ['Mon, 23 Nov 2026 14:01:00 GMT', 60_000],
    ['Mon, 23 Nov 2026 13:00:00 GMT', 0],
  ])('of %j is %s', (header, wait) => expect(retryAfter(header, NOW)).toBe(wait));
});
