import type { LogLevel } from '../entry.ts';
import type { LineTime } from './format.ts';
import { levelOf } from './levels.ts';
import { isoTimeAt } from './line-time.ts';

const LONGEST_LEVEL = 13;

/** Time and level in front of a line, and where its text begins. */
export interface BracketedLevel {
  readonly time: LineTime;
  readonly level: LogLevel;
  readonly levelText: string;
  readonly start: number;
}

/** Reads `2026-11-22 23:33:38 [INFO] ` in front of a line; undefined for any other. */
export function bracketedLevel(line: string): BracketedLevel | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined || !line.startsWith(' [', found.end)) return undefined;
  const open = found.end + 2;
  const close = line.indexOf('] ', open);
  if (close === -1 || close - open > LONGEST_LEVEL) return undefined;
  const levelText = line.slice(open, close);
  const level = levelOf(levelText);
  return level === undefined ? undefined : { time: found.time, level, levelText, start: close + 2 };
}
