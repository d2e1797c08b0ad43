import { createHash } from 'node:crypto';
import { ownCopy } from '../../base/own-copy.ts';
import type { LogLevel } from '../entry.ts';
import { type ErrorClass, errorClassOf } from './error-class.ts';
import { createHourCounts, type HourCounts } from './hour-counts.ts';
import { type MaskedText, WILDCARD } from './masking.ts';

const MOST_EXAMPLE_CHARACTERS = 500;

/** What messages of one service and level have in common. It changes in place while lines come. */
export interface Pattern {
  readonly service: string;
  readonly level: LogLevel;
  /** Words of the template; what differs is {@link WILDCARD}. */
  readonly words: string[];
  readonly gaps: readonly string[];
  /** Hash of the fixed words: the same in every run, and for the same template in another service. */
  id: string;
  /** Ids from before the template became wider, oldest first. */
  readonly formerIds: string[];
  /** The class of its messages where they are errors. */
  readonly errorClass: ErrorClass | null;
  /** The first message, cut. */
  readonly example: string;
  count: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  lastSeen: number;
  readonly hours: HourCounts;
  /** When it was last used, in a count of all uses. */
  usedAt: number;
  /** True once it was forgotten in favour of others. */
  gone: boolean;
}

/** The id of a template: a hash of its words, each run of variable ones as one. */
export function patternId(words: readonly string[]): string {
  let text = '';
  let inRun = false;
  for (const word of words) {
    const isVariable = word === WILDCARD;
    if (!isVariable || !inRun) text += `${word}\0`;
    inRun = isVariable;
  }
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The template as people read it. */
export function templateOf({ words, gaps }: MaskedText): string {
  return words.map((word, index) => (gaps[index] ?? '') + word).join('') + (gaps[words.length] ?? '');
}

export interface PatternStart extends MaskedText {
  readonly service: string;
  readonly level: LogLevel;
  readonly dataset: string;
  readonly message: string;
  readonly at: number;
}

/** A pattern that was seen in one message and not yet counted. */
export function createPattern({ words, gaps, service, level, dataset, message, at }: PatternStart): Pattern {
  const isError = level === 'ERROR' || level === 'CRITICAL';
  return {
    ...{ service, level, words: [...words], gaps, id: patternId(words), formerIds: [] },
    errorClass: isError ? errorClassOf(message, dataset) : null,
    example: ownCopy(message.slice(0, MOST_EXAMPLE_CHARACTERS)),
    ...{ count: 0, firstSeen: at, lastSeen: at, hours: createHourCounts(1), usedAt: 0, gone: false },
  };
}

/** Replaces the words that differ; returns whether there were any. Both have the same number of words. */
export function widen(pattern: Pattern, words: readonly string[]): boolean {
  const before = pattern.id;
  let changed = false;
  for (let index = 0; index < pattern.words.length; index++) {
    if (pattern.words[index] === WILDCARD || pattern.words[index] === words[index]) continue;
    pattern.words[index] = WILDCARD;
    changed = true;
  }
  if (!changed) return false;
  pattern.formerIds.push(before);
  pattern.id = patternId(pattern.words);
  return true;
}
