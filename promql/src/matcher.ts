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

/** What RE2 and JavaScript read differently, or RE2 does not know. */
const FOREIGN = /\[\[?:|\\[pPkbBAzZQE1-9]|\(\?(?:=|!|<=|<!)/;
/** An escaped character that is neither a word's nor special to JavaScript. */
const NEEDLESS_ESCAPE = /\\([^\w\s^$\\.*+?()[\]{}|/])/g;

/**
 * A regular expression of Prometheus (RE2) as JavaScript's. Throws an ExpressionError for what the two read
 * differently: a rule that silently matches something else would be worse than none.
 */
export function compilePattern(pattern: string, at: number): RegExp {
  const refuse = (why: string): never => {
    throw new ExpressionError(`the regular expression ${JSON.stringify(pattern)} ${why}`, at);
  };
  if (FOREIGN.test(pattern))
    refuse('uses what is not supported here: [[:class:]], \\p, \\b, \\A, \\z, \\Q or a look-around');
  const [, flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const body = pattern
    .slice(flags === '' ? 0 : flags.length + 3)
    .replaceAll('(?P<', '(?<')
    .replace(NEEDLESS_ESCAPE, (_, escaped: string) => `\\x${escaped.charCodeAt(0).toString(16)}`);
  try {
    return new RegExp(`^(?:${body})$`, `u${flags}`);
  } catch (error) {
    return refuse(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Makes a matcher; throws an ExpressionError for a pattern that cannot be used. `at` is its offset in the text. */
export function createMatcher(label: string, operator: MatchOperator, value: string, at: number): Matcher {
  const base = { label, operator, value };
  switch (operator) {
    case '=':
      return { ...base, matches: (given) => given === value };
    case '!=':
      return { ...base, matches: (given) => given !== value };
    case '=~': {
      const pattern = compilePattern(value, at);
      return { ...base, matches: (given) => pattern.test(given) };
    }
    case '!~': {
      const pattern = compilePattern(value, at);
      return { ...base, matches: (given) => !pattern.test(given) };
    }
  }
}
