import { ExpressionError } from './errors.ts';

/** Part of an expression's text. Words are identifiers and keywords alike; only their place tells them apart. */
export interface Token {
  readonly kind: 'number' | 'duration' | 'string' | 'word' | 'sign' | 'end';
  readonly text: string;
  /** Offset in the expression. */
  readonly at: number;
}

/** Words that are numbers wherever they stand. */
const NUMBERS: ReadonlySet<string> = new Set(['inf', 'nan']);

const SPACE = /(?:[ \t\r\n]+|#[^\r\n]*)+/y;
const STRING = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"|'[^'\\\n]*(?:\\[^\n][^'\\\n]*)*'|`[^`]*`/y;
const NUMBER = /(?=\.?\d)(?:0[xX][\da-fA-F]*(?:\.[\da-fA-F]*)?|\d*(?:\.\d*)?(?:[eE][+-]?\d*)?)(?!\w)/y;
const DURATION = /(?:\d+(?:ms|[smhdwy]))+(?!\w)/y;
const WORD = /[a-zA-Z_:][\w:]*/y;
const SIGN = /[=!<>]=|[-+*/%^<>(){}[\],@]/y;
/** Between braces colons end words, and `=` is an operator. */
const LABEL = /[a-zA-Z_]\w*/y;
const BRACE_SIGN = /=~|!~|!=|[={},]/y;
/** Between brackets there are durations only. */
const BRACKET_SIGN = /[:\]]/y;

const OPENING: ReadonlyMap<string, 'braces' | 'brackets'> = new Map([
  ['{', 'braces'],
  ['[', 'brackets'],
]);

/** Cuts an expression into its parts, as Prometheus 2.42 does. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let inside: 'braces' | 'brackets' | undefined;

  function read(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  }

  function next(): Token | undefined {
    const kinds: readonly (readonly [Token['kind'], RegExp])[] =
      inside === 'braces'
        ? [
            ['string', STRING],
            ['word', LABEL],
            ['sign', BRACE_SIGN],
          ]
        : inside === 'brackets'
          ? [
              ['duration', DURATION],
              ['sign', BRACKET_SIGN],
            ]
          : [
              ['string', STRING],
              ['number', NUMBER],
              ['duration', DURATION],
              ['word', WORD],
              ['sign', SIGN],
            ];
    for (const [kind, pattern] of kinds) {
      const found = read(pattern);
      if (found === undefined || found === '') continue;
      const isNumber = kind === 'word' && inside === undefined && NUMBERS.has(found.toLowerCase());
      return { kind: isNumber ? 'number' : kind, text: found, at };
    }
    return undefined;
  }

  for (;;) {
    at += read(SPACE)?.length ?? 0;
    if (at >= text.length) break;
    const token = next();
    if (token === undefined)
      throw new ExpressionError(
        `not understood: ${JSON.stringify(text.slice(at, at + 40).split('\n')[0])}`,
        at,
      );
    at += token.text.length;
    if (token.kind === 'sign') {
      inside = OPENING.get(token.text) ?? (token.text === '}' || token.text === ']' ? undefined : inside);
    }
    tokens.push(token);
  }
  return tokens;
}

/** The tokens of an expression, taken one by one. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.#end = { kind: 'end', text: '', at: text.length };
  }

  /** The one that comes next, of kind `end` after the last. */
  get token(): Token {
    return this.#tokens[this.#next] ?? this.#end;
  }

  refuse(token = this.token): never {
    if (token.kind === 'end') throw new ExpressionError('the expression is not complete', token.at);
    throw new ExpressionError(`not understood: ${JSON.stringify(token.text)}`, token.at);
  }

  take(): Token {
    const { token } = this;
    this.#next += 1;
    return token;
  }

  /** Takes the sign or keyword if it comes next. Keywords may be written in any case. */
  takes(...words: string[]): string | undefined {
    const { kind, text } = this.token;
    const word = kind === 'word' ? text.toLowerCase() : text;
    if ((kind !== 'word' && kind !== 'sign') || !words.includes(word)) return undefined;
    this.#next += 1;
    return word;
  }

  expect(word: string): void {
    if (this.takes(word) === undefined) this.refuse();
  }

  expectKind(kind: Token['kind']): Token {
    return this.token.kind === kind ? this.take() : this.refuse();
  }
}
