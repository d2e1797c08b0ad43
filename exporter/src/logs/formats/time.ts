import type { LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { isoTimeAt } from './line-time.ts';

/** What stands between time, level and message. */
const BETWEEN = new Set(' \t-|:[](),'.split('').map((character) => character.charCodeAt(0)));
const LONGEST_LEVEL = 13;

function afterBetween(line: string, start: number): number {
  let index = start;
  while (BETWEEN.has(line.charCodeAt(index))) index++;
  return index;
}

function parse(line: string): ParsedLine | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined || !BETWEEN.has(line.charCodeAt(found.end))) return undefined;
  const start = afterBetween(line, found.end);
  let end = start;
  while (end < line.length && end - start <= LONGEST_LEVEL && !BETWEEN.has(line.charCodeAt(end))) end++;
  const levelText = line.slice(start, end);
  const level = levelOf(levelText);
  if (level === undefined) return { time: found.time, level: 'UNKNOWN', message: line.slice(start) };
  return { time: found.time, level, levelText, message: line.slice(afterBetween(line, end)) };
}

/** Any line that begins with an ISO time, and maybe a level, whatever stands between: tried after all others. */
export const TIME: LogFormat = {
  name: 'time',
  title: 'other lines that begin with an ISO time, with a level behind it or none',
  dataset: 'generic',
  begins: '0123456789',
  general: true,
  parse,
  samples: [
    {
      text: '2026-11-22 23:30:32.120  WARN 1 --- [main] c.v.Bridge : queue is 90 % full',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32, 120), zoned: false },
        level: 'WARNING',
        levelText: 'WARN',
        message: '1 --- [main] c.v.Bridge : queue is 90 % full',
      },
    },
    {
      text: '2026-11-22T23:30:32Z [error] cannot reach the broker',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32), zoned: true },
        level: 'ERROR',
        levelText: 'error',
        message: 'cannot reach the broker',
      },
    },
    {
      text: '2026-11-22 23:30:32 startup archives unpack',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32), zoned: false },
        level: 'UNKNOWN',
        message: 'startup archives unpack',
      },
    },
  ],
};
