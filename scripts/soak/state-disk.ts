import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../exporter/src/base/errors.ts';
import { mountSmallDisk, whyNoSmallDisk } from '../../exporter/test/support/small-disk.ts';

/** Where the exporter keeps its state. */
export interface StateDisk {
  readonly path: string;
  /** Why it cannot be filled up; undefined where it can. */
  readonly reason: string | undefined;
  /** Takes all that is free. */
  fill(): void;
  free(): void;
  /** Nothing may be open on it any more. */
  remove(): void;
}

/** The queue of logs leaves 128 MiB free, and needs room besides. */
const BYTES = 512 * 1_048_576;
const PIECE = 1_048_576;

/** A disk of its own where this user may mount one, else a folder in the other. */
export function openStateDisk(folder: string): StateDisk {
  const reason = whyNoSmallDisk();
  if (reason !== undefined) {
    const path = join(folder, 'state');
    mkdirSync(path, { recursive: true });
    return { path, reason, fill: () => undefined, free: () => undefined, remove: () => undefined };
  }
  const disk = mountSmallDisk(BYTES);
  const filler = join(disk.path, 'filler');
  return {
    path: disk.path,
    reason,
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (let piece = PIECE; piece >= 1; piece = piece > 4096 ? 4096 : piece === 4096 ? 1 : 0) {
          try {
            for (;;) writeSync(file, Buffer.alloc(piece));
          } catch (error) {
            if (errorCode(error) !== 'ENOSPC') throw error;
          }
        }
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
    remove: disk.remove,
  };
}
