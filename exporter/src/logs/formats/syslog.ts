import type { LogCategory, LogLevel } from '../entry.ts';
import type { FoundTime } from './line-time.ts';
import type { LineTime, LogFormat, ParsedLine } from './format.ts';
import { digitsAt, isDigit, isoTimeAt, yearlessTimeAt } from './line-time.ts';

const LEVEL_BY_SEVERITY: readonly LogLevel[] = [
  ...(['CRITICAL', 'CRITICAL', 'CRITICAL', 'ERROR', 'WARNING'] as const),
  ...(['INFO', 'INFO', 'DEBUG'] as const),
];
const WORD_BY_SEVERITY = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
/** auth, authpriv, audit: log-ins and permissions. */
const AUDIT_FACILITIES: ReadonlySet<number> = new Set([4, 10, 13]);
const LONGEST_HOST = 255;
const LONGEST_TAG = 128;
const [SPACE, BRACKET, BACKSLASH, QUOTE] = [0x20, 0x5d, 0x5c, 0x22];
const BYTE_ORDER_MARK = 0xfeff;

/** What `<165>` says, and where the line goes on. Without it nothing is said of severity. */
interface Priority {
  readonly level: LogLevel;
  readonly levelText?: string;
  readonly category?: LogCategory;
  readonly end: number;
}

function priorityOf(line: string): Priority | undefined {
  if (line.charCodeAt(0) !== 0x3c) return { level: 'UNKNOWN', end: 0 };
  const close = line.indexOf('>', 1);
  if (close < 2 || close > 4) return undefined;
  const value = digitsAt(line, 1, close - 1);
  if (value < 0 || value > 191) return undefined;
  const severity = value % 8;
  return {
    level: LEVEL_BY_SEVERITY[severity] ?? 'UNKNOWN',
    levelText: WORD_BY_SEVERITY[severity],
    category: AUDIT_FACILITIES.has(value >> 3) ? 'audit' : undefined,
    end: close + 1,
  };
}

/** Index behind the structured data of RFC 5424 at an index, or -1 where it is none. */
function afterStructuredData(line: string, start: number): number {
  if (line.charAt(start) === '-') return start + 1;
  let index = start;
  while (line.charAt(index) === '[') {
    let quoted = false;
    index++;
    for (; index < line.length; index++) {
      const code = line.charCodeAt(index);
      if (code === BACKSLASH && quoted) index++;
      else if (code === QUOTE) quoted = !quoted;
      else if (code === BRACKET && !quoted) break;
    }
    if (index >= line.length) return -1;
    index++;
  }
  return index > start ? index : -1;
}

function orNone(text: string): string | undefined {
  return text === '-' || text === '' ? undefined : text;
}

/** RFC 5424 behind its version: time, host, application, process, message id, structured data, message. */
function parse5424(line: string, start: number, priority: Priority): ParsedLine | undefined {
  const fields: string[] = [];
  let index = start;
  while (fields.length < 5) {
    const end = line.indexOf(' ', index);
    if (end === -1) return undefined;
    fields.push(line.slice(index, end));
    index = end + 1;
  }
  const [timeText = '', , application = '', process = ''] = fields;
  const found = timeText === '-' ? undefined : isoTimeAt(timeText, 0);
  if (timeText !== '-' && found?.end !== timeText.length) return undefined;
  const end = afterStructuredData(line, index);
  if (end === -1 || (end < line.length && line.charCodeAt(end) !== SPACE)) return undefined;
  const begin = line.charCodeAt(end + 1) === BYTE_ORDER_MARK ? end + 2 : end + 1;
  return {
    time: found?.time,
    level: priority.level,
    levelText: priority.levelText,
    category: priority.category,
    service: orNone(application),
    process: orNone(process),
    message: line.slice(begin),
  };
}

