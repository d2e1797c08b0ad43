import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePlatformTime } from './platform-time.ts';

const MOMENT = Date.UTC(2026, 10, 22, 23, 26, 42, 796);

describe('parsePlatformTime', () => {
  it.each([
    ['2026-11-22T23:26:42.796258Z', MOMENT],
    ['2026-11-22T23:26:42.796258+00:00', MOMENT],
    ['2026-11-22T23:26:42.796258', MOMENT],
    ['2026-11-22 23:26:42.796258', MOMENT],
    ['2026-11-23T01:26:42.796+02:00', MOMENT],
    ['2026-11-22T18:26:42.796-0500', MOMENT],
    ['2026-11-22 23:26:42.796+00', MOMENT],
    ['2026-11-22T23:26:42', MOMENT - 796],
    ['2026-11-22T23:26', MOMENT - 42_796],
    ['2026-11-22T23:26:42.7Z', MOMENT - 96],
    [' 2026-11-22T23:26:42.796z ', MOMENT],
    ['2026-11-22', Date.UTC(2026, 10, 22)],
  ])('reads %s', (text, expected) => {
    expect(parsePlatformTime(text)).toBe(expected);
  });

  it.each(['', 'never', '2026-13-01T00:00:00Z', '2026-11-22T25:00:00', '1795389836', '{}', 'infinity'])(
    'has null for %j',
    (text) => {
      expect(parsePlatformTime(text)).toBeNull();
    },
  );

  it('reads the three spellings of one moment alike', () => {
    const range = { min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (date) => {
        const zulu = date.toISOString();
        const naive = zulu.slice(0, -1);
        for (const text of [zulu, naive, `${naive}+00:00`])
          expect(parsePlatformTime(text)).toBe(date.getTime());
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePlatformTime(text)));
  });
});
