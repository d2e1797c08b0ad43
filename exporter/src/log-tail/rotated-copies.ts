import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { COMPRESSED } from './matched-files.ts';
import { factsOf, type FileIdentity, identityKey } from './file-identity.ts';
import type { Position } from './position.ts';
import { holdsPosition } from './tailed-file.ts';

/** A file with how far it was read. */
export interface ReadFile {
  readonly path: string;
  readonly position: Position;
}

/** True when a rotation may have given `path` the name `other`: access.log, access.log.1, access-20261122.log. */
function mayBeRotationOf(path: string, other: string): boolean {
  const stem = basename(path, extname(path));
  return dirname(path) === dirname(other) && basename(other).startsWith(stem);
}

/**
 * Where to begin a file that appeared: after what was read of the file that it is a copy of (rotation by
 * copying and cutting), or that it was under another device number (a reboot); undefined when it is
 * neither. Rejects when the file cannot be read.
 */
export async function positionInCopy(
  path: string,
  size: number,
  known: Iterable<ReadFile>,
): Promise<Position | undefined> {
  for (const { path: original, position } of known) {
    if (position.anchor.length === 0 || position.offset > size || !mayBeRotationOf(original, path)) continue;
    if (await holdsPosition(path, position)) return position;
  }
  return undefined;
}

/** The present name of a file that was renamed by a rotation while nobody watched, or undefined. */
export async function findRenamed(path: string, identity: FileIdentity): Promise<string | undefined> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    const candidate = join(folder, name);
    if (COMPRESSED.test(name) || !mayBeRotationOf(path, candidate)) continue;
    const facts = factsOf(await stat(candidate, { bigint: true }));
    if (identityKey(facts) === identityKey(identity)) return candidate;
  }
  return undefined;
}
