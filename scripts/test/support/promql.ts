/** A metric that an expression asks for, with the names of the labels that it matches. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan', 'Inf', 'NaN']);
const GROUPING = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g;

/** The selectors of a PromQL expression, by reading its words: enough for rules, no parser. */
export function selectorsOf(expression: string): readonly Selector[] {
  const bare = expression
    .replace(STRING, '""')
    .replace(GROUPING, ' ')
    .replace(/\[[^\]]*\]/g, ' ');
  const matches = bare.matchAll(/(?<![\w:.])([a-zA-Z_:][\w:]*)\s*(?:\{([^}]*)\})?(?!\s*\(|[\w:])/g);
  return [...matches]
    .map(([, metric = '', matchers = '']) => ({
      metric,
      labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    }))
    .filter(({ metric }) => !WORDS.has(metric));
}
