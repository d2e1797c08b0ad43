/** A part of a text that is to be masked. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Put around the mask, where the value had no quotes and its key had. */
  readonly quote?: string;
}

/** Words for a value that is none. */
const NOTHING: ReadonlySet<string> = new Set(['null', 'none', 'true', 'false', 'undefined', 'nil']);
const LONGEST_NOTHING = 9;
/** Schemes of `Authorization` whose parameters go on to the end of the header. */
const LONG_SCHEMES: ReadonlySet<string> = new Set(['digest', 'aws4-hmac-sha256', 'ntlm']);
const LONGEST_SCHEME = 16;

const [LINE_FEED, SPACE, QUOTE, AMPERSAND, APOSTROPHE, OPEN, CLOSE] = [
  10, 0x20, 0x22, 0x26, 0x27, 0x28, 0x29,
];
const [COMMA, SEMICOLON, LESS, GREATER, OPEN_BRACKET, BACKSLASH] = [0x2c, 0x3b, 0x3c, 0x3e, 0x5b, 0x5c];
const [CLOSE_BRACKET, BACKTICK, OPEN_BRACE, CLOSE_BRACE, EQUALS, COLON] = [
  0x5d, 0x60, 0x7b, 0x7d, 0x3d, 0x3a,
];

export function isQuote(code: number): boolean {
  return code === QUOTE || code === APOSTROPHE || code === BACKTICK;
}

function isCloser(code: number): boolean {
  return code === CLOSE || code === CLOSE_BRACKET || code === CLOSE_BRACE;
}

/** Index of the quote that ends a text: `"`, `'`, or `\"` in JSON within JSON. The length when none does. */
function endOfQuoted(text: string, start: number, quote: string): number {
  let index = text.indexOf(quote, start);
  while (index !== -1 && quote.length === 1 && text.charCodeAt(index - 1) === BACKSLASH) {
    let slashes = 1;
    while (text.charCodeAt(index - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) break;
    index = text.indexOf(quote, index + 1);
  }
  return index === -1 ? text.length : index;
}

/** Where a value ends that another key was taken for part of (`a;secret: b`): in front of that key. */
function beforeKey(text: string, start: number, end: number): number {
  const last = text.charCodeAt(end - 1);
  if (last !== COLON && last !== EQUALS) return end;
  const separator = Math.max(text.lastIndexOf(';', end), text.lastIndexOf(',', end));
  return separator > start ? separator : end;
}

/** Whether a value ends with the quote that stands in front of this; what follows at once is part of the value otherwise. */
function endsBehind(code: number): boolean {
  return Number.isNaN(code) || code <= SPACE || code === COMMA || code === SEMICOLON || isCloser(code);
}

/** Index of the end of a value without quotes; `,`, `;` and brackets are part of it unless they close it. */
export function endOfValue(text: string, start: number): number {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= SPACE) return beforeKey(text, start, index);
    if (code === AMPERSAND || code === LESS || code === GREATER) return index;
    const next = text.charCodeAt(index + 1);
    if (code === BACKSLASH && (isQuote(next) || next === 0x6e)) return index;
    if (isQuote(code)) {
      // b'…' and Secret('…'): the value is within. Behind a comma, another key and its value may have been taken for part of it.
      const before = text.charCodeAt(index - 1);
      const opens = before === OPEN || before === EQUALS || before === COLON;
      const within = index > start && (opens || (index === start + 1 && (before | SPACE) === 0x62));
      if (!within) return index;
      const close = Math.min(text.length, endOfQuoted(text, index + 1, text.charAt(index)) + 1);
      if (endsBehind(text.charCodeAt(close))) return close;
      index = close - 1;
      continue;
    }
    const closes = code === COMMA || code === SEMICOLON || isCloser(code);
    if (closes && (Number.isNaN(next) || next <= SPACE || isQuote(next) || isCloser(next))) return index;
  }
  return text.length;
}

/** Index of the end of a header: of its line, or of the quotes that it stands in. */
function endOfHeader(text: string, start: number): number {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === LINE_FEED || isQuote(code)) return index;
    if (code === BACKSLASH && (isQuote(text.charCodeAt(index + 1)) || text.charAt(index + 1) === 'n'))
      return index;
  }
  return text.length;
}

function isNothing(text: string, start: number, end: number): boolean {
  return end - start <= LONGEST_NOTHING && NOTHING.has(text.slice(start, end).toLowerCase());
}

/** The secret behind a scheme of `Authorization`, with `schemes` being those of one word; undefined without a scheme. */
function behindScheme(text: string, start: number, schemes: ReadonlySet<string>): Span | undefined {
  const blank = text.slice(start, start + LONGEST_SCHEME + 1).indexOf(' ');
  if (blank < 1) return undefined;
  const scheme = text.slice(start, start + blank).toLowerCase();
  const begin = start + blank + 1;
  if (LONG_SCHEMES.has(scheme)) {
    const end = text.indexOf('\n', begin);
    return { start: begin, end: end === -1 ? text.length : end };
  }
  return schemes.has(scheme) ? { start: begin, end: endOfValue(text, begin) } : undefined;
}

/** What a token has and a word of prose has not. */
const LIKE_TOKEN = /\d|.{16}/;
/** What an earlier masking left. */
const MASKED = '***';

/** Index of the end of what a scheme that nobody knows may consist of: a word, or two where the second looks like a token. */
function endOfCredentials(text: string, start: number): number {
  const end = endOfValue(text, start);
  if (text.charCodeAt(end) !== SPACE || text.startsWith(MASKED, start)) return end;
  const second = endOfValue(text, end + 1);
  return LIKE_TOKEN.test(text.slice(end + 1, second)) ? second : end;
}

/**
 * The value of a secret name that begins at an index, behind the separator and blanks; `keyQuote` is the quote around the
 * name, if any. `header` tells headers, whose values have blanks. Undefined where there is none: nested objects, null.
 */
export function valueAt(
  text: string,
  at: number,
  keyQuote: string,
  header: 'authorization' | 'cookie' | undefined,
  schemes: ReadonlySet<string>,
): Span | undefined {
  const code = text.charCodeAt(at);
  const escaped = code === BACKSLASH && isQuote(text.charCodeAt(at + 1));
  if (isQuote(code) || escaped) {
    const quote = text.slice(at, escaped ? at + 2 : at + 1);
    const start = at + quote.length;
    const end = endOfQuoted(text, start, quote);
    const behind = header === 'authorization' ? behindScheme(text, start, schemes) : undefined;
    return { start: behind !== undefined && behind.start <= end ? behind.start : start, end };
  }
  if (code === OPEN_BRACE) return undefined;
  if (code === OPEN_BRACKET) {
    const end = text.indexOf(']', at);
    return { start: at + 1, end: end === -1 ? text.length : end, quote: keyQuote };
  }
  if (header === 'cookie') return { start: at, end: endOfHeader(text, at), quote: keyQuote };
  const behind = header === 'authorization' ? behindScheme(text, at, schemes) : undefined;
  if (behind !== undefined) return behind;
  const end = header === 'authorization' ? endOfCredentials(text, at) : endOfValue(text, at);
  return end === at || isNothing(text, at, end) ? undefined : { start: at, end, quote: keyQuote };
}
