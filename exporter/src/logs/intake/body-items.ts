import { ownCopy } from '../../base/own-copy.ts';

/** One part of a body that is to become an entry. */
export interface BodyItem {
  /** As it was written; of an array, as it would be written alone. */
  readonly text: string;
  readonly value: unknown;
}

/** One part that cannot be read, and why. */
export interface UnreadItem {
  readonly reason: string;
}

export type Item = BodyItem | UnreadItem;

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** JSON of a part of an array; JSON itself can be nested deeper than it can be written. */
function itemOf(value: unknown): Item {
  try {
    return { text: JSON.stringify(value), value };
  } catch (error) {
    if (error instanceof RangeError) return { reason: 'nested too deeply' };
    throw error;
  }
}

/** Lines with something on them; a byte order mark and what stands around are no part of them. */
function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end).trim();
    if (line !== '') yield line;
    if (end === -1) return;
    start = end + 1;
  }
}

function* itemsOfLines(text: string): Generator<Item> {
  for (const line of linesOf(text)) {
    const parsed = parseJson(line);
    // The entry keeps its text, and must not keep the whole body by it.
    yield parsed === undefined ? { reason: 'no JSON' } : { text: ownCopy(line), value: parsed.value };
  }
}

/**
 * The parts of a body: of an array its values, else one a line (NDJSON), or the whole where only that is JSON. Senders
 * declare either media type for either form, so that the form alone decides.
 */
export function* itemsOf(text: string): Generator<Item> {
  const [first] = linesOf(text);
  if (first === undefined) return;
  if (first.startsWith('[') || parseJson(first) === undefined) {
    const whole = parseJson(text.trim());
    if (whole !== undefined) {
      if (Array.isArray(whole.value)) for (const value of whole.value) yield itemOf(value);
      else yield { text: text.trim(), value: whole.value };
      return;
    }
  }
  yield* itemsOfLines(text);
}
