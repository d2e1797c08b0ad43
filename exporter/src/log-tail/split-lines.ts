/** What a piece of a file contained. */
export interface SplitLines {
  /** Complete lines without their end (LF or CRLF); empty lines are left out. */
  readonly lines: readonly string[];
  /** Bytes that need not be read again; the rest is the begin of an unfinished line. */
  readonly consumed: number;
  /** Lines left out because they are longer than the limit. */
  readonly tooLong: number;
  /** True when the piece ended within a line that is longer than the limit: its rest is to be skipped. */
  readonly skipping: boolean;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Index of the first byte at or after `from` that is not NUL: a truncated file may begin with a hole. */
function afterNuls(bytes: Buffer, from: number): number {
  let index = from;
  while (bytes[index] === 0) index++;
  return index;
}

/**
 * Splits a piece of a file into lines. Pure: the unfinished line at the end is not consumed and comes again
 * with the next piece, so that neither a line nor a UTF-8 character is ever torn. `skipping` is the result's
 * of the piece before. The limit counts bytes up to the line feed; pieces must be longer than it.
 */
export function splitLines(bytes: Buffer, skipping: boolean, maxLineBytes: number): SplitLines {
  const lines: string[] = [];
  let tooLong = 0;
  let position = 0;
  if (skipping) {
    const end = bytes.indexOf(LINE_FEED);
    if (end === -1) return { lines, consumed: bytes.length, tooLong, skipping: true };
    position = end + 1;
  }
  for (;;) {
    const start = afterNuls(bytes, position);
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1) {
      const endless = bytes.length - start > maxLineBytes;
      return {
        lines,
        consumed: endless ? bytes.length : start,
        tooLong: endless ? tooLong + 1 : tooLong,
        skipping: endless,
      };
    }
    if (end - start > maxLineBytes) tooLong++;
    else {
      const textEnd = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
      if (textEnd > start) lines.push(bytes.toString('utf8', start, textEnd));
    }
    position = end + 1;
  }
}
