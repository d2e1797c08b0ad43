import { isDigit } from '../formats/line-time.ts';
import { hintsIn, MAY_HOLD_SECRET } from './hints.ts';
import { isToken, namesSecret, SCHEMES } from './secret-names.ts';
import { endOfValue, isQuote, type Span, valueAt } from './secret-values.ts';

/** What stands for a secret. */
const MASK = '***';

export interface MaskOptions {
  /** Whether the names in e-mail addresses are masked, too. */
  readonly emails?: boolean;
}

const LEAST_BEARER = 8;
/** A user of a URL that is as long as this, and has no password, is a token. */
const LEAST_USER_TOKEN = 20;
const KEY_BEGIN = '-----BEGIN ';
const KEY_TITLE = 'PRIVATE KEY-----';
const LONGEST_TITLE = 48;
const SQL_NAMES = ['password', 'identified'] as const;

const [SPACE, SLASH, COLON, LESS, EQUALS, GREATER, AT] = [0x20, 0x2f, 0x3a, 0x3c, 0x3d, 0x3e, 0x40];
const [BACKSLASH, DASH, HASH, QUESTION, APOSTROPHE, PERCENT] = [0x5c, 0x2d, 0x23, 0x3f, 0x27, 0x25];

/** Whether a sticky expression matches at an index. */
function isAt(expression: RegExp, text: string, index: number): boolean {
  expression.lastIndex = index;
  return expression.test(text);
}

/** 1 for what words are made of: letters, digits, `_ - .`. */
const WORD = new Uint8Array(128);
for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.')
  WORD[character.charCodeAt(0)] = 1;

/** `=` and `:` as a URL within a URL has them. */
const ENCODED_SEPARATOR = /%3[da]/iy;

/** Index of the value behind a word that is a key (`word=`, `"word": `, `'word' => `, `word%3D`), or -1. */
function valueBehind(text: string, wordEnd: number): number {
  if (text.charCodeAt(wordEnd) === PERCENT) return isAt(ENCODED_SEPARATOR, text, wordEnd) ? wordEnd + 3 : -1;
  let index = wordEnd;
  if (text.charCodeAt(index) === BACKSLASH) index++;
  if (isQuote(text.charCodeAt(index))) index++;
  while (text.charCodeAt(index) === SPACE && index < wordEnd + 4) index++;
  const separator = text.charCodeAt(index);
  if (separator !== EQUALS && separator !== COLON) return -1;
  index++;
  if (separator === EQUALS && text.charCodeAt(index) === GREATER) index++;
  if (separator === COLON && text.startsWith('//', index)) return -1;
  while (text.charCodeAt(index) === SPACE && index < wordEnd + 8) index++;
  return index;
}

/** Which header a name with a colon behind it is, of those whose values have blanks. */
function headerOf(
  text: string,
  start: number,
  end: number,
  at: number,
): 'authorization' | 'cookie' | undefined {
  if (text.slice(end, at).includes('=')) return undefined;
  const last = text.charCodeAt(end - 1) | 0x20;
  if (last === 0x6e && text.slice(start, end).toLowerCase().endsWith('authorization')) return 'authorization';
  return last === 0x65 && text.slice(start, end).toLowerCase().endsWith('cookie') ? 'cookie' : undefined;
}

/** What SQL sets as a password, to its quote: `PASSWORD 'x'`, `PASSWORD E'x'`, `IDENTIFIED BY 'x'`. */
const SQL_PASSWORD = /(?:password {1,8}e?|identified {1,4}by {1,4}(?:password {1,4})?)'/iy;

function statementSecret(text: string, start: number, end: number): Span | undefined {
  const length = end - start;
  if (text.charCodeAt(end) !== SPACE || (length !== SQL_NAMES[0].length && length !== SQL_NAMES[1].length))
    return undefined;
  if (!isAt(SQL_PASSWORD, text, start)) return undefined;
  const index = SQL_PASSWORD.lastIndex - 1;
  let close = text.indexOf("'", index + 1);
  // Two of them are one within.
  while (close !== -1 && text.charCodeAt(close + 1) === APOSTROPHE) close = text.indexOf("'", close + 2);
  return { start: index + 1, end: close === -1 ? text.length : close };
}

/** The value of the word as a key, where it names a secret. */
function namedSecret(text: string, start: number, end: number): Span | undefined {
  const at = valueBehind(text, end);
  if (at === -1) return statementSecret(text, start, end);
  if (!namesSecret(text, start, end)) return undefined;
  const quote = text.charCodeAt(end) === BACKSLASH ? text.slice(end, end + 2) : text.charAt(end);
  const keyQuote = isQuote(quote.charCodeAt(quote.length - 1)) ? quote : '';
  return valueAt(text, at, keyQuote, headerOf(text, start, end, at), SCHEMES);
}

/** Whether a word of base64 holds `user:password`. */
function isCredentials(word: string): boolean {
  return word.length >= LEAST_BEARER && Buffer.from(word, 'base64').includes(COLON);
}

/** `Bearer <token>` and `Basic <credentials>` without a header's name; prose has no digit there. */
function schemeSecret(text: string, start: number, end: number): Span | undefined {
  if (text.charCodeAt(end) !== SPACE || end - start > 6) return undefined;
  const scheme = text.slice(start, end).toLowerCase();
  if (scheme !== 'bearer' && scheme !== 'basic') return undefined;
  const valueEnd = endOfValue(text, end + 1);
  const value = text.slice(end + 1, valueEnd);
  const isSecret =
    scheme === 'basic' ? isCredentials(value) : value.length >= LEAST_BEARER && /[0-9]/.test(value);
  return isSecret ? { start: end + 1, end: valueEnd } : undefined;
}

