/**
 * The text in memory of its own: V8 makes a part of a text by pointing into the whole, so that a short part that is kept
 * keeps all of it. Half a surrogate pair becomes U+FFFD.
 */
export function ownCopy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
