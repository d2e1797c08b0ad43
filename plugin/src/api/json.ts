/** Narrowing of JSON from outside: each function throws `ShapeError` that names the place. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Data from outside that has not the shape that was agreed. */
export class ShapeError extends Error {
  readonly where: string;
  readonly expected: string;

  constructor(where: string, expected: string) {
    super(`${where} is not ${expected}`);
    this.name = 'ShapeError';
    this.where = where;
    this.expected = expected;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; undefined when it is none. */
export function objectOrUndefined(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** The value as an object. */
export function asObject(value: unknown, where: string): JsonObject {
  if (isObject(value)) return value;
  throw new ShapeError(where, 'an object');
}

/**
 * The value as a list, each entry read by `read`, which names places within the entry only (its `where` is empty): of
 * tens of thousands of entries none needs its place written down until one is wrong.
 */
export function asList<T>(value: unknown, where: string, read: (entry: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) throw new ShapeError(where, 'a list');
  const entries: unknown[] = value;
  const results: T[] = [];
  try {
    for (const entry of entries) results.push(read(entry, ''));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ShapeError(`${where}[${results.length}]${error.where}`, error.expected);
  }
  return results;
}

/** The value as text. */
export function asText(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw new ShapeError(where, 'a text');
}

/** The value as text; null stays null. */
export function asTextOrNull(value: unknown, where: string): string | null {
  return value === null || value === undefined ? null : asText(value, where);
}

/** The value as a number. */
export function asNumber(value: unknown, where: string): number {
  if (typeof value === 'number') return value;
  throw new ShapeError(where, 'a number');
}

/** The value as a number; null stays null. */
export function asNumberOrNull(value: unknown, where: string): number | null {
  return value === null || value === undefined ? null : asNumber(value, where);
}

/** An ISO 8601 time as milliseconds since the epoch. */
export function asTime(value: unknown, where: string): number {
  const time = Date.parse(asText(value, where));
  if (Number.isNaN(time)) throw new ShapeError(where, 'a time');
  return time;
}

/** An ISO 8601 time as milliseconds since the epoch; null stays null. */
export function asTimeOrNull(value: unknown, where: string): number | null {
  return value === null || value === undefined ? null : asTime(value, where);
}

/** The value as one of the words. */
export function asOneOf<T extends string>(words: readonly T[], value: unknown, where: string): T {
  const word = words.find((known) => known === value);
  if (word === undefined) throw new ShapeError(where, `one of ${words.join(', ')}`);
  return word;
}

/** The value as an object of texts, such as labels. */
export function asTexts(value: unknown, where: string): Readonly<Record<string, string>> {
  const texts = asObject(value, where);
  if (isTexts(texts)) return texts;
  const name = Object.keys(texts).find((key) => typeof texts[key] !== 'string') ?? '';
  throw new ShapeError(`${where}.${name}`, 'a text');
}

/** There are tens of thousands of labels in an answer: they are looked at, and neither copied nor given a place. */
function isTexts(value: JsonObject): value is Readonly<Record<string, string>> {
  for (const name in value) if (typeof value[name] !== 'string') return false;
  return true;
}
