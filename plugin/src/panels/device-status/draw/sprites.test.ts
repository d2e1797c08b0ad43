import { describe, expect, it } from '@jest/globals';
import type { Category } from '../../../kit/frames/category';
import { isNamed } from './sprites';

const category = (status: Category['status'], isScheme = false): Category => ({
  key: status,
  label: status,
  color: 'red',
  status,
  rank: 0,
  isScheme,
});

describe('isNamed', () => {
  it.each([
    [43, 'error', false, true],
    [30, 'offline', false, true],
    [67, 'unknown', false, true],
    // Too small for a name, and large enough for more than that.
    [29, 'error', false, false],
    [68, 'error', false, false],
    [43, 'online', false, false],
    [43, 'maintenance', false, false],
    [43, 'online', true, true],
  ] as const)('%d pixels, %s, stale %s: %s', (size, status, stale, named) => {
    expect(isNamed(size, category(status), stale)).toBe(named);
  });

  it('leaves tiles alone that show a colour of a scheme', () => {
    expect(isNamed(43, category('error', true), false)).toBe(false);
  });
});
