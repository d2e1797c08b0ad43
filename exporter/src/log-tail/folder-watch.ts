import { type FSWatcher, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';

/** Notices at once what changes in folders. It is only quicker than looking: network file systems say nothing. */
export interface FolderWatch {
  /** Watches the folders of these files, and no others. */
  follow(paths: Iterable<string>): void;
  stop(): void;
}

export interface FolderWatchOptions {
  /** A file was written, made, renamed or removed; the path may be none of those that are followed. */
  readonly onChange: (path: string) => void;
  readonly logger: Logger;
}

/** Watches nothing at first. A folder that cannot be watched is left to the looks, and said once. */
export function createFolderWatch({ onChange, logger }: FolderWatchOptions): FolderWatch {
  const watchers = new Map<string, FSWatcher | undefined>();

  function unwatchable(folder: string, error: unknown): void {
    watchers.get(folder)?.close();
    watchers.set(folder, undefined);
    logger.debug({ folder, error: messageOf(error) }, 'folder cannot be watched, its files are looked at');
  }

  function begin(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== null) onChange(join(folder, name));
      });
      watchers.set(folder, watcher);
      watcher.on('error', (error) => unwatchable(folder, error));
    } catch (error) {
      unwatchable(folder, error);
    }
  }

  return {
    follow: (paths) => {
      const folders = new Set<string>();
      for (const path of paths) folders.add(dirname(path));
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher?.close();
        watchers.delete(folder);
      }
      for (const folder of folders) if (!watchers.has(folder)) begin(folder);
    },
    stop: () => {
      for (const watcher of watchers.values()) watcher?.close();
      watchers.clear();
    },
  };
}
