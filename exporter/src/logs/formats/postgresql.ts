import type { LogCategory, LogLevel } from '../entry.ts';
import type { LineTime, LogFormat, ParsedLine } from './format.ts';
import { isoTime, isoTimeAt } from './line-time.ts';

/** Words of severity as PostgreSQL writes them, behind each what it is; null for lines that explain the one before. */
const LEVEL_BY_WORD: ReadonlyMap<string, LogLevel | null> = new Map<string, LogLevel | null>([
  ['LOG', 'INFO'],
  ['ERROR', 'ERROR'],
  ['FATAL', 'CRITICAL'],
  ['PANIC', 'CRITICAL'],
  ['WARNING', 'WARNING'],
  ['NOTICE', 'INFO'],
  ['INFO', 'INFO'],
  ...[1, 2, 3, 4, 5].map((depth): [string, LogLevel] => [`DEBUG${depth}`, 'DEBUG']),
  ...['DETAIL', 'HINT', 'QUERY', 'CONTEXT', 'STATEMENT', 'LOCATION', 'BACKTRACE'].map(
    (word): [string, null] => [word, null],
  ),
]);

/**
 * Minutes east of UTC by abbreviation, where only one zone of the world has it. CST, IST or BST are several: such a line
 * counts as one without zone, which is then read in the zone of its source.
 */
const MINUTES_BY_ZONE: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ UTC: 0, GMT: 0, WET: 0, WEST: 60, CET: 60, CEST: 120, EET: 120, EEST: 180, MSK: 180, SAST: 120 },
    ...{
      EST: -300,
      EDT: -240,
      CDT: -300,
      MST: -420,
      MDT: -360,
      PST: -480,
      PDT: -420,
      AKST: -540,
      AKDT: -480,
    },
    ...{ HST: -600, JST: 540, KST: 540, AWST: 480, ACST: 570, ACDT: 630, AEST: 600, AEDT: 660 },
    ...{ NZST: 720, NZDT: 780 },
  }),
);
const MOST_PREFIX = 200;
const [SPACE, COLON] = [0x20, 0x3a];

/** Milliseconds east of UTC of an abbreviation, or of a number where a zone has none (`+03`); undefined when it is not sure. */
function offsetOf(zone: string): number | undefined {
  const minutes = MINUTES_BY_ZONE.get(zone);
  if (minutes !== undefined) return minutes * 60_000;
  const found = isoTime(`2000-01-01T00:00:00${zone}`);
  return found?.zoned === true ? Date.UTC(2000, 0, 1) - found.at : undefined;
}

function zoned(time: LineTime, zone: string): LineTime {
  const offset = offsetOf(zone);
  return offset === undefined ? time : { at: time.at - offset, zoned: true };
}

/** The word of severity behind the prefix: in capitals, with a colon and two blanks behind it. */
function severityAt(line: string, from: number): { start: number; end: number } | undefined {
  const limit = Math.min(line.length, from + MOST_PREFIX);
  let start = from;
  for (let index = from; index < limit; index++) {
    const code = line.charCodeAt(index);
    if (code === SPACE) start = index + 1;
    else if (code === COLON && line.charCodeAt(index + 1) === SPACE && line.charCodeAt(index + 2) === SPACE)
      return LEVEL_BY_WORD.has(line.slice(start, index)) ? { start, end: index } : undefined;
  }
  return undefined;
}

/** Log-ins, allowed and refused, and what changes the configuration or permissions. */
function categoryOf(message: string): LogCategory | undefined {
  switch (message.charCodeAt(0)) {
    case 0x63: // c
      return message.startsWith('connection authorized: ') || message.startsWith('connection authenticated: ')
        ? 'audit'
        : undefined;
    case 0x70: // p
      return message.startsWith('password authentication failed for ') ||
        (message.startsWith('parameter "') && message.includes('" changed to '))
        ? 'audit'
        : undefined;
    case 0x6e: // n
      return message.startsWith('no pg_hba.conf entry for ') ? 'audit' : undefined;
    case 0x72: // r
      return message.startsWith('received SIGHUP, reloading configuration') ||
        (message.startsWith('role "') && message.endsWith('" does not exist'))
        ? 'audit'
        : undefined;
    case 0x41: // A
      return message.startsWith('AUDIT: ') ? 'audit' : undefined;
    default:
      return undefined;
  }
}

function parse(line: string): ParsedLine | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined || line.charCodeAt(found.end) !== SPACE) return undefined;
  const open = line.indexOf('[', found.end);
  if (open === -1 || open - found.end > 10) return undefined;
  const close = line.indexOf(']', open);
  if (close === -1 || close - open > 20) return undefined;
  const severity = severityAt(line, close + 1);
  if (severity === undefined) return undefined;
  const levelText = line.slice(severity.start, severity.end);
  const level = LEVEL_BY_WORD.get(levelText);
  const time = open > found.end + 2 ? zoned(found.time, line.slice(found.end + 1, open - 1)) : found.time;
  const message = line.slice(severity.end + 3);
  const process = line.slice(open + 1, close);
  if (level == null) return { time, level: 'UNKNOWN', levelText, message, process, explains: true };
  return { time, level, levelText, message, process, category: categoryOf(message) };
}

const TIME = { at: Date.UTC(2026, 10, 22, 23, 35, 24, 840), zoned: true };

/** PostgreSQL's standard error with the prefix of Debian, of the images, or another that has time and `[pid]`. */
export const POSTGRESQL: LogFormat = {
  name: 'postgresql',
  title: 'PostgreSQL (`log_line_prefix` beginning with `%m [%p] ` or `%t [%p] `)',
  dataset: 'postgresql.log',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: [
        '2026-11-22 23:35:24.840 UTC [6065] valtronics@valtronics_db ERROR:  value too long for type character varying(20)',
        '2026-11-22 23:35:24.840 UTC [6065] valtronics@valtronics_db STATEMENT:  UPDATE devices',
        "\tSET status = 'a status of more than twenty characters'",
      ].join('\n'),
      expected: {
        time: TIME,
        level: 'ERROR',
        levelText: 'ERROR',
        message: 'value too long for type character varying(20)',
        process: '6065',
      },
    },
    {
      text: '2026-11-22 23:35:24.840 UTC [6065] root@root FATAL:  role "root" does not exist',
      expected: {
        time: TIME,
        level: 'CRITICAL',
        levelText: 'FATAL',
        message: 'role "root" does not exist',
        process: '6065',
        category: 'audit',
      },
    },
    {
      text: '2026-11-23 00:35:24.840 CET [20253] LOG:  checkpoint starting: time',
      expected: {
        time: TIME,
        level: 'INFO',
        levelText: 'LOG',
        message: 'checkpoint starting: time',
        process: '20253',
      },
    },
  ],
};
