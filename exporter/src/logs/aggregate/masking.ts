import { ownCopy } from '../../base/own-copy.ts';

/** What stands for a part that differs from line to line, as Drain writes it. */
export const WILDCARD = '<*>';

/** Characters of a message that are looked at; the rest says little about what kind of message it is. */
const MOST_CHARACTERS = 3000;
/** Words of a message that are looked at. */
const MOST_WORDS = 80;

/** A message as words, with the variable ones replaced, and what stands between them. */
export interface MaskedText {
  readonly words: readonly string[];
  /** `gaps[i]` stands before `words[i]`; one more, after the last word. */
  readonly gaps: readonly string[];
}

/** Scans messages for their words. Numbers, times, addresses, ids and quoted text become {@link WILDCARD}. */
export interface Masker {
  /**
   * A number of 53 bits that is the same for messages of the same words, as far as they are not masked; what stands
   * between words does not count. One pass over the text, and nothing is allocated.
   */
  scan(text: string): number;
  /** The words of the text that was scanned last. */
  masked(): MaskedText;
}

const OTHER = 0;
const LETTER = 1;
const HEX_LETTER = 2;
const DIGIT = 3;
/** Part of a word when it stands within it. */
const JOINER = 4;
const QUOTE = 5;
/** Between two variable parts it makes no difference: a list of numbers is one variable part. */
const SEPARATOR = 6;

const KINDS = new Uint8Array(128);
const mark = (characters: string, kind: number): void => {
  for (const character of characters) KINDS[character.charCodeAt(0)] = kind;
};
mark('ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ_', LETTER);
mark('abcdefABCDEF', HEX_LETTER);
mark('0123456789', DIGIT);
mark('-.:', JOINER);
mark('"\'`', QUOTE);
mark(' \t,;/+|', SEPARATOR);

/** Three counts in one number, so that a character costs one addition; no word of over a thousand matters. */
const A_LETTER = 1;
const A_HEX_LETTER = 1024;
const A_DIGIT = A_HEX_LETTER * A_HEX_LETTER;
/** What each UTF-16 code unit counts as within a word; 0 for what is no part of one by itself. */
const COUNTED = new Int32Array(65_536).fill(A_LETTER);
for (let code = 0; code < 128; code++)
  COUNTED[code] = [0, A_LETTER, A_HEX_LETTER, A_DIGIT, 0, 0, 0][KINDS[code] ?? OTHER] ?? 0;

const LINE_FEED = 10;
const HYPHEN = 45;
const COLON = 58;
const BACKSLASH = 92;
const LOWER_X = 120;
const ZERO = 48;
const UNDERSCORE = 95;

const UNITS: ReadonlySet<string> = new Set(
  's ms us µs ns m min h d B kB KB MB GB TB KiB MiB GiB Hz kHz V mV A mA W kW kWh Wh C F K Pa hPa kPa ppm x'.split(
    ' ',
  ),
);

/** Behind the end of the text there is no code, which is no part of a word either. */
const kindAt = (text: string, index: number): number => {
  const code = text.charCodeAt(index);
  return code >= 128 ? LETTER : (KINDS[code] ?? OTHER);
};

const isWordKind = (kind: number): boolean => kind >= LETTER && kind <= DIGIT;

/** Digits at the end of the text between the indices. */
function trailingDigits(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && kindAt(text, index - 1) === DIGIT) index--;
  return end - index;
}

/** A number with its unit, `0x` and hexadecimal digits, or a name with a number behind, as devices have. */
function isNumberLike(text: string, start: number, end: number): boolean {
  if (kindAt(text, start) === DIGIT) {
    let index = start;
    while (index < end && !isLetter(kindAt(text, index))) index++;
    if (UNITS.has(text.slice(index, end))) return true;
    return text.charCodeAt(start) === ZERO && text.charCodeAt(start + 1) === LOWER_X;
  }
  const digits = trailingDigits(text, start, end);
  const before = text.charCodeAt(end - digits - 1);
  return digits >= 4 || (digits === 3 && (before === HYPHEN || before === UNDERSCORE));
}

const isLetter = (kind: number): boolean => kind === LETTER || kind === HEX_LETTER;

/** No quote of this kind closes in the rest of the text. */
const NEVER = -1;
/** This quote opens nothing, or what it opens is the key of an object. */
const NOTHING = -2;

/** Whether the quote is that of a literal of Python, such as `b'…'`. */
function isPrefixed(text: string, open: number): boolean {
  const isAlone = open === 1 || !isWordKind(kindAt(text, open - 2));
  return isAlone && 'bfru'.includes(text[open - 1] ?? ' ');
}

/** Index of the quote that closes the one at `open`, or why there is none. */
function closingQuote(text: string, open: number): number {
  if (open > 0 && text.charCodeAt(open - 1) === BACKSLASH) return NOTHING;
  if (open > 0 && isWordKind(kindAt(text, open - 1)) && !isPrefixed(text, open)) return NOTHING;
  const quote = text[open] ?? '"';
  let close = text.indexOf(quote, open + 1);
  while (close !== -1 && text.charCodeAt(close - 1) === BACKSLASH) close = text.indexOf(quote, close + 1);
  if (close === -1) return NEVER;
  const next = text.charCodeAt(close + 1);
  return next === COLON || isWordKind(kindAt(text, close + 1)) ? NOTHING : close;
}

