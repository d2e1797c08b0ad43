/** One field of a space-separated line; quotes are taken off. */
export interface Field {
  readonly text: string;
  readonly quoted: boolean;
}

const QUOTE = 0x22;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** Index of the quote that ends a quoted text, or -1; a backslash protects the character behind it. */
export function closingQuote(line: string, start: number): number {
  for (let index = start; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (code === BACKSLASH) index++;
    else if (code === QUOTE) return index;
  }
  return -1;
}

/** Index after the word that begins at `start`; a value in quotes (`urt="0.1, 0.2"`) belongs to it, blanks and all. */
function afterWord(line: string, start: number): number {
  for (let index = start; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (code === SPACE) return index;
    if (code === QUOTE && index > start && line.charCodeAt(index - 1) === EQUALS) {
      const close = closingQuote(line, index + 1);
      if (close !== -1) index = close;
    }
  }
  return line.length;
}

/** The fields from an index on: bare words, quoted texts, and words with a quoted value (`rt="0.1"`), which count as bare. */
export function splitFields(line: string, start: number): Field[] {
  const fields: Field[] = [];
  let index = start;
  while (index < line.length) {
    if (line.charCodeAt(index) === SPACE) {
      index++;
      continue;
    }
    const quoted = line.charCodeAt(index) === QUOTE;
    const close = quoted ? closingQuote(line, index + 1) : -1;
    if (close !== -1) {
      fields.push({ text: line.slice(index + 1, close), quoted });
      index = close + 1;
      continue;
    }
    const end = afterWord(line, index);
    fields.push({ text: line.slice(index, end), quoted: false });
    index = end;
  }
  return fields;
}
