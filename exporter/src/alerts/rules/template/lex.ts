/** A template that cannot be parsed: what is wrong, and where in its text. */
export class TemplateError extends Error {
  constructor(text: string, at: number, why: string) {
    const line = text.slice(0, at).split('\n').length;
    super(`template, line ${line}: ${why}`);
    this.name = 'TemplateError';
  }
}

export type TokenKind =
  'text' | 'open' | 'close' | 'word' | 'field' | 'variable' | 'string' | 'int' | 'float' | 'mark';

export interface Token {
  readonly kind: TokenKind;
  /** A field without its dot, a string without its quotes and escapes; otherwise as written. */
  readonly value: string;
  readonly at: number;
  /** Whether white space stands before it: `.a .b` are two operands, `.a.b` is one. */
  readonly spaced: boolean;
}

const LEFT_TRIM = /^-[ \t\r\n]/;
const SPACE = /[ \t\r\n]+/y;
const COMMENT = /\/\*[^]*?\*\//y;
const TOKENS: readonly (readonly [TokenKind, RegExp])[] = [
  ['variable', /\$\w*/y],
  ['float', /[+-]?(?:\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)/y],
  ['int', /[+-]?(?:0[xX][0-9a-fA-F]+|\d+)/y],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['mark', /:=|[=|(),.]/y],
];
const SIMPLE: ReadonlyMap<string, string> = new Map(
  Object.entries({ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }),
);

/** The text of a string of Go: quoted with escapes, or raw between backquotes. */
function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return inner;
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/g,
    (
      _,
      hex: string | undefined,
      short: string | undefined,
      long: string | undefined,
      octal: string | undefined,
      plain = '',
    ) => {
      const code = hex ?? short ?? long;
      if (code !== undefined) return String.fromCodePoint(Math.min(0x10ffff, parseInt(code, 16)));
      if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
      return SIMPLE.get(String(plain)) ?? String(plain);
    },
  );
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Go's text/template in tokens: text, and actions between `open` and `close`. Throws a TemplateError. */
export function lexTemplate(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trimsNext = false;

  function takeText(end: number): void {
    const given = text.slice(at, end);
    const begun = trimsNext ? given.trimStart() : given;
    const trims = LEFT_TRIM.test(text.slice(end + 2, end + 4));
    const value = trims ? begun.trimEnd() : begun;
    if (value !== '') tokens.push({ kind: 'text', value, at, spaced: false });
    trimsNext = false;
    at = Math.min(text.length, end + 2 + (trims ? 1 : 0));
  }

  function takeAction(): void {
    const open = at;
    tokens.push({ kind: 'open', value: '{{', at: open, spaced: false });
    let isComment = false;
    for (;;) {
      let space = match(SPACE, text, at) ?? '';
      at += space.length;
      const comment = match(COMMENT, text, at);
      if (comment !== undefined) {
        isComment = true;
        at += comment.length;
        space = match(SPACE, text, at) ?? '';
        at += space.length;
      }
      const trims = space !== '' && text.startsWith('-}}', at);
      if (trims || text.startsWith('}}', at)) {
        // A comment alone is no action.
        if (isComment && tokens.at(-1)?.kind === 'open') tokens.pop();
        else tokens.push({ kind: 'close', value: '}}', at, spaced: false });
        at += trims ? 3 : 2;
        trimsNext = trims;
        return;
      }
      if (at >= text.length) throw new TemplateError(text, open, 'an action {{ never ends');
      const found = TOKENS.map(([kind, pattern]) => ({ kind, raw: match(pattern, text, at) })).find(
        ({ raw }) => raw !== undefined,
      );
      if (found?.raw === undefined)
        throw new TemplateError(text, at, `${JSON.stringify(text.charAt(at))} is unexpected in an action`);
      const { kind, raw } = found;
      const value = kind === 'field' ? raw.slice(1) : kind === 'string' ? unquote(raw) : raw;
      tokens.push({ kind, value, at, spaced: space !== '' });
      at += raw.length;
    }
  }

  while (at < text.length) {
    const next = text.indexOf('{{', at);
    takeText(next === -1 ? text.length : next);
    if (next !== -1) takeAction();
  }
  return tokens;
}
