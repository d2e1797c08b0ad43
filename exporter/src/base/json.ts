/** What stands for a number that is none (`NaN`, `Infinity`): an infinite number, or null. */
export type NonFinite = 'infinite' | 'null';

const REPLACEMENTS: Readonly<Record<NonFinite, string>> = { infinite: '1e999', null: 'null' };
const NON_FINITE_WORDS: ReadonlySet<string> = new Set(['nan', 'inf', 'infinity']);
/** A text without any of them needs no second look. */
const MAY_BE_NON_FINITE = /nan|inf/i;
/** `-nan(ind)` and the like, as C libraries print what kind of NaN it is. */
const LONGEST_NAN_DETAIL = 24;

const QUOTE = 0x22;
const OPEN = 0x28;
const PLUS = 0x2b;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;

/** Index after the string that begins at `start`, or the text's length when it never ends. */
function afterString(text: string, start: number): number {
  let index = start + 1;
  for (;;) {
    const quote = text.indexOf('"', index);
    if (quote === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    index = quote + 1;
  }
}

/** True for what a number or a bare word is made of. */
function isWordCode(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f ||
    code === 0x2e
  );
}

/** Index after the word that begins at `start`. */
function afterWord(text: string, start: number): number {
  let index = start;
  while (index < text.length && isWordCode(text.charCodeAt(index))) index += 1;
  return index;
}

/** Index after `(…)` at `start`, or `start` when there is none. */
function afterDetail(text: string, start: number): number {
  if (text.charCodeAt(start) !== OPEN) return start;
  const end = afterWord(text, start + 1);
  return text.charAt(end) === ')' && end - start <= LONGEST_NAN_DETAIL ? end + 1 : start;
}

/** Puts what JSON can read in place of bare `NaN`, `-inf`, … outside of strings. Linear in the text's length. */
function withoutNonFinite(text: string, nonFinite: NonFinite): string {
  let result = '';
  let copied = 0;
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = afterString(text, index);
      continue;
    }
    if (!isWordCode(code)) {
      index += 1;
      continue;
    }
    const end = afterWord(text, index);
    if (end - index <= 8 && NON_FINITE_WORDS.has(text.slice(index, end).toLowerCase())) {
      const sign = text.charCodeAt(index - 1);
      const hasSign = sign === PLUS || sign === MINUS;
      const keepsSign = sign === MINUS && nonFinite === 'infinite';
      result += text.slice(copied, hasSign && !keepsSign ? index - 1 : index) + REPLACEMENTS[nonFinite];
      copied = afterDetail(text, end);
    }
    index = Math.max(end, copied);
  }
  return result + text.slice(copied);
}

/**
 * `JSON.parse` that also takes bare `NaN`, `Infinity`, `nan`, `-nan`, `inf` in any case, which Python's json module
 * and C's printf write: one bad value does not cost the good ones beside it. Linear in the text's length.
 *
 * @throws SyntaxError when the text is no JSON even so
 */
export function parseTolerantJson(text: string, nonFinite: NonFinite): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (!MAY_BE_NON_FINITE.test(text)) throw error;
    const value: unknown = JSON.parse(withoutNonFinite(text, nonFinite));
    return value;
  }
}
