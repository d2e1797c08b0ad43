import { describe, expect, it } from '@jest/globals';
import { POSTGRESQL } from './postgresql.ts';

describe('a line of PostgreSQL', () => {
  it.each([
    [
      'of Debian',
      '2026-11-22 23:35:24.840 UTC [1] a@b ERROR:  x',
      { level: 'ERROR', message: 'x', process: '1' },
    ],
    [
      'of the image',
      '2026-11-22 23:35:24.840 UTC [1] LOG:  x',
      { level: 'INFO', message: 'x', process: '1' },
    ],
    ['without milliseconds', '2026-11-22 23:35:24 UTC [1] WARNING:  x', { level: 'WARNING', message: 'x' }],
    [
      'of a session',
      '2026-11-22 23:35:24 UTC [1] [unknown]@[unknown] FATAL:  x',
      { level: 'CRITICAL', message: 'x' },
    ],
    [
      'with a colon in its words',
      '2026-11-22 23:35:24 UTC [1] ERROR:  a:  b',
      { level: 'ERROR', message: 'a:  b' },
    ],
    [
      'that explains',
      '2026-11-22 23:35:24 UTC [1] HINT:  x',
      { level: 'UNKNOWN', explains: true, message: 'x' },
    ],
    ['for developers', '2026-11-22 23:35:24 UTC [1] DEBUG3:  x', { level: 'DEBUG', message: 'x' }],
  ])('%s', (_, line, expected) => {
    expect(POSTGRESQL.parse(line)).toMatchObject(expected);
  });

  it.each([
    ['UTC', 0, true],
    ['CEST', -120, true],
    ['EDT', 240, true],
    ['+03', -180, true],
    ['-0530', 330, true],
    ['IST', 0, false],
    ['CST', 0, false],
    ['XYZ', 0, false],
  ])('in zone %s', (zone, minutes, zoned) => {
    const { time } = POSTGRESQL.parse(`2026-11-22 12:00:00.000 ${zone} [1] LOG:  x`) ?? {};
    expect(time).toEqual({ at: Date.UTC(2026, 10, 22, 12) + minutes * 60_000, zoned });
  });

  it.each([
    '2026-11-22 23:35:24 UTC LOG:  x',
    '2026-11-22 23:35:24 UTC [1] LOUD:  x',
    '2026-11-22 23:35:24 UTC [1] LOG: x',
    '2026-11-22 23:35:24 [INFO] app.main: x',
  ])('not: %s', (line) => {
    expect(POSTGRESQL.parse(line)).toBeUndefined();
  });
});
