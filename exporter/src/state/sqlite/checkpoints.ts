import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../log/logger.ts';

/** Writes between two checkpoints. */
const WRITES = 64;
/**
 * Bytes of the write-ahead log from which on this thread moves what is left. A log begins anew only when all of it was
 * moved, and who writes without a pause is always ahead of the other thread.
 */
export const LARGE = 4 * 1024 * 1024;
/** Bytes from which on the other thread is asked. */
const WORTHWHILE = LARGE / 4;
/** Longest wait of a file that is closed for the checkpoint that runs, milliseconds. */
const PATIENCE = 2000;
/** TypeScript where Node runs it as it is, else what was compiled from it. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './checkpoint-thread.ts' : './checkpoint-thread.js',
  import.meta.url,
);

/** Checkpoints of a file of SQLite by a thread of their own: they wait for the disk, which the event loop must not. */
export interface Checkpoints {
  /** Told of each write that is over; a checkpoint follows from time to time, one at a time. */
  written(): void;
  /** Resolves when it is known what became of the one that runs. */
  idle(): Promise<unknown>;
  /** Waits for the one that runs: its connection would outlive that of who closes the file. */
  close(): void;
}

export interface CheckpointsOptions {
  readonly path: string;
  readonly logger: Logger;
  /** Moves what is left, in this thread. */
  readonly finish: () => void;
}

/** The checkpoints of the file at `path`; the thread begins with the first one. */
export function createCheckpoints({ path, logger, finish }: CheckpointsOptions): Checkpoints {
  const running = new Int32Array(new SharedArrayBuffer(4));
  let thread: Worker | undefined;
  let writes = 0;
  let failing = false;
  let asked = Promise.withResolvers<undefined>();
  asked.resolve(undefined);

  /** Said once, until one succeeds. What was written is safe in the log; a full disk is said by the next write. */
  function outcome(problem: string | undefined): void {
    if (problem !== undefined && !failing)
      logger.warn({ file: path, problem }, 'a checkpoint of the file failed');
    failing = problem !== undefined;
  }

  function start(): Worker {
    const begun = new Worker(THREAD, { workerData: { path, running } });
    begun.on('message', (problem: unknown) => {
      outcome(typeof problem === 'string' ? problem : undefined);
      asked.resolve(undefined);
    });
    begun.on('error', (error) => {
      thread = undefined;
      Atomics.store(running, 0, 0);
      outcome(messageOf(error));
      asked.resolve(undefined);
    });
    // A file that is not written to holds no process.
    begun.unref();
    return begun;
  }

  function finishHere(): void {
    try {
      finish();
    } catch (error) {
      outcome(messageOf(error));
    }
  }

  return {
    written: () => {
      writes += 1;
      const { size } = statSync(`${path}-wal`);
      if (size > LARGE) finishHere();
      if (Atomics.load(running, 0) === 1 || (writes < WRITES && size < WORTHWHILE)) return;
      writes = 0;
      Atomics.store(running, 0, 1);
      asked = Promise.withResolvers();
      thread ??= start();
      thread.postMessage('checkpoint');
    },
    idle: () => asked.promise,
    close: () => {
      if (thread === undefined) return;
      Atomics.wait(running, 0, 1, PATIENCE);
      void thread.terminate();
      thread = undefined;
      asked.resolve(undefined);
    },
  };
}
