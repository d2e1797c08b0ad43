const MOST_REMEMBERED = 50_000;
const known = new Map<string, string>();

/**
 * What a text is sorted by: plain comparison of two keys puts `sensor 9` before `Sensor 10` and `Zürich` beside
 * `Zurich`. Remembered, as names rarely change: comparing by the rules of a language takes a large fleet too long.
 */
export function sortKey(text: string): string {
  let key = known.get(text);
  if (key === undefined) {
    key = text
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/\d+/g, (digits) => digits.padStart(12, '0'));
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, key);
  }
  return key;
}

/** Below 0 when the first text comes first. */
export function compareTexts(a: string, b: string): number {
  const [first, second] = [sortKey(a), sortKey(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
