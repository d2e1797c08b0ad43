import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { factsOf, type FileFacts, type FileIdentity } from './file-identity.ts';
import {
  type Anchor,
  ANCHOR_BYTES,
  anchorOf,
  beginAnew,
  FILE_START,
  headOf,
  matchesAnchor,
  type Position,
} from './position.ts';
import { splitLines, type TailedLine } from './split-lines.ts';

/** One open file that is followed. */
export interface TailedFile {
  readonly handle: FileHandle;
  readonly identity: FileIdentity;
  /** The newest name under which the file was seen, and the patterns that matched it. */
  path: string;
  patterns: readonly string[];
  position: Position;
  /** The file when its end was reached; undefined while there is more to read. */
  ended: FileFacts | undefined;
  /** Since when the file has no name that matches, or grew under none; undefined while it has one. */
  unnamedSince: number | undefined;
  /** Bytes not read yet when the file was last looked at. */
  backlog: number;
}

/** One piece of a file. The position is the one to keep once the lines are delivered. */
export interface Slice {
  readonly lines: readonly TailedLine[];
  readonly position: Position;
  /** The position at the begin of one of the lines; to be asked before the next slice is read into the same room. */
  readonly positionAt: (offset: number) => Position;
  /** True when the file was cut or overwritten: reading begins again at its start. */
  readonly restarted: boolean;
  readonly ended: FileFacts | undefined;
  /** Bytes behind the slice that are not read yet. */
  readonly backlog: number;
}

export interface ReadLimits {
  readonly maxLineBytes: number;
  /** Room for one slice: longer than `maxLineBytes` by more than an anchor. */
  readonly buffer: Buffer;
}

const LINE_FEED = 10;

/** The fingerprint of the first bytes of a file, up to the offset. */
async function readHead(handle: FileHandle, offset: number): Promise<Anchor> {
  const bytes = Buffer.alloc(Math.min(ANCHOR_BYTES, offset));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  return headOf(bytes.subarray(0, bytesRead));
}

/** The position of the last line's start at or before the offset, so that reading begins with a whole line. */
async function alignToLine(handle: FileHandle, offset: number, limits: ReadLimits): Promise<Position> {
  const room = limits.buffer.subarray(0, Math.min(limits.buffer.length, limits.maxLineBytes, offset));
  const { bytesRead } = await handle.read(room, 0, room.length, offset - room.length);
  const before = room.subarray(0, bytesRead);
  const lineFeed = before.lastIndexOf(LINE_FEED);
  if (lineFeed !== -1) {
    const lineStart = offset - room.length + lineFeed + 1;
    const anchor = anchorOf(before.subarray(0, lineFeed + 1));
    return { ...FILE_START, offset: lineStart, anchor, head: await readHead(handle, lineStart) };
  }
  if (offset <= limits.maxLineBytes) return FILE_START;
  const head = await readHead(handle, offset);
  return { ...FILE_START, offset, skipping: true, anchor: anchorOf(before), head };
}

async function holds(handle: FileHandle, anchor: Anchor, at: number): Promise<boolean> {
  const bytes = Buffer.alloc(anchor.length);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, at);
  return matchesAnchor(anchor, bytes.subarray(0, bytesRead));
}

/** True when the file begins as it did when the position was taken, and has the same bytes before the offset. */
async function isContinued(handle: FileHandle, { anchor, head, offset }: Position): Promise<boolean> {
  return (await holds(handle, head, 0)) && (await holds(handle, anchor, offset - anchor.length));
}

/**
 * Opens a regular file without ever waiting for it. Rejects with the system's error. The position is taken
 * back to the start of its line when nothing is known about the bytes before it.
 */
export async function openTailedFile(
  path: string,
  patterns: readonly string[],
  position: Position,
  limits: ReadLimits,
): Promise<TailedFile> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const facts = factsOf(await handle.stat({ bigint: true }));
    const unaligned = position.offset > 0 && position.anchor.length === 0;
    const start = unaligned
      ? await alignToLine(handle, Math.min(position.offset, facts.size), limits)
      : position;
    return {
      handle,
      identity: facts,
      path,
      patterns,
      position: start,
      ended: undefined,
      unnamedSince: undefined,
      backlog: 0,
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** True when the file has at least the position's bytes and those before it are the same. Rejects when it cannot be read. */
export async function holdsPosition(path: string, position: Position): Promise<boolean> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return await isContinued(handle, position);
  } finally {
    await handle.close();
  }
}

/** True when there may be something to read: the file is another one than when its end was reached. */
export function hasChanged(file: TailedFile, facts: FileFacts): boolean {
  return file.ended?.size !== facts.size || file.ended.modified !== facts.modified;
}

/**
 * Reads at most one buffer from the file's position. The bytes before the position are read again with it
 * and compared, and so are the file's first ones: a file that was cut and has grown past its old size since, or whose
 * inode belongs to another file now, starts from 0.
 */
export async function readSlice(file: TailedFile, limits: ReadLimits): Promise<Slice> {
  const { handle, position } = file;
  const facts = factsOf(await handle.stat({ bigint: true }));
  const { length } = position.anchor;
  const from = position.offset - length;
  const { bytesRead } = await handle.read(limits.buffer, 0, limits.buffer.length, from);
  const bytes = limits.buffer.subarray(0, bytesRead);
  const isSame =
    matchesAnchor(position.anchor, bytes.subarray(0, length)) &&
    (from === 0 || (await holds(handle, position.head, 0)));
  if (!isSame) {
    const start = beginAnew(position);
    const restart = { lines: [], position: start, positionAt: () => start, restarted: true };
    return { ...restart, ended: undefined, backlog: facts.size };
  }
  const { generation } = position;
  // The buffer begins with the file's first byte for as long as the head is shorter than it can be.
  const positionAt = (offset: number): Position => {
    if (offset === position.offset) return position;
    const head = from === 0 ? headOf(bytes.subarray(0, offset)) : position.head;
    return { offset, skipping: false, anchor: anchorOf(bytes.subarray(0, offset - from)), head, generation };
  };
  const split = splitLines(bytes.subarray(length), position.skipping, limits.maxLineBytes, position.offset);
  const end = positionAt(position.offset + split.consumed);
  return {
    lines: split.lines,
    position: { ...end, skipping: split.skipping },
    positionAt,
    restarted: false,
    ended: from + bytesRead >= facts.size ? facts : undefined,
    backlog: Math.max(0, facts.size - from - bytesRead),
  };
}

/** The unfinished last line of a file that nobody writes any more, or undefined. */
export async function readUnfinishedLine(
  file: TailedFile,
  limits: ReadLimits,
): Promise<TailedLine | undefined> {
  const { position } = file;
  if (position.skipping) return undefined;
  const room = limits.buffer.subarray(0, limits.maxLineBytes);
  const { bytesRead } = await file.handle.read(room, 0, room.length, position.offset);
  if (bytesRead === 0) return undefined;
  return { text: room.toString('utf8', 0, bytesRead), offset: position.offset, truncated: false };
}