/** The program in `sshd[417]: ` or `kernel: ` at an index; undefined for anything else. */
function tagAt(line: string, start: number): { program: string; process?: string; end: number } | undefined {
  for (let index = start; index < start + LONGEST_TAG; index++) {
    const code = line.charCodeAt(index);
    if (Number.isNaN(code) || code === SPACE) return undefined;
    if (code === 0x3a) {
      const end = line.charCodeAt(index + 1) === SPACE ? index + 2 : index + 1;
      return index === start ? undefined : { program: line.slice(start, index), end };
    }
    if (code !== 0x5b) continue;
    const close = line.indexOf(']:', index);
    if (index === start || close === -1 || close - index > LONGEST_TAG) return undefined;
    const end = line.charCodeAt(close + 2) === SPACE ? close + 3 : close + 2;
    return { program: line.slice(start, index), process: line.slice(index + 1, close), end };
  }
  return undefined;
}

function parse3164(line: string, time: LineTime, start: number, priority: Priority): ParsedLine | undefined {
  if (line.charCodeAt(start) !== SPACE) return undefined;
  const hostEnd = line.indexOf(' ', start + 1);
  if (hostEnd <= start + 1 || hostEnd - start > LONGEST_HOST) return undefined;
  // A host may be missing: the tag stands where it would be.
  const tag = tagAt(line, hostEnd + 1) ?? tagAt(line, start + 1);
  if (tag === undefined) return undefined;
  return {
    time,
    level: priority.level,
    levelText: priority.levelText,
    category: priority.category,
    service: tag.program,
    process: tag.process,
    message: line.slice(tag.end),
  };
}

/** What small devices send: a priority, maybe a tag, and the message. */
function parseTimeless(line: string, start: number, priority: Priority): ParsedLine {
  const tag = tagAt(line, start);
  return {
    level: priority.level,
    levelText: priority.levelText,
    category: priority.category,
    ...(tag === undefined ? {} : { service: tag.program, process: tag.process }),
    message: line.slice(tag?.end ?? start),
  };
}

/**
 * Reads a message of syslog: RFC 5424, RFC 3164, and what rsyslog and syslog-ng write into files of them, with or without
 * `<priority>`. Undefined for any other text. The program is the service.
 */
function parseSyslog(line: string): ParsedLine | undefined {
  const priority = priorityOf(line);
  if (priority === undefined) return undefined;
  const { end } = priority;
  if (end > 0 && line.charCodeAt(end) === 0x31 && line.charCodeAt(end + 1) === SPACE)
    return parse5424(line, end + 2, priority);
  const isIso = isDigit(line.charCodeAt(end)) && line.charCodeAt(end + 10) === 0x54;
  const found: FoundTime | undefined = isIso ? isoTimeAt(line, end) : yearlessTimeAt(line, end);
  if (found !== undefined) return parse3164(line, found.time, found.end, priority);
  return end === 0 ? undefined : parseTimeless(line, end, priority);
}

/** Syslog in a file, or as it comes over the network. */
export const SYSLOG: LogFormat = {
  name: 'syslog',
  title: 'syslog: RFC 5424, RFC 3164, files of rsyslog',
  dataset: 'system.syslog',
  begins: '<0123456789JFMASOND',
  parse: parseSyslog,
  samples: [
    {
      text: '<165>1 2026-11-22T23:30:32.003Z web-1 valtronics-gateway 417 ID47 [exampleSDID@32473 iut="3"] upstream is back',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32, 3), zoned: true },
        level: 'INFO',
        levelText: 'notice',
        service: 'valtronics-gateway',
        process: '417',
        message: 'upstream is back',
      },
    },
    {
      text: '<38>Nov 22 23:30:32 web-1 sshd[417]: Failed password for root from 203.0.113.9 port 4711 ssh2',
      expected: {
        time: { at: Date.UTC(1972, 10, 22, 23, 30, 32), zoned: false, yearless: true },
        level: 'INFO',
        levelText: 'info',
        category: 'audit',
        service: 'sshd',
        process: '417',
        message: 'Failed password for root from 203.0.113.9 port 4711 ssh2',
      },
    },
    {
      text: '<11>bridge[7]: the broker is gone',
      expected: {
        level: 'ERROR',
        levelText: 'err',
        service: 'bridge',
        process: '7',
        message: 'the broker is gone',
      },
    },
    {
      text: '2026-11-22T23:30:32.123456+01:00 web-1 kernel: Out of memory: Killed process 4711 (node)',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 22, 30, 32) + 123.456, zoned: true },
        level: 'UNKNOWN',
        service: 'kernel',
        message: 'Out of memory: Killed process 4711 (node)',
      },
    },
  ],
};
