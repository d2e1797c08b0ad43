import { createHash } from 'node:crypto';

/** Bytes before the offset that are compared to learn whether a file still is the one that was read. */
const ANCHOR_BYTES = 256;

/** Fingerprint of the bytes right before an offset. The hash keeps log content out of the state folder. */
export interface Anchor {
  readonly length: number;
  readonly sha256: string;
}

/** How far a file was read. */
export interface Position {
  /** Bytes whose lines were delivered. */
  readonly offset: number;
  /** True when the offset is within a line that is too long, whose rest is to be skipped. */
  readonly skipping: boolean;
  /** Empty (length 0) at offset 0 and while the file could not be read yet. */
  readonly anchor: Anchor;
}

export const NO_ANCHOR: Anchor = { length: 0, sha256: '' };
export const FILE_START: Position = { offset: 0, skipping: false, anchor: NO_ANCHOR };

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The anchor of the offset at which `before` ends. */
export function anchorOf(before: Uint8Array): Anchor {
  if (before.length === 0) return NO_ANCHOR;
  const bytes = before.subarray(Math.max(0, before.length - ANCHOR_BYTES));
  return { length: bytes.length, sha256: hash(bytes) };
}

/** True when the bytes are those that the anchor was made of. */
export function matchesAnchor(anchor: Anchor, bytes: Uint8Array): boolean {
  if (anchor.length === 0) return true;
  return bytes.length === anchor.length && hash(bytes) === anchor.sha256;
}
