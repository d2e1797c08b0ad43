import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

/** What the thread is told at its begin. */
const begun = z.object({
  path: z.string(),
  /** One number: 1 while a checkpoint is asked for or runs. */
  running: z.instanceof(Int32Array),
});

/**
 * The thread that moves what was written from the write-ahead log into the file, and waits for the disk while it does.
 * The connection lives as long as one checkpoint: the file may be closed, or kept aside, in between.
 */
const { path, running } = begun.parse(workerData);
const sqlite = process.getBuiltinModule('node:sqlite');

function checkpoint(): void {
  const connection = new sqlite.DatabaseSync(path);
  try {
    connection.exec('pragma wal_checkpoint(passive)');
  } finally {
    connection.close();
  }
}

parentPort?.on('message', () => {
  let problem: string | undefined;
  try {
    checkpoint();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  Atomics.store(running, 0, 0);
  Atomics.notify(running, 0);
  parentPort?.postMessage(problem);
});
