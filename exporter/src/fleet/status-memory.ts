import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import type { StateStore } from '../state/state-store.ts';
import {
  BUCKETS,
  documentName,
  readRemembered,
  type RememberedDevice,
  toDocument,
} from './remembered-device.ts';
import { fnv1a } from './shard.ts';

export interface StatusMemoryOptions {
  readonly state: StateStore;
  readonly logger: Logger;
  /** Least time between two rounds of writing, milliseconds. */
  readonly writeInterval: number;
  /** Most devices that are kept while nobody asks for them. */
  readonly maxKept: number;
  /** How long they are kept, milliseconds. */
  readonly keepFor: number;
  /** The devices that the fleet has now, of one bucket. */
  readonly present: (bucket: number) => readonly RememberedDevice[];
}

/** Statuses and their dates, kept across restarts in the state folder. */
export interface StatusMemory {
  /** Reads what an earlier run left; before, nothing is known. Throws when a document cannot be read. */
  start(now: number): void;
  /** What is known of a device that appears; it is not kept any longer then. */
  take(id: string): RememberedDevice | undefined;
  /** Keeps a device that leaves, for when it comes back. */
  keep(device: RememberedDevice, now: number): void;
  /** Forgets what was kept for too long. */
  prune(now: number): void;
  /** A device of the bucket changed: it is written within the interval. */
  changed(bucket: number): void;
  changedAll(): void;
  /** Writes what changed now; resolves when it is on disk. A failure is logged, never thrown. */
  flush(): Promise<void>;
  /** Ends the timer, then flushes. */
  stop(): Promise<void>;
}

export function bucketOf(id: string): number {
  return fnv1a(id) % BUCKETS;
}

export function createStatusMemory(options: StatusMemoryOptions): StatusMemory {
  const { state, logger, writeInterval, present } = options;
  const kept = new Map<string, { readonly device: RememberedDevice; readonly at: number }>();
  const dirty = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let failing = false;
  let stopped = false;

  async function write(bucket: number): Promise<void> {
    const waiting = [...kept.values()]
      .map((entry) => entry.device)
      .filter(({ id }) => bucketOf(id) === bucket);
    await state.write(documentName(bucket), toDocument([...present(bucket), ...waiting]));
  }

  async function drain(): Promise<void> {
    for (const bucket of [...dirty]) {
      dirty.delete(bucket);
      try {
        await write(bucket);
        failing = false;
      } catch (error) {
        dirty.add(bucket);
        const fields = { document: documentName(bucket), error: messageOf(error) };
        if (!failing)
          logger.error(fields, 'state of the fleet cannot be written: a restart would date statuses anew');
        failing = true;
      }
    }
  }

  async function flush(): Promise<void> {
    await writing;
    writing = drain().finally(() => {
      writing = undefined;
    });
    await writing;
  }

  function schedule(): void {
    if (timer !== undefined || stopped) return;
    timer = setTimeout(() => {
      void flush().then(() => {
        timer = undefined;
        if (dirty.size > 0) schedule();
      });
    }, writeInterval);
    timer.unref();
  }

  function changed(bucket: number): void {
    dirty.add(bucket);
    schedule();
  }

  return {
    start: (now) => {
      for (const device of readRemembered(state, logger)) kept.set(device.id, { device, at: now });
    },
    take: (id) => {
      const entry = kept.get(id);
      if (entry !== undefined) kept.delete(id);
      return entry?.device;
    },
    keep: (device, now) => {
      const [oldest] = kept.keys();
      if (kept.size >= options.maxKept && oldest !== undefined) kept.delete(oldest);
      kept.delete(device.id);
      kept.set(device.id, { device, at: now });
      changed(bucketOf(device.id));
    },
    prune: (now) => {
      for (const [id, { at }] of kept) {
        if (now - at <= options.keepFor) break;
        kept.delete(id);
        changed(bucketOf(id));
      }
    },
    changed,
    changedAll: () => {
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) changed(bucket);
    },
    flush,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await flush();
    },
  };
}
