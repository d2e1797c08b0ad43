import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zoneOf, newestYear } from './zone.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('a zone', () => {
  it.each([
    ['Europe/Berlin', '2026-11-22T23:30:00', '2026-11-22T22:30:00'],
    ['Europe/Berlin', '2026-07-22T23:30:00', '2026-07-22T21:30:00'],
    ['America/New_York', '2026-11-22T23:30:00', '2026-11-23T04:30:00'],
    ['Asia/Kolkata', '2026-11-22T23:30:00', '2026-11-22T18:00:00'],
    ['Australia/Lord_Howe', '2026-11-22T23:30:00', '2026-11-22T12:30:00'],
    ['UTC', '2026-11-22T23:30:00', '2026-11-22T23:30:00'],
  ])('%s: %s is %s UTC', (timezone, local, expected) => {
    expect(zoneOf(timezone).instantOf(utc(local))).toBe(utc(expected));
  });

  it('leaps: a time that no clock shows is as long behind the leap', () => {
    expect(zoneOf('Europe/Berlin').instantOf(utc('2026-03-29T02:30:00'))).toBe(utc('2026-03-29T01:30:00'));
  });

  it('repeats an hour: the first, unless the line before was later', () => {
    const zone = zoneOf('Europe/Berlin');
    const local = utc('2026-10-25T02:30:00');
    expect(zone.instantOf(local)).toBe(utc('2026-10-25T00:30:00'));
    expect(zone.instantOf(local, utc('2026-10-25T00:29:59'))).toBe(utc('2026-10-25T00:30:00'));
    expect(zone.instantOf(local, utc('2026-10-25T00:30:01'))).toBe(utc('2026-10-25T00:30:00'));
    expect(zone.instantOf(local, utc('2026-10-25T00:59:59'))).toBe(utc('2026-10-25T01:30:00'));
  });

  it('must exist', () => {
    expect(() => zoneOf('Europe/Atlantis')).toThrow(RangeError);
  });

  it('gives back every instant that is not repeated', () => {
    const zone = zoneOf('America/New_York');
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: utc('2020-01-01'), max: utc('2030-01-01') }), (instant) => {
        const second = Math.floor(instant / 1000) * 1000;
        const local = utc(format.format(second).replace(' ', 'T'));
        // Told that the line before was this one, it is at most an hour off: in the hour that comes twice.
        const read = zone.instantOf(local, second);
        expect([0, 3_600_000]).toContain(second - read);
        if (new Date(local).getUTCMonth() !== 10) expect(read).toBe(second);
      }),
    );
  });
});

describe('a time without year', () => {
  const zone = zoneOf('UTC');
  const now = utc('2026-11-29T12:00:00');

  it.each([
    ['1972-11-22T23:30:32', '2026-11-22T23:30:32'],
    ['1972-11-30T11:59:59', '2026-11-30T11:59:59'],
    ['1972-11-30T12:00:01', '2025-11-30T12:00:01'],
    ['1972-12-31T23:59:59', '2025-12-31T23:59:59'],
    ['1972-02-29T08:00:00', '2024-02-29T08:00:00'],
  ])('%s is %s', (local, expected) => {
    expect(newestYear(zone, utc(local), now)).toBe(utc(expected));
  });

  it('may lie in the year that begins tonight', () => {
    expect(newestYear(zone, utc('1972-01-01T00:00:05'), utc('2026-12-31T23:59:59'))).toBe(
      utc('2027-01-01T00:00:05'),
    );
  });
});