/** What stands between the lines that begin and end a private key. */
function privateKey(text: string, start: number): Span | undefined {
  if (!text.startsWith(KEY_BEGIN, start)) return undefined;
  const title = text.slice(start, start + LONGEST_TITLE).indexOf(KEY_TITLE);
  if (title === -1) return undefined;
  const begin = start + title + KEY_TITLE.length;
  const end = text.indexOf('-----END', begin);
  return { start: begin, end: end === -1 ? text.length : end };
}

/** Arguments of commands that take `user:password`, as curl's. */
const USER_ARGUMENTS: ReadonlySet<string> = new Set(['-u', '-U', '--user', '--proxy-user']);
const LONGEST_USER_ARGUMENT = 12;
/** No user's name is longer, tokens included. Looking further behind each of many such arguments in a row would never end. */
const LONGEST_USER = 2048;
/** A user and a group by numbers, as containers take them. */
const USER_AND_GROUP = /^\d+:\d+$/;

/** The password of `-u user:password`. */
function userArgument(text: string, start: number, end: number): Span | undefined {
  if (end - start > LONGEST_USER_ARGUMENT || !USER_ARGUMENTS.has(text.slice(start, end))) return undefined;
  const separator = text.charCodeAt(end);
  if (separator !== SPACE && separator !== EQUALS) return undefined;
  const begin = isQuote(text.charCodeAt(end + 1)) ? end + 2 : end + 1;
  const colon = text.slice(begin, begin + LONGEST_USER + 1).indexOf(':');
  if (colon === -1) return undefined;
  const close = endOfValue(text, begin);
  const isPair = begin + colon < close && !USER_AND_GROUP.test(text.slice(begin, close));
  return isPair ? { start: begin + colon + 1, end: close } : undefined;
}

/** `-----BEGIN …`, or an argument of a command: `--password x`, `--password=x`, `-u user:password`. */
function afterDashes(text: string, start: number, end: number): Span | undefined {
  const user = userArgument(text, start, end);
  if (user !== undefined) return user;
  const key = privateKey(text, start);
  if (key !== undefined || text.charCodeAt(end) !== SPACE) return key ?? namedSecret(text, start, end);
  return namesSecret(text, start, end) ? valueAt(text, end + 1, '', undefined, SCHEMES) : undefined;
}

function secretAt(text: string, start: number, end: number, emails: boolean): Span | undefined {
  const behind = text.charCodeAt(end);
  if (behind === AT && emails && WORD[text.charCodeAt(end + 1)] === 1) return { start, end };
  const length = end - start;
  if (length >= 20 && isToken(text, start, end)) return { start, end };
  if (text.charCodeAt(start) === DASH) return afterDashes(text, start, end);
  if (behind === SPACE && (length === 6 || length === 5)) {
    const secret = schemeSecret(text, start, end);
    if (secret !== undefined) return secret;
  }
  return Number.isNaN(behind) ? undefined : namedSecret(text, start, end);
}

/** What follows `://`: who is asked as whom. */
interface Authority {
  /** Password, or a long user without one. */
  readonly secret?: Span;
  /** Where the address ends. */
  readonly end: number;
}

/** Looks for `user:password@` at an index. A password may hold an unescaped slash; a port may not. */
function authorityAt(text: string, start: number): Authority {
  let [slash, at, colon, end] = [-1, -1, -1, start];
  let mayGoOn = false;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code <= SPACE || code === LESS || code === GREATER || isQuote(code)) break;
    if (code === COLON && colon === -1 && at === -1) colon = end;
    else if (slash === -1 && (code === SLASH || code === QUESTION || code === HASH)) {
      slash = end;
      mayGoOn = colon !== -1 && !isDigit(text.charCodeAt(colon + 1));
    } else if (code === AT && (slash === -1 || mayGoOn)) at = end;
    if (slash !== -1 && at !== -1) break;
  }
  if (at === -1) return { end };
  if (colon !== -1 && colon < at) return { secret: { start: colon + 1, end: at }, end };
  return at - start >= LEAST_USER_TOKEN ? { secret: { start, end: at }, end } : { end };
}

/**
 * The text with `***` in place of each secret: values of keys, headers and parameters that `secret-names.ts` names, passwords
 * in URLs, tokens that are told by themselves, private keys. The same text when there is none. Linear in its length.
 */
export function maskSecrets(text: string, { emails = false }: MaskOptions = {}): string {
  const mayHold = (hintsIn(text) & MAY_HOLD_SECRET) !== 0 || (emails && text.includes('@'));
  return mayHold ? maskClosely(text, emails) : text;
}

function maskClosely(text: string, emails: boolean): string {
  let result = '';
  let copied = 0;
  let index = 0;
  let withoutUser = 0;

  function mask({ start, end, quote = '' }: Span): void {
    if (end > start) {
      result += text.slice(copied, start) + quote + MASK + quote;
      copied = end;
    }
    index = Math.max(index, end);
  }

  while (index < text.length) {
    const start = index;
    while (WORD[text.charCodeAt(index)] === 1) index++;
    if (index > start) {
      const secret = secretAt(text, start, index, emails);
      if (secret !== undefined) mask(secret);
      continue;
    }
    if (text.charCodeAt(index) === COLON && index >= withoutUser && text.startsWith('//', index + 1)) {
      const { secret, end } = authorityAt(text, index + 3);
      if (secret === undefined) withoutUser = end;
      else mask(secret);
    }
    index++;
  }
  return copied === 0 ? text : result + text.slice(copied);
}
