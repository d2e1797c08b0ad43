/** What a rule's value is a number of; a text is written behind it as it is. */
export type ValueUnit =
  { readonly kind: 'share' | 'seconds' | 'bytes' } | { readonly kind: 'suffix'; readonly suffix: string };

/** The functions by which rules write their value, with what they take it for. */
const FUNCTIONS: ReadonlyMap<string, ValueUnit> = new Map([
  ['humanizePercentage', { kind: 'share' }],
  ['humanizeDuration', { kind: 'seconds' }],
  ['humanize1024', { kind: 'bytes' }],
]);

/** Words behind a value that say what it is a number of, with how lists write them. */
const SUFFIXES: readonly (readonly [words: RegExp, suffix: string])[] = [
  [/^\s?%/, '%'],
  [/^ points per second\b/, 'points/s'],
  [/^ (?:per second|\/s)\b/, '/s'],
  [/^ days?\b/, 'd'],
  [/^ hours?\b/, 'h'],
  [/^ minutes?\b/, 'min'],
  [/^ seconds?\b/, 's'],
  [/^ times\b/, '×'],
  [/^ °C/, '°C'],
];

const VALUE = /\{\{[^{}]*\$value\b([^{}]*)\}\}/g;

/**
 * The unit of a rule's value, as its own texts write it (`{{ $value | humanizePercentage }}`, `{{ $value }} days`);
 * undefined where they do not say.
 */
export function unitOfTexts(annotations: Readonly<Record<string, string>>): ValueUnit | undefined {
  for (const text of Object.values(annotations)) {
    for (const found of text.matchAll(VALUE)) {
      const [whole, pipeline = ''] = found;
      const name = /\|\s*(\w+)/.exec(pipeline)?.[1];
      const known = name === undefined ? undefined : FUNCTIONS.get(name);
      if (known !== undefined) return known;
      const behind = text.slice(found.index + whole.length);
      const suffix = SUFFIXES.find(([words]) => words.test(behind))?.[1];
      if (suffix !== undefined) return { kind: 'suffix', suffix };
    }
  }
  return undefined;
}
