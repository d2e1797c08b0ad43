const MOST_REMEMBERED = 50_000;

/** The name in lower case with numbers padded to 12 digits: plain comparison then orders `a9` before `a10`. Remembered in `known`. */
export function sortNameOf(name: string, known: Map<string, string>): string {
  let found = known.get(name);
  if (found === undefined) {
    found = name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(name, found);
  }
  return found;
}
