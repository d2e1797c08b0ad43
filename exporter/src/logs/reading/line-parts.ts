import type { Envelope } from './envelope.ts';
import type { OpenLine } from './pending-entry.ts';

/** A line out of its envelope, whole as far as it was joined. */
export interface EnvelopedLine {
  readonly line: OpenLine;
  readonly envelope: Envelope | undefined;
}

/** Puts together what a container engine has cut. */
export interface LineParts {
  /** Takes the next line. Returns what is whole with it: nothing while a line goes on. */
  push(next: EnvelopedLine): readonly EnvelopedLine[];
  /** Gives out what waits for its rest. */
  flush(): readonly EnvelopedLine[];
  /** Byte at which the earliest line begins that waits; undefined when none does. */
  firstOffset(): number | undefined;
}

/** As the program wrote it, without the envelopes: a secret that was cut in two would go unmasked between them. */
function joined(part: EnvelopedLine, { line }: EnvelopedLine): EnvelopedLine {
  return {
    line: {
      text: part.line.text + line.text,
      offset: part.line.offset,
      truncated: part.line.truncated || line.truncated,
    },
    envelope: part.envelope,
  };
}

/** Joins lines up to about `maxCharacters`; what is longer goes on as a line of its own. */
export function createLineParts(maxCharacters: number): LineParts {
  /** By stream. */
  const parts = new Map<string, EnvelopedLine>();

  function flush(): readonly EnvelopedLine[] {
    const waiting = [...parts.values()].sort((a, b) => a.line.offset - b.line.offset);
    parts.clear();
    return waiting;
  }

  return {
    push: (next) => {
      const stream = next.envelope?.stream;
      // No container wrote it: what waits has no rest in this file.
      if (stream === undefined) return parts.size === 0 ? [next] : [...flush(), next];
      const part = parts.get(stream);
      const whole = part === undefined ? next : joined(part, next);
      if (next.envelope?.isPart === true && whole.line.text.length < maxCharacters) {
        parts.set(stream, whole);
        return [];
      }
      parts.delete(stream);
      return [whole];
    },
    flush,
    firstOffset: () =>
      parts.size === 0 ? undefined : Math.min(...[...parts.values()].map(({ line }) => line.offset)),
  };
}
