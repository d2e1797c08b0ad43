import type { BigIntStats } from 'node:fs';

/** What tells a file from every other one, whatever its name: device and inode. */
export interface FileIdentity {
  readonly device: string;
  readonly inode: string;
}

/** A file at one moment. */
export interface FileFacts extends FileIdentity {
  readonly size: number;
  /** Of the last modification, nanoseconds since the epoch: compared, never computed with. */
  readonly modified: bigint;
}

/** The identity as a key. */
export function identityKey(identity: FileIdentity): string {
  return `${identity.device}:${identity.inode}`;
}

/** The facts of a `stat` with `bigint: true`: inodes of network file systems need more than 53 bits. */
export function factsOf(stats: BigIntStats): FileFacts {
  return {
    device: String(stats.dev),
    inode: String(stats.ino),
    size: Number(stats.size),
    modified: stats.mtimeNs,
  };
}
