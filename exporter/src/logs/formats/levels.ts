import type { LogLevel } from '../entry.ts';

/** Words of severity with the level that they are; Python's FATAL is its CRITICAL. */
const LEVEL_BY_WORD: ReadonlyMap<string, LogLevel> = new Map<string, LogLevel>(
  (
    [
      ['DEBUG', ['DEBUG', 'TRACE', 'VERBOSE', 'FINE', 'FINER', 'FINEST']],
      ['INFO', ['INFO', 'INFORMATION', 'INFORMATIONAL', 'NOTICE', 'LOG', 'CONFIG']],
      ['WARNING', ['WARNING', 'WARN']],
      ['ERROR', ['ERROR', 'ERR', 'SEVERE']],
      ['CRITICAL', ['CRITICAL', 'CRIT', 'FATAL', 'PANIC', 'ALERT', 'EMERG', 'EMERGENCY']],
    ] as const
  ).flatMap(([level, words]) =>
    words.flatMap((word): [string, LogLevel][] => [
      [word, level],
      [word.toLowerCase(), level],
    ]),
  ),
);
const LONGEST_WORD = 13;

/** The level of a word in any case; undefined for a word that is none. */
export function levelOf(word: string): LogLevel | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  return LEVEL_BY_WORD.get(word) ?? LEVEL_BY_WORD.get(word.toUpperCase());
}
