import { accessSync, constants, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode, messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import type { StateStore } from './state-store.ts';

/** The state folder, which knows whether its disk takes what it is given. */
export interface WatchedStateStore extends StateStore {
  /** Why what was written last is not on disk, for operators; undefined when it is. */
  problem(): string | undefined;
}

/** Only the exporter's user may look inside: statuses and names are nobody else's business. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** Ends the names of documents. */
const SUFFIX = '.json';
const NAME = /^[a-z0-9][a-z0-9._-]*$/;

function reasonOf(error: unknown): string {
  return errorCode(error) ?? messageOf(error);
}

/** The folder itself, or what there is of the way to it. */
function nearestThere(folder: string): string {
  const path = resolve(folder);
  if (statSync(path, { throwIfNoEntry: false }) !== undefined || dirname(path) === path) return path;
  return nearestThere(dirname(path));
}

function unusable(folder: string, error: unknown): Error {
  return new Error(
    `state folder ${folder} cannot be used (${reasonOf(error)}): ` +
      "make it writable for the exporter's user, or set VALTRONICS_STATE_DIR to another folder",
    { cause: error },
  );
}

function unreadable(path: string, error: unknown): Error {
  return new Error(
    `state document ${path} cannot be read (${reasonOf(error)}): ` +
      "give it back to the exporter's user, or remove it to start without it",
    { cause: error },
  );
}

function checkDocuments(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith(SUFFIX))) {
    const path = join(folder, name);
    try {
      if (!statSync(path).isFile()) throw new Error('not a file');
      accessSync(path, constants.R_OK);
    } catch (error) {
      throw unreadable(path, error);
    }
  }
}

function checkFolder(folder: string): void {
  try {
    const there = nearestThere(folder);
    if (!statSync(there).isDirectory()) throw new Error('not a folder');
    accessSync(there, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(folder, error);
  }
}

/**
 * Looks whether the folder can be used or made, and its documents read; makes nothing.
 *
 * @throws Error that tells operators what to do when it cannot
 */
export function checkStateFolder(folder: string): void {
  checkFolder(folder);
  if (nearestThere(folder) === resolve(folder)) checkDocuments(folder);
}

/** Makes a folder and those above it, one by one: `recursive` never ends where the system makes none, as in /proc. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: FOLDER_MODE });
}

function prepareFolder(folder: string): void {
  checkFolder(folder);
  try {
    makeFolder(resolve(folder));
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** Puts the text on disk under the name: after a crash at any moment the old or the new text is there. */
async function replaceFile(folder: string, file: string, text: string): Promise<void> {
  const path = join(folder, file);
  const temporary = `${path}.tmp`;
  const handle = await open(temporary, 'w', FILE_MODE);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  // The rename itself is on disk only once the folder is.
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The time as part of a file name, e.g. `20260131T120000.000Z`. */
function fileTime(now: Date): string {
  return now.toISOString().replaceAll(/[-:]/g, '');
}

/**
 * Opens the state folder, which is made (mode 0700) where it is missing. Documents are `<name>.json`; names
 * consist of lower-case letters, digits, dot, dash and underscore. One process a folder.
 *
 * @throws Error that tells operators what to do when the folder cannot be used
 */
export function openStateStore(folder: string, logger: Logger): WatchedStateStore {
  prepareFolder(folder);
  const queues = new Map<string, Promise<void>>();
  const failures = new Map<string, string>();

  function fileOf(name: string): string {
    if (!NAME.test(name)) throw new RangeError(`"${name}" is no name of a state document`);
    return name + SUFFIX;
  }

  function keepAside(name: string, file: string, error: unknown): void {
    const aside = `${name}.damaged-${fileTime(new Date())}`;
    const fields = { file: join(folder, file), keptAs: join(folder, aside), error: reasonOf(error) };
    try {
      renameSync(join(folder, file), join(folder, aside));
      logger.error(fields, 'state document is damaged and was kept aside; the exporter starts without it');
    } catch (failure) {
      const both = { ...fields, keptAs: undefined, failure: reasonOf(failure) };
      logger.error(both, 'state document is damaged and cannot be kept aside; the next writing replaces it');
    }
  }

  function read(name: string): unknown {
    const file = fileOf(name);
    let text: string;
    try {
      text = readFileSync(join(folder, file), 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw unreadable(join(folder, file), error);
    }
    try {
      const document: unknown = JSON.parse(text);
      return document;
    } catch (error) {
      keepAside(name, file, error);
      return undefined;
    }
  }

  async function write(name: string, document: unknown): Promise<void> {
    const file = fileOf(name);
    // The document as it is now: the caller may go on changing it while an earlier one is being written.
    const text = JSON.stringify(document);
    const turn = (queues.get(name) ?? Promise.resolve()).then(() => replaceFile(folder, file, text));
    // The next one has its turn whether or not this one succeeds; its own caller hears of the failure.
    queues.set(
      name,
      turn.catch(() => undefined),
    );
    try {
      await turn;
      failures.delete(name);
    } catch (error) {
      failures.set(name, reasonOf(error));
      throw new Error(
        `state document ${join(folder, file)} cannot be written (${reasonOf(error)}): ` +
          'the old one stays; free space on the disk or correct the permissions of the folder',
        { cause: error },
      );
    }
  }

  function problem(): string | undefined {
    const [reason] = failures.values();
    return reason === undefined
      ? undefined
      : `state folder ${folder} cannot be written (${reason}): a restart begins at what was last on disk`;
  }

  return { read, write, problem };
}
