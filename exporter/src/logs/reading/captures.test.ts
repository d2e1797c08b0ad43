import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { LogEntry, LogLevel } from '../entry.ts';
import { readText } from './read-text.fixture.ts';

/** Files that the running platform wrote, with whose they are and how their lines say their level to somebody who reads. */
const CAPTURES: readonly (readonly [string, string, RegExp])[] = [
  ['backend-stdout', 'valtronics-api', /^(\w+):/],
  ['backend-stock-stdout', 'valtronics-api', /^(?:\d[\d:, -]+ )?(\w+)/],
  ['fleet', 'valtronics-fleet', / - (INFO|WARNING|ERROR) - /],
  ['mosquitto', 'mosquitto', /: (Warning: |)/],
  ['postgres', 'postgresql', /(LOG|ERROR|FATAL): {2}/],
  ['redis', 'redis', / ([*#]) /],
  ['simulator', 'valtronics-simulator', / - (INFO|WARNING) - /],
];
const LEVELS: Readonly<Record<string, LogLevel>> = {
  ...({ INFO: 'INFO', WARNING: 'WARNING', ERROR: 'ERROR' } as const),
  ...({
    LOG: 'INFO',
    FATAL: 'CRITICAL',
    '*': 'INFO',
    '#': 'WARNING',
    'Warning: ': 'WARNING',
    '': 'INFO',
  } as const),
};
/** Zone of the source: times without one are read in it. */
const TIMEZONE = 'Europe/Berlin';

function textOf(name: string): string {
  return readFileSync(new URL(`../../../test/captures/logs/${name}.log`, import.meta.url), 'utf8');
}

/**
 * The table of what a person finds in a capture: a row an entry, `46-47` for one of two lines, `1..9` for nine entries of a
 * line each that are alike; time `-` where the lines have none.
 */
function expectedRows(name: string): string[] {
  const url = new URL(`../../../test/captures/logs-expected/${name}.tsv`, import.meta.url);
  const [, ...rows] = readFileSync(url, 'utf8').trimEnd().split('\n');
  return rows.flatMap((row) => {
    const [lines = '', ...rest] = row.split('\t');
    const [first, last] = lines.split('..').map(Number);
    if (first === undefined || last === undefined) return [row];
    return Array.from({ length: last - first + 1 }, (_, index) => [first + index, ...rest].join('\t'));
  });
}

function rowOf(
  { offset, raw, format, level, category, timeSource, timestamp, deviceId }: LogEntry,
  bytes: Buffer,
): string {
  const first = bytes.toString('utf8', 0, offset).split('\n').length;
  const count = raw.split('\n').length;
  const lines = count === 1 ? `${first}` : `${first}-${first + count - 1}`;
  const time = timeSource === 'read' ? '-' : new Date(timestamp).toISOString();
  return [lines, format ?? '-', level, category, time, deviceId ?? '-'].join('\t');
}

describe.each(CAPTURES)('%s', (name, service, levelPattern) => {
  const text = textOf(name);
  const entries = readText(text, { service, timezone: TIMEZONE });

  it('has every line in the table of what it is', () => {
    const bytes = Buffer.from(text);
    expect(entries.map((entry) => rowOf(entry, bytes))).toEqual(expectedRows(name));
    expect(new Set(entries.map((entry) => entry.service))).toEqual(new Set([service]));
  });

  it('keeps every line', () => {
    expect(entries.map(({ raw }) => raw).join('\n')).toBe(text.trimEnd());
    expect(entries.some(({ truncated }) => truncated)).toBe(false);
  });

  it('has the level that stands in each line', () => {
    const levels = entries.map(({ raw }) => LEVELS[levelPattern.exec(raw)?.[1] ?? '?']);
    expect(entries.map(({ level }) => level)).toEqual(levels);
  });
});
