import type { QueryChanges } from './useUrlQuery';

/** How an empty text is written: a list of nothing else would look like an empty list. */
const EMPTY = '\\e';

/** Texts in the address: separated by commas, with commas and backslashes of the texts escaped. */
export function splitList(text: string | null): string[] {
  if (text === null || text === '') return [];
  const texts = [''];
  for (const [part] of text.matchAll(/\\.|[^\\]|\\$/gsu)) {
    if (part === ',') texts.push('');
    else if (part !== EMPTY) texts.push((texts.pop() ?? '') + part.replace(/^\\(?=.)/s, ''));
  }
  return texts;
}

/** The opposite of `splitList`. */
export function joinList(texts: readonly string[]): string {
  return texts.map((text) => (text === '' ? EMPTY : text.replace(/[\\,]/g, '\\$&'))).join(',');
}

/** The words of `all` that the address names, in their order. */
export function readWords<T extends string>(query: URLSearchParams, name: string, all: readonly T[]): T[] {
  const words = splitList(query.get(name));
  return all.filter((word) => words.includes(word));
}

/** What another text of a filter changes in the address; nothing where it is not given. */
export function textChange(name: string, text: string | undefined): QueryChanges {
  return text === undefined ? {} : { [name]: text };
}

/** The same for a list of texts. */
export function listChange(name: string, texts: readonly string[] | undefined): QueryChanges {
  return texts === undefined ? {} : { [name]: joinList(texts) };
}
