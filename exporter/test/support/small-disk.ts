import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own, so small that a test fills it. */
export interface SmallDisk {
  readonly path: string;
  /** Nothing may be open on it any more. */
  remove(): void;
}

function run(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(error?.message ?? stderr.trim());
}

/** Mounts a disk of so many bytes in memory; throws where this user may not. */
export function mountSmallDisk(bytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'valtronics-disk-'));
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'tmpfs', path);
  } catch (error) {
    rmdirSync(path);
    throw error;
  }
  return {
    path,
    remove: () => {
      run('umount', path);
      rmdirSync(path);
    },
  };
}

/** Why a test has no small disk; undefined when it may have one. */
export function whyNoSmallDisk(): string | undefined {
  try {
    mountSmallDisk(65_536).remove();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
