const MOST_REMEMBERED = 50_000;

/** Places of names in an order, remembered from one refresh to the next: names rarely change. */
export interface NameOrder {
  readonly known: Map<string, string>;
  /** The language that the order is of. */
  language: string;
}

export function createNameOrder(): NameOrder {
  return { known: new Map(), language: '' };
}

/** Lower case with numbers padded to 12 digits: plain comparison then orders `a9` before `a10`. */
function padded(name: string): string {
  return name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

const isPlain = (name: string) => /^[\x00-\x7f]*$/.test(name);

/**
 * What plain comparison orders as the language does, numbers in names counting as numbers: `Ärger` lies before
 * `zeta` in German and behind it in Swedish. The language is asked only where letters beyond ASCII need it.
 */
export function sortNames(names: readonly string[], language: string, order: NameOrder): readonly string[] {
  const { known } = order;
  if (order.language !== language) {
    known.clear();
    order.language = language;
  }
  if (names.every((name) => known.has(name))) return names.map((name) => known.get(name) ?? '');
  if (known.size + names.length > MOST_REMEMBERED) known.clear();
  const all = [...new Set([...known.keys(), ...names])];
  if (all.every(isPlain)) {
    for (const name of names) if (!known.has(name)) known.set(name, padded(name));
  } else {
    const { compare } = new Intl.Collator(language, { numeric: true });
    all.sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
    all.forEach((name, place) => known.set(name, String(place).padStart(8, '0')));
  }
  return names.map((name) => known.get(name) ?? '');
}
