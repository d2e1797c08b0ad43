/** One message of a stream. */
export interface Frame {
  readonly text: string;
  /** Whether it was longer than the limit and its end is missing. */
  readonly truncated: boolean;
}

/** Cuts a stream of bytes into messages, as RFC 6587 describes both of its ways: by count of octets, or by line. */
export interface Framer {
  push(chunk: Buffer): Frame[];
  /** What is left when the stream ends: the last line may lack its end. */
  end(): Frame[];
  /** Whether a message has begun and not ended. */
  readonly isWithin: boolean;
}

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const LESS_THAN = 0x3c;
const [ZERO, ONE, NINE] = [0x30, 0x31, 0x39];
/** Digits of the largest count that is one. */
const MOST_DIGITS = 8;

/** What stands at the begin of a message: a count and the place behind it, a line, or too little to tell. */
type Begin = { readonly length: number; readonly start: number } | 'line' | 'unknown';

function beginOf(bytes: Buffer, at: number): Begin {
  let index = at;
  let length = 0;
  while (index < bytes.length && index - at < MOST_DIGITS) {
    const byte = bytes[index] ?? 0;
    if (byte < ZERO || byte > NINE || (index === at && byte < ONE)) break;
    length = length * 10 + byte - ZERO;
    index++;
  }
  if (index === at) return 'line';
  if (index < bytes.length && bytes[index] !== SPACE) return 'line';
  // A line may begin with a number; a message that is counted begins with its priority.
  if (index + 1 >= bytes.length) return 'unknown';
  return bytes[index + 1] === LESS_THAN ? { length, start: index + 1 } : 'line';
}

/** Whether a byte between messages means nothing: ends of lines, blanks, and the NUL of some senders. */
const isFiller = (byte: number | undefined): boolean => byte !== undefined && byte <= SPACE;

/** `maxBytes` is the length at which a message is cut; memory is bounded by it. */
export function createFramer(maxBytes: number): Framer {
  let rest: Buffer = Buffer.alloc(0);
  /** What is skipped of a message that was cut: so many octets, or the rest of the line. */
  let skip: number | 'line' = 0;

  const frame = (start: number, end: number, truncated: boolean): Frame => ({
    text: rest.toString('utf8', start, end).trimEnd(),
    truncated,
  });

  /** Where the text goes on behind what is skipped; undefined when that has not ended. */
  function afterSkipped(at: number): number | undefined {
    if (skip === 'line') {
      const end = rest.indexOf(LINE_FEED, at);
      if (end === -1) return undefined;
      skip = 0;
      return end + 1;
    }
    const skipped = Math.min(skip, rest.length - at);
    skip -= skipped;
    return skip > 0 ? undefined : at + skipped;
  }

  /** The message at the place and where the next begins; undefined when it has not ended. */
  function next(at: number, isLast: boolean): { readonly frame: Frame; readonly end: number } | undefined {
    const begin = beginOf(rest, at);
    if (begin === 'unknown' && !isLast) return undefined;
    if (typeof begin === 'object') {
      const kept = Math.min(begin.length, maxBytes);
      const end = begin.start + kept;
      if (end > rest.length)
        return isLast ? { frame: frame(begin.start, rest.length, true), end: rest.length } : undefined;
      skip = begin.length - kept;
      return { frame: frame(begin.start, end, skip > 0), end };
    }
    const end = rest.indexOf(LINE_FEED, at);
    if (end !== -1 && end - at <= maxBytes) return { frame: frame(at, end, false), end: end + 1 };
    if (end !== -1) return { frame: frame(at, at + maxBytes, true), end: end + 1 };
    if (rest.length - at > maxBytes) {
      skip = 'line';
      return { frame: frame(at, at + maxBytes, true), end: rest.length };
    }
    return isLast ? { frame: frame(at, rest.length, false), end: rest.length } : undefined;
  }

  function take(isLast: boolean): Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    for (;;) {
      const start = afterSkipped(at);
      at = start ?? rest.length;
      while (isFiller(rest[at])) at++;
      if (at >= rest.length) break;
      const found = next(at, isLast);
      if (found === undefined) break;
      if (found.frame.text !== '') frames.push(found.frame);
      at = found.end;
    }
    rest = rest.subarray(at);
    return frames;
  }

  return {
    push: (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const frames = take(false);
      // A part of a large chunk would keep all of it in memory.
      rest = Buffer.from(rest);
      return frames;
    },
    end: () => {
      const frames = take(true);
      rest = Buffer.alloc(0);
      return frames;
    },
    get isWithin() {
      return rest.length > 0 || skip !== 0;
    },
  };
}
