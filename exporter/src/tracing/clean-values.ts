import type { AttributeValue } from '../trace/tracer.ts';

/** Hides what must not be written down; the text as it is where it holds nothing. */
export type Mask = (text: string) => string;

/** Longest text that goes with a span, in UTF-16 units. */
const LONGEST = 1024;
const MOST_PARTS = 64;

/** Text without secrets, and not longer than 1,024 characters. */
export function cleanText(text: string, mask: Mask): string {
  // What is cut off need not be read; a secret that the cut divides is masked by what is left of it.
  const clean = mask(text.length > 4 * LONGEST ? text.slice(0, 4 * LONGEST) : text);
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1).toWellFormed()}…` : clean;
}

/** The names under which a statement stands. */
function isStatement(name: string): boolean {
  return name === 'db.query.text' || name === 'db.statement';
}

const LITERAL =
  /[eExXbBuUnN]?&?'(?:[^'\\]|''|\\.)*'?|\$([A-Za-z_]\w*)?\$[\s\S]*?(?:\$\1\$|$)|(?<![\w$.])\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/g;

/** A statement with a question mark for each text and number in it: those are people's, not the program's. */
export function withoutLiterals(statement: string): string {
  return statement.replace(LITERAL, '?');
}

/** The value of an attribute as it may be kept. */
export function cleanValue(
  name: string,
  value: AttributeValue,
  mask: Mask,
): string | number | boolean | string[] {
  if (typeof value === 'string') return cleanText(isStatement(name) ? withoutLiterals(value) : value, mask);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return typeof value === 'boolean' ? value : value.slice(0, MOST_PARTS).map((part) => cleanText(part, mask));
}
