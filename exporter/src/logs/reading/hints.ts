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
function keyOf(text: Uint8Array, start: number): number {
  const [a, b] = [folded(text[start + 1] ?? 0), folded(text[start + 2] ?? 0)];
  const [c, d] = [folded(text[start + 3] ?? 0), folded(text[start + 4] ?? 0)];
  return (((((a << 7) | b) << 7) | c) << 7) | d;
}

/** Two characters, in the case that they have, as one number. */
function pairAt(text: Uint8Array, start: number): number {
  return (((text[start] ?? 0) & 0x7f) << 7) | ((text[start + 1] ?? 0) & 0x7f);
}

const BITS = new Map<number, number>();
/** Pairs of neighbours in a hint, the first and the last of their places as bits. */
const MOST_PAIRS = LENGTH - 1;
const FIRST_PLACE = 1;
const LAST_PLACE = 1 << (MOST_PAIRS - 1);
/** Bits of the places, from 0, at which a pair of characters stands in hints. */
const PLACES = new Uint8Array(PAIRS);

function add(hint: string, bit: number): void {
  const key = keyOf(Buffer.from(hint, 'latin1'), 0);
  BITS.set(key, (BITS.get(key) ?? 0) | bit);
  for (let place = 0; place < MOST_PAIRS; place++) {
    const [first, second] = [hint.charAt(place), hint.charAt(place + 1)];
    for (const a of [first.toLowerCase(), first.toUpperCase()]) {
      for (const b of [second.toLowerCase(), second.toUpperCase()]) {
        const pair = pairAt(Buffer.from(a + b, 'latin1'), 0);
        PLACES[pair] = (PLACES[pair] ?? 0) | (1 << place);
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

/** Characters that are looked at in one go. */
const ROOM = 8192;
/** A text as bytes, one a character, which are read several times as fast as the text; a blank stands in front of it. */
const room = Buffer.alloc(1 + ROOM, ' ');

/** The places in hints at which the pair of characters at an index of the room can stand, by its neighbours, too. */
function placesAt(index: number): number {
  const places = PLACES[pairAt(room, index)] ?? 0;
  if (places === 0) return 0;
  const before = PLACES[pairAt(room, index - 1)] ?? 0;
  const behind = PLACES[pairAt(room, index + 1)] ?? 0;
  return places & ((before << 1) | FIRST_PLACE) & ((behind >> 1) | LAST_PLACE);
}

/** What the hints say that have the pair of characters at an index of the room at one of the places. */
function hintsAround(index: number, places: number, end: number): number {
  let bits = 0;
  for (let place = 0; place < MOST_PAIRS; place++) {
    const start = index - place;
    if ((places & (1 << place)) === 0 || start + LENGTH > end) continue;
    if (((PLACES[pairAt(room, start)] ?? 0) & FIRST_PLACE) !== 0) bits |= BITS.get(keyOf(room, start)) ?? 0;
  }
  return bits;
}

/** What the bytes of the room up to `end` may hold: of the pairs of a hint one is looked at, wherever it begins. */
function hintsInRoom(end: number): number {
  let bits = 0;
  for (let index = MOST_PAIRS - 1; index + 1 < end; index += MOST_PAIRS) {
    const places = placesAt(index);
    if (places !== 0) bits |= hintsAround(index, places, end);
  }
  return bits;
}

/**
 * Looks at every fourth pair of characters of a text, and says what it may hold. Reading a line closely costs as much as
 * parsing it, and most lines have no secret.
 */
export function hintsIn(text: string): number {
  let bits = text.indexOf('@', SHORTEST_USER) !== -1 && text.includes('://') ? MAY_HOLD_SECRET : 0;
  bits |= hintsInRoom(1 + room.write(text, 1, 'latin1'));
  // A hint may begin in one part and end in the next.
  for (let from = ROOM - LENGTH; from + LENGTH < text.length; from += ROOM - LENGTH)
    bits |= hintsInRoom(1 + room.write(text.slice(from, from + ROOM), 1, 'latin1'));
  return bits;
}
