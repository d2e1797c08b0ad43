import { createHash } from 'node:crypto';
import type { DropReason, Drops } from './drops.ts';

/** Most characters (code points) of a label value: contract §4. */
export const MAX_LABEL_CHARACTERS = 256;
/** What is over a cap. */
export const OTHER = 'other';
/** Index of `other` in every set of names. */
export const OTHER_INDEX = 0;

const HASH_CHARACTERS = 16;

/** The first `count` code points, or undefined when the text has no more than `limit` of them. */
function cutAfter(text: string, count: number, limit: number): string | undefined {
  let points = 0;
  let end = 0;
  for (const character of text) {
    if (points < count) end += character.length;
    points += 1;
    if (points > limit) return text.slice(0, end);
  }
  return undefined;
}

/**
 * The text as a label value: well-formed (lone surrogates would all become the same character when
 * encoded), and at most 256 code points: a longer one keeps its beginning and gets `~` and 16 hexadecimal
 * digits of its SHA-256, so that two long texts stay two.
 */
export function labelValue(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (whole.length <= MAX_LABEL_CHARACTERS) return whole;
  const kept = cutAfter(whole, MAX_LABEL_CHARACTERS - HASH_CHARACTERS - 1, MAX_LABEL_CHARACTERS);
  if (kept === undefined) return whole;
  return `${kept}~${createHash('sha256').update(whole).digest('hex').slice(0, HASH_CHARACTERS)}`;
}

/** As `labelValue`; a cut is counted once for each text. */
export function countedLabelValue(text: string, drops: Drops): string {
  const value = labelValue(text);
  if (value !== text && text.length > MAX_LABEL_CHARACTERS) drops.once('label_length', value);
  return value;
}

/** A copy that does not keep a longer text alive, as a slice of a topic would. */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** A growing set of names of bounded size, known by small integers. */
export interface NameCap {
  /** The number of the name; 0 (`other`) for one over the cap. Allocates nothing for a known name. */
  index(name: string): number;
  name(index: number): string;
}

/**
 * A set of at most `limit` names beside `other`. Names are never given up again: counters that carry them
 * must not come and go. Each name over the cap is counted once.
 */
export function createNameCap(limit: number, reason: DropReason, drops: Drops): NameCap {
  const names = [OTHER];
  const indexes = new Map<string, number>([[OTHER, OTHER_INDEX]]);

  function admit(found: string): number {
    const label = labelValue(found);
    const known = indexes.get(label);
    if (known !== undefined) return known;
    if (names.length > limit) {
      drops.once(reason, label);
      return OTHER_INDEX;
    }
    countedLabelValue(found, drops);
    const name = ownText(label);
    indexes.set(name, names.length);
    return names.push(name) - 1;
  }

  return {
    index: (name) => indexes.get(name) ?? admit(name),
    name: (index) => names[index] ?? OTHER,
  };
}

/** Keeps one copy of texts that many devices share: a type, a maker, a place. */
export interface WordPool {
  /** The first text that was equal to this one, while the pool remembers it. */
  one(text: string): string;
}

/** A pool of at most `limit` words; when it is full it starts anew, and what was handed out stays valid. */
export function createWordPool(limit: number): WordPool {
  const words = new Map<string, string>();
  return {
    one: (text) => {
      const known = words.get(text);
      if (known !== undefined) return known;
      if (words.size >= limit) words.clear();
      words.set(text, text);
      return text;
    },
  };
}
