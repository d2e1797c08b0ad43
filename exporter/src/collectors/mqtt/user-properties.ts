import type { Carrier } from '../../trace/trace-context.ts';

/** Properties of a PUBLISH by their identifiers: what has a length of its own, and how long the others are. */
const USER_PROPERTY = 0x26;
const TEXTS: ReadonlySet<number> = new Set([0x03, 0x08, 0x09]);
const SUBSCRIPTION = 0x0b;
const LENGTHS: Readonly<Record<number, number>> = { 0x01: 1, 0x02: 4, 0x23: 2 };

/**
 * The user properties of an MQTT 5 message by name, of a name that stands there twice the first, as far as they can be
 * read: a broker has checked them, so that what is malformed is no more than the end.
 */
export function readUserProperties(properties: Buffer): Carrier {
  const found: Record<string, string> = {};
  let at = 0;

  /** A text of two bytes of length; the end of the buffer when it is longer than that. */
  function text(): string {
    const end = at + 2 > properties.length ? Infinity : at + 2 + properties.readUInt16BE(at);
    const value = properties.toString('utf8', at + 2, end);
    at = end;
    return value;
  }

  while (at < properties.length) {
    const identifier = properties[at] ?? 0;
    at += 1;
    if (identifier === USER_PROPERTY) {
      const name = text();
      const value = text();
      if (at <= properties.length) found[name] ??= value;
    } else if (TEXTS.has(identifier)) text();
    else if (identifier === SUBSCRIPTION) {
      while ((properties[at] ?? 0) >= 0x80) at += 1;
      at += 1;
    } else at += LENGTHS[identifier] ?? Infinity;
  }
  return found;
}
