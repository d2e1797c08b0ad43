import { describe, expect, it } from '@jest/globals';
import { formatSample } from './format.ts';
import { parseNumber, parsePromDuration, parseString } from './literals.ts';

describe('parsePromDuration', () => {
  it.each([
    ['1h30m', 5_400_000],
    ['5m', 300_000],
    ['100ms', 100],
    ['1m100ms', 60_100],
    ['1w2d', 777_600_000],
    ['1y', 31_536_000_000],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parsePromDuration(text)).toBe(milliseconds);
  });

  it.each(['', '5', '5 m', '30m1h', '1.5h', '-5m', '5m5m'])('%j is none', (text) => {
    expect(parsePromDuration(text)).toBeUndefined();
  });
});

describe('parseNumber', () => {
  it.each([
    ['1e3', 1000],
    ['-0.5', -0.5],
    ['0x1F', 31],
    ['017', 15],
    ['+Inf', Infinity],
    ['-inf', -Infinity],
    ['NaN', NaN],
    ['5m', 300],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text, 0)).toBe(value);
  });

  it('refuses what is none', () => {
    expect(() => parseNumber('0b11', 0)).toThrow('0b11 is no number');
  });
});

describe('parseString', () => {
  it('knows Go’s escapes, and none between back quotes', () => {
    expect(parseString(String.raw`"a\n\t\"\\\x41\u00e9\101"`, 0)).toBe('a\n\t"\\AéA');
    expect(parseString('`a\\n`', 0)).toBe('a\\n');
    expect(() => parseString(String.raw`"\xff"`, 3)).toThrow('no escape');
    expect(() => parseString(String.raw`"\q"`, 3)).toThrow('no escape');
  });
});

describe('formatSample', () => {
  it.each([
    [0.25, '0.25'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [NaN, 'NaN'],
    [1e21, '1000000000000000000000'],
    [1.1e-7, '0.00000011'],
    [-0, '-0'],
  ])('writes %d as %s', (value, text) => {
    expect(formatSample(value)).toBe(text);
  });
});
