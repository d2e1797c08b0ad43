import type { LogLevel } from '../entry.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { type FoundTime, isoTime, isoTimeAt } from './line-time.ts';

/** What stands between time, level and message. */
const BETWEEN = new Set(' \t-|:[](),'.split('').map((character) => character.charCodeAt(0)));
const LONGEST_LEVEL = 13;
/** A blank and `+01:00`. */
const LONGEST_ZONE = 7;

/** Words of a level that sentences begin with as well: they count in capitals, or with a mark or a bracket at them. */
const PROSE = new Set(['alert', 'config', 'fine', 'log', 'notice', 'panic']);
const LONGEST_GROUP = 128;
const MOST_GROUPS = 3;
const [SPACE, OPEN, CLOSE] = [0x20, 0x5b, 0x5d];

function afterBetween(line: string, start: number): number {
  let index = start;
  while (BETWEEN.has(line.charCodeAt(index))) index++;
  return index;
}

/** Index of the message, which may begin with a bracket of its own. */
function messageStart(line: string, start: number): number {
  const index = afterBetween(line, start);
  const before = line.charAt(index - 1);
  return index > start && (before === '[' || before === '(') ? index - 1 : index;
}

interface FoundLevel {
  readonly level: LogLevel;
  readonly levelText: string;
  readonly end: number;
}

/** The level that a word at an index is, where it is meant as one. */
function levelAt(line: string, start: number): FoundLevel | undefined {
  let end = start;
  while (end < line.length && end - start <= LONGEST_LEVEL && !BETWEEN.has(line.charCodeAt(end))) end++;
  const levelText = line.slice(start, end);
  const level = levelOf(levelText);
  if (level === undefined) return undefined;
  const bare = line.charCodeAt(start - 1) === SPACE && line.charCodeAt(end) === SPACE;
  const prose = bare && PROSE.has(levelText.toLowerCase()) && levelText !== levelText.toUpperCase();
  return prose ? undefined : { level, levelText, end };
}

/** The level behind a time, also behind what stands in brackets between: a thread, a process. */
function levelBehind(line: string, start: number): FoundLevel | undefined {
  let index = afterBetween(line, start);
  for (let group = 0; ; group++) {
    const found = levelAt(line, index);
    if (found !== undefined || group === MOST_GROUPS || line.charCodeAt(index - 1) !== OPEN) return found;
    const close = line.slice(index, index + LONGEST_GROUP).indexOf(']');
    if (close === -1) return undefined;
    index = afterBetween(line, index + close + 1);
  }
}

/** The time in front of a line, bare or in a bracket; there, a blank may stand in front of its zone. */
function timeOf(line: string): FoundTime | undefined {
  if (line.charCodeAt(0) !== OPEN) return isoTimeAt(line, 0);
  const found = isoTimeAt(line, 1);
  if (found === undefined || line.charCodeAt(found.end) === CLOSE) return found;
  const close = line.indexOf(']', found.end);
  if (line.charCodeAt(found.end) !== SPACE || close > found.end + LONGEST_ZONE) return found;
  const zoned = isoTime(line.slice(1, found.end) + line.slice(found.end + 1, close));
  return zoned === undefined ? found : { time: zoned, end: close };
}

function parse(line: string): ParsedLine | undefined {
  const found = timeOf(line);
  if (found === undefined || !BETWEEN.has(line.charCodeAt(found.end))) return undefined;
  const { time, end } = found;
  const behind = levelBehind(line, end);
  if (behind === undefined) return { time, level: 'UNKNOWN', message: line.slice(messageStart(line, end)) };
  const { level, levelText } = behind;
  return { time, level, levelText, message: line.slice(messageStart(line, behind.end)) };
}

/** Any line that begins with an ISO time, and maybe a level, whatever stands between: tried after all others. */
export const TIME: LogFormat = {
  name: 'time',
  title: 'other lines that begin with an ISO time, with a level behind it or none',
  dataset: 'generic',
  begins: '0123456789[',
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
      text: '2026-11-22 23:30:32,120 [main] ERROR c.v.Bridge - queue is full',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32, 120), zoned: false },
        level: 'ERROR',
        levelText: 'ERROR',
        message: 'c.v.Bridge - queue is full',
      },
    },
    {
      text: '[2026-11-22 23:30:32 +0100] [42] [CRITICAL] WORKER TIMEOUT (pid:43)',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 22, 30, 32), zoned: true },
        level: 'CRITICAL',
        levelText: 'CRITICAL',
        message: 'WORKER TIMEOUT (pid:43)',
      },
    },
    {
      text: '2026-11-22 23:30:32 Alert 17 was resolved',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32), zoned: false },
        level: 'UNKNOWN',
        message: 'Alert 17 was resolved',
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
