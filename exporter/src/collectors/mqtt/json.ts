/** What Python's json module writes for numbers that JSON does not have, and what `JSON.parse` reads as infinite. */
const BARE_WORDS = ['NaN', 'Infinity'] as const;
const INFINITE = '1e999';

/** Index after the string that begins at `start`, or the text's length when it never ends. */
function afterString(text: string, start: number): number {
  let index = start + 1;
  for (;;) {
    const quote = text.indexOf('"', index);
    if (quote === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    index = quote + 1;
  }
}

/** Replaces `NaN` and `Infinity` outside of strings. Linear in the text's length, whatever the text is. */
function withoutBareWords(text: string): string {
  let result = '';
  let copied = 0;
  let index = 0;
  while (index < text.length) {
    const char = text.charAt(index);
    const word = BARE_WORDS.find(
      (candidate) => char === candidate.charAt(0) && text.startsWith(candidate, index),
    );
    if (char === '"') {
      index = afterString(text, index);
    } else if (word === undefined) {
      index += 1;
    } else {
      result += text.slice(copied, index) + INFINITE;
      index += word.length;
      copied = index;
    }
  }
  return result + text.slice(copied);
}

/**
 * `JSON.parse` that also takes the bare words `NaN`, `Infinity` and `-Infinity`, which Python publishers
 * emit: each becomes an infinite number, so that one bad value does not cost the rest of its batch.
 * Undefined when the text is no JSON even so.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (!BARE_WORDS.some((word) => text.includes(word))) return undefined;
  }
  try {
    return JSON.parse(withoutBareWords(text));
  } catch {
    return undefined;
  }
}
