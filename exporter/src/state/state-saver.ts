import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import type { StateStore } from './state-store.ts';

/** Writes the newest document of one name, one write at a time. */
export interface StateSaver {
  /** Schedules the document; one that is overtaken while another is being written is never written itself. */
  save(document: unknown): void;
  /** Resolves when the newest document is on disk, or its failure is logged. Never rejects. */
  settled(): Promise<void>;
}

/**
 * A commit is synchronous and the disk is not: the saver writes behind it. A failure (full disk) is logged
 * once until a write succeeds again; the next document brings everything, so nothing else is to be repeated.
 */
export function createStateSaver(store: StateStore, name: string, logger: Logger): StateSaver {
  let next: { readonly document: unknown } | undefined;
  let writing: Promise<void> | undefined;
  let failing = false;

  async function drain(): Promise<void> {
    while (next !== undefined) {
      const { document } = next;
      next = undefined;
      try {
        await store.write(name, document);
        failing = false;
      } catch (error) {
        const fields = { document: name, error: messageOf(error) };
        if (!failing)
          logger.error(fields, 'state cannot be written: a restart begins at what was last on disk');
        failing = true;
      }
    }
  }

  return {
    save: (document) => {
      next = { document };
      writing ??= drain().finally(() => (writing = undefined));
    },
    settled: async () => {
      await writing;
    },
  };
}
