import { RE2JS } from 're2js';
import { ExpressionError } from './errors.ts';

export const MATCH_OPERATORS = ['=', '!=', '=~', '!~'] as const;
export type MatchOperator = (typeof MATCH_OPERATORS)[number];

/** A condition on one label; a label that a series has not counts as empty. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
  /** Whether a label of that value fulfils it. */
  readonly matches: (value: string) => boolean;
}

/** Parts of a regular expression; the last is Go's newer way to name a group, which Prometheus 2.42 refuses. */
const PARTS = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\^?\w+:\]|[^\]\\])*\]|(\(\?<)/g;

/**
 * A regular expression of Prometheus (RE2), which has to match the whole text; matching takes time in proportion to
 * the text, whatever the pattern is. Throws an ExpressionError for a pattern that is none.
 */
export function compilePattern(pattern: string, at: number): RE2JS {
  const refuse = (why: string): never => {
    throw new ExpressionError(`the regular expression ${JSON.stringify(pattern)} cannot be read: ${why}`, at);
  };
  if ([...pattern.matchAll(PARTS)].some(([, named]) => named !== undefined))
    refuse('a group is named by (?P<name>…)');
  try {
    // As Prometheus does: alone first, so that nothing closes the group that is put around it.
    RE2JS.compile(pattern);
    return RE2JS.compile(`^(?:${pattern})$`);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** Values whose result is remembered: series come again at each evaluation. */
const REMEMBERED = 10_000;

function createTest(value: string, at: number): (given: string) => boolean {
  const pattern = compilePattern(value, at);
  const known = new Map<string, boolean>();
  return (given) => {
    const before = known.get(given);
    if (before !== undefined) return before;
    const result = pattern.test(given);
    if (known.size >= REMEMBERED) known.clear();
    known.set(given, result);
    return result;
  };
}

/** Makes a matcher; throws an ExpressionError for a pattern that cannot be used. `at` is its offset in the text. */
export function createMatcher(label: string, operator: MatchOperator, value: string, at: number): Matcher {
  const base = { label, operator, value };
  switch (operator) {
    case '=':
      return { ...base, matches: (given) => given === value };
    case '!=':
      return { ...base, matches: (given) => given !== value };
    case '=~':
      return { ...base, matches: createTest(value, at) };
    case '!~': {
      const test = createTest(value, at);
      return { ...base, matches: (given) => !test(given) };
    }
  }
}
