import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyValue } from '../../test/support/recorded-families.ts';
import { formatValue, MAX_VALUE_BYTES, writeValue } from './sample-value.ts';

function written(value: number): string {
  const out = Buffer.alloc(MAX_VALUE_BYTES + 3, 'x');
  const end = writeValue(out, 3, value);
  expect(out.toString('latin1', 0, 3)).toBe('xxx');
  return out.toString('latin1', 3, end);
}

describe('formatValue', () => {
  it.each([
    [NaN, 'Nan'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [-0, '0'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [0.1 + 0.2, '0.30000000000000004'],
  ])('writes %p as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});

describe('writeValue', () => {
  it('writes what formatValue says, for any value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(written(value)).toBe(formatValue(value));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([0, -0, 9, 10, 99, 100, 999, 1000, 9999, 99_999, 999_999, 9_999_999, 99_999_999, 999_999_999])(
    'writes %p, its negative and its neighbours by thousandths',
    (value) => {
      for (const delta of [-1, -0.5, -0.001, 0, 0.001, 0.01, 0.1, 0.12, 0.123, 0.999, 0.0005]) {
        expect(written(value + delta)).toBe(String(value + delta));
        expect(written(-value - delta)).toBe(String(-value - delta));
      }
    },
  );

  it.each([
    2 ** 31 - 1,
    2 ** 31 - 0.001,
    2 ** 31,
    2 ** 31 + 0.5,
    2 ** 32,
    2 ** 53,
    2 ** 53 + 2,
    1e20,
    1e21,
    1e22,
  ])('writes %p at the limit of the fast path', (value) => {
    expect(written(value)).toBe(String(value));
    expect(written(-value)).toBe(String(-value));
  });

  it('never needs more bytes than promised', () => {
    expect('-2.2250738585072014e-308\n'.length).toBeLessThan(MAX_VALUE_BYTES);
    expect(written(-2.2250738585072014e-308)).toBe('-2.2250738585072014e-308');
  });
});
