import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';

/** Is there where a process has held the folder. */
export const LOCK_FILE = 'in-use.db';
const HOLDER_FILE = 'in-use.json';

const holderSchema = z.object({ pid: z.int(), host: z.string(), since: z.string(), listen: z.string() });

/** The right to a state folder. */
export interface FolderLock {
  release(): void;
}

function holderOf(folder: string): string {
  try {
    const { pid, host, since, listen } = holderSchema.parse(
      JSON.parse(readFileSync(join(folder, HOLDER_FILE), 'utf8')),
    );
    return `another exporter (process ${pid} on ${host}, listening on ${listen}, since ${since})`;
  } catch {
    return 'another exporter';
  }
}

function isBusy(error: unknown): boolean {
  return /\blocked\b/.test(messageOf(error));
}

/**
 * Takes the folder, which must exist, for this process: two exporters with one state would tell every alert twice and put each other out of
 * the MQTT session. The lock is the operating system's (taken by SQLite, since Node has none of its own), so that it ends
 * with the process however that ends, and holds between containers that share the folder.
 *
 * @throws Error that says who holds the folder, and after `stop that one, ` the advice
 */
export function lockFolder(
  folder: string,
  listen: string,
  logger: Logger,
  advice = 'or set VALTRONICS_STATE_DIR to a folder of its own for this one',
): FolderLock {
  let database: DatabaseSync | undefined;
  try {
    // Loaded here and not above: Node warns of it, which answers of the command line must not carry.
    const sqlite = process.getBuiltinModule('node:sqlite');
    // Made before SQLite makes it, which would let everybody read.
    closeSync(openSync(join(folder, LOCK_FILE), 'a', 0o600));
    database = new sqlite.DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const holder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), listen };
    writeFileSync(join(folder, HOLDER_FILE), JSON.stringify(holder), { mode: 0o600 });
  } catch (error) {
    if (isBusy(error)) {
      database?.close();
      throw new Error(`state folder ${folder} is in use by ${holderOf(folder)}: stop that one, ${advice}`, {
        cause: error,
      });
    }
    // A file system without locks, or a full disk: no reason to watch nothing at all.
    logger.warn(
      { folder, error: messageOf(error) },
      'the state folder cannot be locked against a second exporter',
    );
  }
  return {
    release: () => {
      database?.close();
      database = undefined;
    },
  };
}
