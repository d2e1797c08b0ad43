import type { LogFormat, ParsedLine } from './format.ts';
import { readLogObject } from './json-object.ts';

/** Further pairs are not looked at. */
const MOST_PAIRS = 64;
const LONGEST_KEY = 64;
const [SPACE, QUOTE, EQUALS, BACKSLASH] = [0x20, 0x22, 0x3d, 0x5c];

/** Index of the `=` behind a key at an index; -1 where none stands. */
function keyEnd(line: string, start: number): number {
  for (let index = start; index < line.length && index - start <= LONGEST_KEY; index++) {
    const code = line.charCodeAt(index);
    if (code === EQUALS) return index === start ? -1 : index;
    if (code <= SPACE || code === QUOTE) return -1;
  }
  return -1;
}

/** Index of the quote that ends a value which begins at an index; -1 when none does. */
function quoteEnd(line: string, start: number): number {
  for (let index = start; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (code === BACKSLASH) index++;
    else if (code === QUOTE) return index;
  }
  return -1;
}

function unquoted(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll('\\"', '"').replaceAll('\\n', '\n').replaceAll('\\\\', '\\');
}

/** The first pairs of a line that is nothing but `key=value`; undefined for any other line. */
function pairsOf(line: string): Record<string, string> | undefined {
  const pairs: [string, string][] = [];
  let index = 0;
  while (index < line.length && pairs.length < MOST_PAIRS) {
    const equals = keyEnd(line, index);
    if (equals === -1) return undefined;
    const isQuoted = line.charCodeAt(equals + 1) === QUOTE;
    const blank = line.indexOf(' ', equals + 1);
    const end = isQuoted ? quoteEnd(line, equals + 2) : blank === -1 ? line.length : blank;
    if (end === -1) return undefined;
    const value = isQuoted ? unquoted(line.slice(equals + 2, end)) : line.slice(equals + 1, end);
    pairs.push([line.slice(index, equals), value]);
    index = (isQuoted ? end + 1 : end) + 1;
  }
  return Object.fromEntries(pairs);
}

function parse(line: string): ParsedLine | undefined {
  const pairs = pairsOf(line);
  if (pairs === undefined || (pairs['msg'] ?? pairs['message'] ?? pairs['level']) === undefined)
    return undefined;
  return readLogObject(pairs);
}

/** logfmt, as Go programs write it: the observers themselves. */
export const LOGFMT: LogFormat = {
  name: 'logfmt',
  title: 'logfmt: Prometheus, Alertmanager, Grafana, exporters',
  dataset: 'generic',
  begins: 'abcdefghijklmnopqrstuvwxyz',
  parse,
  samples: [
    {
      text: 'time=2026-11-22T23:30:32.120Z level=ERROR source=notifier.go:598 msg="Error sending alerts" err="Post \\"http://alertmanager:9093/api/v2/alerts\\": connection refused"',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32, 120), zoned: true },
        level: 'ERROR',
        levelText: 'ERROR',
        message: 'Error sending alerts',
      },
    },
    {
      text: 'logger=context t=2026-11-22T23:30:32.120456Z level=info msg="Request Completed" method=GET path=/api/health status=200 remote_addr=10.0.0.7 duration=1.2ms',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32, 120) + 0.456, zoned: true },
        level: 'INFO',
        levelText: 'info',
        logger: 'context',
        message: 'Request Completed',
        request: {
          method: 'GET',
          url: '/api/health',
          status: 200,
          clientIp: '10.0.0.7',
          durationSeconds: 0.0012,
        },
      },
    },
  ],
};
