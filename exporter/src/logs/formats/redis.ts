import type { LogLevel } from '../entry.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { clockAt, digitsAt, fractionLength, fractionOf, isDigit, midnight, monthAt } from './line-time.ts';

/** `.` debug, `-` verbose, `*` notice, `#` warning: Redis' own four. */
const LEVEL_BY_MARK: Readonly<Record<string, LogLevel>> = {
  '.': 'DEBUG',
  '-': 'DEBUG',
  '*': 'INFO',
  '#': 'WARNING',
};
/** Master, slave, child, sentinel. */
const ROLES = 'MSCX';
const MOST_PID_DIGITS = 10;
/** Length of `Nov 2026 23:33:58`. */
const BEHIND_DAY = 17;

function parse(line: string): ParsedLine | undefined {
  const colon = line.indexOf(':');
  if (colon < 1 || colon > MOST_PID_DIGITS || line.charCodeAt(colon + 2) !== 0x20) return undefined;
  if (!ROLES.includes(line.charAt(colon + 1))) return undefined;
  const start = colon + 3;
  const two = isDigit(line.charCodeAt(start + 1));
  const day = digitsAt(line, start, two ? 2 : 1);
  const month = start + (two ? 3 : 2);
  const at = midnight(digitsAt(line, month + 4, 4), monthAt(line, month), day) + clockAt(line, month + 9);
  if (Number.isNaN(at)) return undefined;
  const clockEnd = month + BEHIND_DAY;
  const fraction = fractionLength(line, clockEnd);
  const mark = clockEnd + fraction + 1;
  const levelText = line.charAt(mark);
  const level = LEVEL_BY_MARK[levelText];
  if (level === undefined || line.charCodeAt(mark + 1) !== 0x20) return undefined;
  return {
    time: { at: at + fractionOf(line, clockEnd, fraction), zoned: false },
    level,
    levelText,
    message: line.slice(mark + 2),
    process: line.slice(0, colon),
  };
}

/** Redis and Valkey. */
export const REDIS: LogFormat = {
  name: 'redis',
  title: 'Redis and Valkey',
  dataset: 'redis.log',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '5182:M 22 Nov 2026 23:33:58.553 * Ready to accept connections',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 33, 58, 553), zoned: false },
        level: 'INFO',
        levelText: '*',
        message: 'Ready to accept connections',
        process: '5182',
      },
    },
    {
      text: '5182:M 22 Nov 2026 23:33:58.553 # Out Of Memory allocating 1024 bytes!',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 33, 58, 553), zoned: false },
        level: 'WARNING',
        levelText: '#',
        message: 'Out Of Memory allocating 1024 bytes!',
        process: '5182',
      },
    },
  ],
};
