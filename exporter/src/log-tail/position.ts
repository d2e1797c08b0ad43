import { createHash } from 'node:crypto';

/** Bytes that a fingerprint covers at most. */
export const ANCHOR_BYTES = 256;

/** Fingerprint of some bytes of a file. The hash keeps log content out of the state folder. */
export interface Anchor {
  readonly length: number;
  readonly sha256: string;
}

/**
 * How far a file was read, and what was there: the fingerprints tell whether the file under the same inode still is
 * the one that was read. Neither is enough alone: two logs may begin with the same header, and lines repeat.
 */
export interface Position {
  /** Bytes whose lines were delivered. */
  readonly offset: number;
  /** True when the offset is within a line that is too long, whose rest is to be skipped. */
  readonly skipping: boolean;
  /** Of the bytes right before the offset. Empty (length 0) at offset 0 and while the file could not be read yet. */
  readonly anchor: Anchor;
  /** Of the file's first bytes, as many as were there up to the offset. Empty as the anchor is. */
  readonly head: Anchor;
  /** How often the file began anew under its inode: tells lines at the same offset apart. */
  readonly generation: number;
}

export const NO_ANCHOR: Anchor = { length: 0, sha256: '' };
export const FILE_START: Position = {
  offset: 0,
  skipping: false,
  anchor: NO_ANCHOR,
  head: NO_ANCHOR,
  generation: 0,
};

function fingerprint(bytes: Uint8Array): Anchor {
  if (bytes.length === 0) return NO_ANCHOR;
  return { length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The anchor of the offset at which `before` ends. */
export function anchorOf(before: Uint8Array): Anchor {
  return fingerprint(before.subarray(Math.max(0, before.length - ANCHOR_BYTES)));
}

/** The head of a file that begins with these bytes. */
export function headOf(begin: Uint8Array): Anchor {
  return fingerprint(begin.subarray(0, ANCHOR_BYTES));
}

/** True when the bytes are those that the fingerprint was made of. */
export function matchesAnchor(anchor: Anchor, bytes: Uint8Array): boolean {
  return (
    anchor.length === 0 || (bytes.length === anchor.length && fingerprint(bytes).sha256 === anchor.sha256)
  );
}

/** Where reading goes on in a file that turned out to be another one than the position is of. */
export function beginAnew({ generation }: Position): Position {
  return { ...FILE_START, generation: generation + 1 };
}
