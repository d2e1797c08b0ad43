/** One line of a file. */
export interface TailedLine {
  readonly text: string;
  /** Where the line begins in its file, bytes. */
  readonly offset: number;
  /** True when the line is longer than the limit and its end is cut off. */
  readonly truncated: boolean;
}

/** What a piece of a file contained. */
export interface SplitLines {
  /** Complete lines without their end (LF or CRLF); empty lines are left out. */
  readonly lines: readonly TailedLine[];
  /** Bytes that need not be read again; the rest is the begin of an unfinished line. */
  readonly consumed: number;
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

/** The end of the last whole UTF-8 character at or before `end`. */
function wholeCharacters(bytes: Buffer, start: number, end: number): number {
  let first = end;
  while (first > start && first > end - 4 && ((bytes[first] ?? 0) & 0xc0) === 0x80) first--;
  return first;
}

/**
 * Splits a piece of a file into lines. Pure: the unfinished line at the end is not consumed and comes again
 * with the next piece, so that neither a line nor a UTF-8 character is ever torn. `skipping` is the result's
 * of the piece before, `from` the place of the piece in its file. The limit counts bytes up to the line feed; of a
 * longer line the begin is given once. Pieces must be longer than the limit.
 */
export function splitLines(bytes: Buffer, skipping: boolean, maxLineBytes: number, from = 0): SplitLines {
  const lines: TailedLine[] = [];
  let position = 0;

  function cut(start: number): void {
    const end = wholeCharacters(bytes, start, start + maxLineBytes);
    lines.push({ text: bytes.toString('utf8', start, end), offset: from + start, truncated: true });
  }

  if (skipping) {
    const end = bytes.indexOf(LINE_FEED);
    if (end === -1) return { lines, consumed: bytes.length, skipping: true };
    position = end + 1;
  }
  for (;;) {
    const start = afterNuls(bytes, position);
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1) {
      const endless = bytes.length - start > maxLineBytes;
      if (endless) cut(start);
      return { lines, consumed: endless ? bytes.length : start, skipping: endless };
    }
    if (end - start > maxLineBytes) cut(start);
    else {
      const textEnd = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
      if (textEnd > start)
        lines.push({ text: bytes.toString('utf8', start, textEnd), offset: from + start, truncated: false });
    }
    position = end + 1;
  }
}
