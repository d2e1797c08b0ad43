import { describe, expect, it } from '@jest/globals';
import { SYSLOG } from './syslog.ts';

describe('a message of syslog', () => {
  it.each([
    [
      'of RFC 5424',
      '<34>1 2003-10-11T22:14:15.003Z mymachine su - ID47 - failed',
      { level: 'CRITICAL', service: 'su', category: 'audit', message: 'failed' },
    ],
    [
      'without time and program',
      '<191>1 - - - - - - x',
      { level: 'DEBUG', time: undefined, service: undefined, message: 'x' },
    ],
    [
      'with a byte order mark',
      '<14>1 2003-10-11T22:14:15Z h a 1 - - \ufeffx',
      { message: 'x', process: '1' },
    ],
    [
      'with brackets in its data',
      '<14>1 2003-10-11T22:14:15Z h a 1 - [x@1 y="a\\]\\" b]"][z@1] m',
      { message: 'm' },
    ],
    ['without a message', '<14>1 2003-10-11T22:14:15Z h a 1 - [x@1 y="z"]', { message: '' }],
    [
      'of RFC 3164',
      '<11>Oct  1 22:14:15 mymachine app[42]: x',
      { level: 'ERROR', service: 'app', process: '42', message: 'x' },
    ],
    ['without a host', '<11>Oct 11 22:14:15 app: x y', { service: 'app', message: 'x y' }],
    ['in a file', 'Oct 11 22:14:15 mymachine app[42]: x', { level: 'UNKNOWN', service: 'app' }],
    [
      'in a file of rsyslog',
      '2026-11-22T23:30:32.1+01:00 mymachine CRON[7]: (root) CMD',
      { service: 'CRON', message: '(root) CMD' },
    ],
  ])('%s', (_, line, expected) => {
    expect(SYSLOG.parse(line)).toMatchObject(expected);
  });

  it.each([
    '<192>Oct 11 22:14:15 h a: x',
    '<>Oct 11 22:14:15 h a: x',
    '<34>1 yesterday h a 1 - - x',
    '<34>1 2003-10-11T22:14:15Z h a 1 - [open x',
    '<34>1 2003-10-11T22:14:15Z h',
    'Oct 11 22:14:15 nothing more',
    '2026-11-22T23:30:32: New connection from 127.0.0.1:40586 on port 1883.',
    '<html>',
    '',
  ])('not: %s', (line) => {
    expect(SYSLOG.parse(line)).toBeUndefined();
  });
});
