import { SCHEMES, SECRET_NAMES, TOKEN_BEGINS } from './secret-names.ts';

/** What a text may hold, as bits: only then is it worth a closer look. */
export const MAY_HOLD_SECRET = 1;
/** Ids of traces and requests. */
export const MAY_HOLD_ID = 2;
export const MAY_NAME_DEVICE = 4;

/** Length of a hint. */
const LENGTH = 5;
/** Where the `@` of a URL stands at least: `x://a@`. */
const SHORTEST_USER = 5;
/** Pairs of characters that there are. */
const PAIRS = 1 << 14;
/** What may stand behind a name that is a key, and in front of a short one. */
const BEHIND = ['"', "'", '`', '\\', '=', ':', ' ', '%'];
const IN_FRONT = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
/** Parts of the keys of ids. */
const ID_HINTS = ['trace', 'span_', 'span.', 'spani', 'equest', 'corre'];
/** Devices or clients of the broker are spoken of, or a topic of theirs. */
const DEVICE_HINTS = ['evice', 'lient', 'nics/'];

/** What each text holds in which a key of that name stands. */
function hintsOfName(name: string): readonly string[] {
  if (name.length >= LENGTH && !name.endsWith('key')) return [name];
  const front = name.length > 3 ? ['_', '-', '.', name.charAt(name.length - 4)] : IN_FRONT;
  return front.flatMap((before) => BEHIND.map((behind) => `${before}${name.slice(-3)}${behind}`));
}

function hintsOfBegin(begin: string): readonly string[] {
  return begin.length >= LENGTH ? [begin] : ALPHANUMERIC.map((behind) => `${begin}${behind}`);
}

/** A character in either case as one number; others that share it are told apart by the closer look. */
function folded(code: number): number {
  return (code | 0x20) & 0x7f;
}

/** The last four characters of a hint that begins at an index, as one number. */
function keyOf(text: string, start: number): number {
  const [a, b] = [folded(text.charCodeAt(start + 1)), folded(text.charCodeAt(start + 2))];
  const [c, d] = [folded(text.charCodeAt(start + 3)), folded(text.charCodeAt(start + 4))];
  return (((((a << 7) | b) << 7) | c) << 7) | d;
}

/** Two characters, in the case that they have, as one number. */
function pairAt(text: string, start: number): number {
  return ((text.charCodeAt(start) & 0x7f) << 7) | (text.charCodeAt(start + 1) & 0x7f);
}

const BITS = new Map<number, number>();
/** How far the end of a hint may be from a pair of characters, at least: the table of Wu and Manber's search. */
const SHIFTS = new Uint8Array(PAIRS).fill(LENGTH - 1);
/** 1 for the pairs that a hint begins with. */
const BEGINS = new Uint8Array(PAIRS);

function add(hint: string, bit: number): void {
  const key = keyOf(hint, 0);
  BITS.set(key, (BITS.get(key) ?? 0) | bit);
  for (let place = 0; place + 1 < LENGTH; place++) {
    const [first, second] = [hint.charAt(place), hint.charAt(place + 1)];
    for (const a of [first.toLowerCase(), first.toUpperCase()]) {
      for (const b of [second.toLowerCase(), second.toUpperCase()]) {
        const pair = pairAt(a + b, 0);
        if (place === 0) BEGINS[pair] = 1;
        SHIFTS[pair] = Math.min(SHIFTS[pair] ?? 0, LENGTH - 2 - place);
      }
    }
  }
}

for (const hint of [
  ...SECRET_NAMES.flatMap(hintsOfName),
  ...TOKEN_BEGINS.flatMap(([begin]) => hintsOfBegin(begin)),
  ...[...SCHEMES].filter((scheme) => scheme === 'bearer' || scheme === 'basic'),
  ...IN_FRONT.flatMap((before) => [`${before} -u `, `${before} -u=`]),
  '-user',
  'ied b',
  '-----BEGIN',
])
  add(hint, MAY_HOLD_SECRET);
for (const hint of ID_HINTS) add(hint, MAY_HOLD_ID);
for (const hint of DEVICE_HINTS) add(hint, MAY_NAME_DEVICE);

/**
 * Looks at about every fourth character of a text, and says what it may hold. Reading a line closely costs as much as
 * parsing it, and most lines have no secret.
 */
export function hintsIn(text: string): number {
  let bits = text.indexOf('@', SHORTEST_USER) !== -1 && text.includes('://') ? MAY_HOLD_SECRET : 0;
  // The text counts as if a blank stood in front of it.
  let index = LENGTH - 2;
  while (index < text.length) {
    const shift = SHIFTS[pairAt(text, index - 1)] ?? 0;
    if (shift > 0) {
      index += shift;
      continue;
    }
    const start = index - LENGTH + 1;
    // Of a hint that begins in front of the text the rest is compared.
    if (start < 0 || BEGINS[pairAt(text, start)] === 1) bits |= BITS.get(keyOf(text, start)) ?? 0;
    index++;
  }
  return bits;
}