/** Whether the gap makes one variable part of its two neighbours. */
function isList(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    const kind = kindAt(text, index);
    if (kind !== SEPARATOR && kind !== JOINER) return false;
  }
  return true;
}

const SEED_1 = 0x811c9dc5;
const SEED_2 = 0x9747b28c;
const PRIME_1 = 0x01000193;
const PRIME_2 = 0x5bd1e995;

/** Makes a masker; it keeps what it saw of one text, so that each user needs one of its own. */
export function createMasker(): Masker {
  const starts = new Int32Array(MOST_WORDS);
  const ends = new Int32Array(MOST_WORDS);
  const variable = new Uint8Array(MOST_WORDS);
  let count = 0;
  let scanned = '';
  let scannedTo = 0;
  let isCut = false;

  /** Notes a variable part; true when it goes on one that stands before it. */
  function noteVariable(start: number, end: number): boolean {
    const goesOn = count > 0 && variable[count - 1] === 1 && isList(scanned, ends[count - 1] ?? 0, start);
    if (goesOn) {
      ends[count - 1] = end;
      return true;
    }
    starts[count] = start;
    ends[count] = end;
    variable[count++] = 1;
    return false;
  }

  function scan(whole: string): number {
    const text = whole.length > MOST_CHARACTERS ? ownCopy(whole.slice(0, MOST_CHARACTERS)) : whole;
    isCut = text !== whole;
    scanned = text;
    count = 0;
    let h1 = SEED_1;
    let h2 = SEED_2;
    let index = 0;
    /** Kinds of quotes that are looked for no more. */
    let neverClosed = 0;
    const limit = text.length;
    while (index < limit && count < MOST_WORDS) {
      const code = text.charCodeAt(index);
      const kind = code < 128 ? (KINDS[code] ?? OTHER) : LETTER;
      if (!isWordKind(kind)) {
        if (code === LINE_FEED) break;
        if (kind === QUOTE && (neverClosed & (1 << (code & 31))) === 0) {
          const close = closingQuote(text, index);
          if (close === NEVER) neverClosed |= 1 << (code & 31);
          else if (close !== NOTHING) {
            if (!noteVariable(index + 1, close)) {
              h1 = Math.imul(h1 ^ 1, PRIME_1);
              h2 = Math.imul(h2 ^ 1, PRIME_2);
            }
            index = close;
          }
        }
        index++;
        continue;
      }
      const start = index;
      let w1 = h1;
      let w2 = h2;
      let counts = 0;
      while (index < limit) {
        const c = text.charCodeAt(index);
        const counted = COUNTED[c] ?? 0;
        if (counted === 0 && !joins(text, index, c, limit)) break;
        counts = (counts + counted) | 0;
        w1 = Math.imul(w1 ^ c, PRIME_1);
        w2 = (Math.imul(w2, 31) + c) | 0;
        index++;
      }
      if (counts >= A_DIGIT && isVariable(text, start, index, counts)) {
        if (noteVariable(start, index)) continue;
        h1 = Math.imul(h1 ^ 1, PRIME_1);
        h2 = Math.imul(h2 ^ 1, PRIME_2);
      } else {
        starts[count] = start;
        ends[count] = index;
        variable[count++] = 0;
        h1 = Math.imul(w1 ^ 2, PRIME_1);
        h2 = Math.imul(w2 ^ 2, PRIME_2);
      }
    }
    scannedTo = index;
    return (h1 >>> 0) * 0x200000 + (h2 >>> 11);
  }

  function masked(): MaskedText {
    const words: string[] = [];
    const gaps: string[] = [];
    let from = 0;
    for (let word = 0; word < count; word++) {
      const start = starts[word] ?? 0;
      const end = ends[word] ?? 0;
      gaps.push(scanned.slice(from, start));
      words.push(variable[word] === 1 ? WILDCARD : scanned.slice(start, end));
      from = end;
    }
    const atEnd = scannedTo === scanned.length;
    const hasMore = atEnd ? isCut : scanned.charCodeAt(scannedTo) !== LINE_FEED;
    gaps.push(hasMore ? '…' : scanned.slice(from, scannedTo));
    return { words, gaps };
  }

  return { scan, masked };
}

/** Whether a character that is neither letter nor digit stands within a word: a hyphen, dot or colon may. */
function joins(text: string, index: number, code: number, limit: number): boolean {
  if (KINDS[code] !== JOINER || index + 1 >= limit) return false;
  const next = kindAt(text, index + 1);
  if (!isWordKind(next)) return false;
  return code !== COLON || (next === DIGIT && kindAt(text, index - 1) === DIGIT);
}

/** Whether a word with digits is one that differs from line to line; `counts` are of its characters. */
function isVariable(text: string, start: number, end: number, counts: number): boolean {
  const digits = Math.floor(counts / A_DIGIT);
  const hexLetters = Math.floor(counts / A_HEX_LETTER) % A_HEX_LETTER;
  const letters = counts % A_HEX_LETTER;
  // Numbers, dates, times, IPv4 addresses and ports.
  if (letters === 0 && hexLetters === 0) return true;
  const length = end - start;
  // UUIDs, hashes, MAC addresses.
  if (letters === 0 && length >= 8) return true;
  // ISO 8601: T and Z are its only letters.
  if (digits >= 8 && letters <= 2 && hexLetters === 0) return true;
  if (length >= 12 && digits * 4 >= length) return true;
  return isNumberLike(text, start, end);
}
