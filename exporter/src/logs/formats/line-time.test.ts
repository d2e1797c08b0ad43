import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochTime, isoTime, isoTimeAt, yearlessTimeAt } from './line-time.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('an ISO time', () => {
  it.each([
    ['2026-11-22T23:30:32Z', utc('2026-11-22T23:30:32'), true],
    ['2026-11-22 23:30:32', utc('2026-11-22T23:30:32'), false],
    ['2026-11-22 23:30:32,123', utc('2026-11-22T23:30:32.123'), false],
    ['2026-11-22 23:30:32.5', utc('2026-11-22T23:30:32.500'), false],
    ['2026-11-22T23:30:32.123456+01:00', utc('2026-11-22T22:30:32') + 123.456, true],
    ['2026-11-22T23:30:32.123456789012-0530', utc('2026-11-23T05:00:32') + 123.456789, true],
    ['2026-11-22T23:30:32+02', utc('2026-11-22T21:30:32'), true],
    ['2024-02-29T00:00:00Z', utc('2024-02-29T00:00:00'), true],
    ['2026-12-31T23:59:60Z', utc('2027-01-01T00:00:00'), true],
  ])('%s', (text, at, zoned) => {
    expect(isoTime(text)).toEqual({ at, zoned });
  });

  it.each([
    ...[
      '2026-11-22',
      '2026-11-22T23:30',
      '2026-13-22T23:30:32Z',
      '2026-02-29T00:00:00Z',
      '2026-11-22T24:00:00Z',
    ],
    ...['2026-11-22T23:60:00Z', '2026-11-22T23:30:61Z', '2026/11/22 23:30:32', '20261122T233032Z', 'x', ''],
    ...[
      '2026-11-22T23:30:32+19:00',
      '2026-11-22T23:30:32 UTC',
      '2026-11-00T23:30:32Z',
      '0026-11-22T23:30:32Z',
    ],
  ])('not: %s', (text) => {
    expect(isoTime(text)).toBeUndefined();
  });

  it('ends where the line goes on', () => {
    expect(isoTimeAt('x 2026-11-22 23:30:32,123 - y', 2)?.end).toBe(25);
    expect(isoTimeAt('2026-11-22T23:30:32. x', 0)?.end).toBe(19);
  });

  it('is read as Date writes it', () => {
    const instant = fc.integer({ min: utc('1000-01-01T00:00:00'), max: utc('9999-12-31T23:59:59') });
    fc.assert(
      fc.property(instant, (at) => {
        expect(isoTime(new Date(at).toISOString())).toEqual({ at, zoned: true });
      }),
    );
  });
});

describe('a number as a time', () => {
  it.each([
    [1_795_390_232.5, 1_795_390_232_500],
    [1_795_390_232_500, 1_795_390_232_500],
    [1_795_390_232_500_250, 1_795_390_232_500.25],
    [1_795_390_232_500_250_000, 1_795_390_232_500.25],
  ])('%d', (value, at) => {
    expect(epochTime(value)).toEqual({ at, zoned: true });
  });

  it.each([0, -1, NaN, Infinity, 1e30])('not: %d', (value) => {
    expect(epochTime(value)).toBeUndefined();
  });
});

describe('a time without year', () => {
  it.each([
    ['Nov 22 23:30:32', utc('1972-11-22T23:30:32'), 15],
    ['Feb 29 08:00:00.250 x', utc('1972-02-29T08:00:00.250'), 19],
    ['Nov  2 23:30:32', utc('1972-11-02T23:30:32'), 15],
  ])('%s', (text, at, end) => {
    expect(yearlessTimeAt(text, 0)).toEqual({ time: { at, zoned: false, yearless: true }, end });
  });

  it.each(['Nov 31 23:30:32', 'Nof 22 23:30:32', 'Nov 22', 'Nov-22 23:30:32', ''])('not: %s', (text) => {
    expect(yearlessTimeAt(text, 0)).toBeUndefined();
  });
});
