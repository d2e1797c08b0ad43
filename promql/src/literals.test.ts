import { describe, expect, it } from '@jest/globals';
import { formatSample, parseNumber, parsePromDuration, parseString } from './literals.ts';

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

  it.each(['', '5', '5 m', '300y', '30m1h', '1.5h', '-5m', '5m5m'])('%j is none', (text) => {
    expect(parsePromDuration(text)).toBeUndefined();
  });
});

describe('parseNumber', () => {
  it.each([
    ['1e3', 1000],
    ['5.', 5],
    ['5.e1', 50],
    ['.5', 0.5],
    ['0x1F', 31],
    ['017', 15],
    ['Inf', Infinity],
    ['NaN', NaN],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text, 0)).toBe(value);
  });

  it('refuses what is none', () => {
    for (const text of ['0x', '1e', '1e999', '0x1.8'])
      expect(() => parseNumber(text, 0)).toThrow(`${text} is no number`);
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
    [-2.5e-300, `-0.${'0'.repeat(299)}25`],
    [1e23, '100000000000000000000000'],
    [-1.5e22, '-15000000000000000000000'],
    [-0, '-0'],
  ])('writes %d as %s', (value, text) => {
    expect(formatSample(value)).toBe(text);
  });
});
