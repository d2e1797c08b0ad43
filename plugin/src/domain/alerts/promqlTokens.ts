/** What a piece of PromQL is, as far as reading and colouring need it. */
export const TOKEN_KINDS = [
  'space',
  'comment',
  'text',
  'number',
  'keyword',
  'function',
  'name',
  'operator',
  'bracket',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface PromqlToken {
  readonly kind: TokenKind;
  readonly text: string;
  /** Place of the first character in the expression. */
  readonly at: number;
}

const KEYWORDS = new Set(
  'and or unless by without on ignoring group_left group_right bool offset start end atan2'.split(' '),
);

/** Tried in this order at each place; the last takes whatever no other wants, one character at a time. */
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /#[^\n]*/y],
  ['text', /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?/y],
  // Durations are numbers, too: 5m, 1h30m, 500ms.
  ['number', /(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:(?:ms|[smhdwy])\d*)*)/y],
  ['name', /[a-zA-Z_:][a-zA-Z0-9_:]*/y],
  ['operator', /==|!=|>=|<=|=~|!~|[-+*/%^<>=@]/y],
  ['bracket', /[()[\]{},]/y],
  ['operator', /[^]/y],
];

function tokenAt(expression: string, at: number): PromqlToken {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(expression)?.[0];
    if (text !== undefined && text !== '') return { kind, text, at };
  }
  return { kind: 'operator', text: expression.slice(at, at + 1), at };
}

/** `Inf` and `NaN` are numbers; words with a meaning of their own are keywords, a name before a bracket is a function. */
function nameKind({ text, at }: PromqlToken, expression: string): TokenKind {
  if (/^(?:inf|nan)$/i.test(text)) return 'number';
  if (KEYWORDS.has(text.toLowerCase())) return 'keyword';
  const behind = expression.slice(at + text.length);
  return /^\s*(?:\(|(?:by|without)\s*\()/i.test(behind) ? 'function' : 'name';
}

/** The pieces of a PromQL expression; put together again they are the expression, whatever is in it. */
export function promqlTokens(expression: string): PromqlToken[] {
  const tokens: PromqlToken[] = [];
  let at = 0;
  while (at < expression.length) {
    const token = tokenAt(expression, at);
    tokens.push(token.kind === 'name' ? { ...token, kind: nameKind(token, expression) } : token);
    at += token.text.length;
  }
  return tokens;
}
