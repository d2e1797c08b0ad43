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
