import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../src/log/logger.ts';
import type { LineBatch } from '../../src/log-tail/line-batch.ts';
import { createTail, type Tail, type TailOptions, type TailReport } from '../../src/log-tail/tail.ts';
import { temporaryFolder } from '../support/server.ts';
import { memoryState } from '../support/memory-state.ts';

/** A private folder with log files and tails that follow them, driven pass by pass on a clock of its own. */
export interface TailFixture {
  readonly folder: string;
  path(name: string): string;
  append(name: string, text: string): void;
  /** What was delivered since the last call. */
  taken(): string[];
  tooLong(): number;
  /** A tail over the same state, as a restarted exporter would have it. Not started: `poll` drives it. */
  open(pattern: string, options?: Partial<TailOptions>): Tail;
  poll(): Promise<TailReport>;
  /** The tail ends in order, positions saved. */
  stop(): Promise<void>;
  /** The tail is gone as after a kill: what it saved before is all that is left. */
  kill(): Promise<void>;
  /** Moves the clock, milliseconds. */
  pass(milliseconds: number): void;
  remove(): Promise<void>;
}

/** Makes the folder; `remove` deletes it and ends the tail. */
export function tailFixture(): TailFixture {
  const { path: folder, remove } = temporaryFolder('tail');
  const state = memoryState();
  let lines: string[] = [];
  let long = 0;
  let now = 1_000_000;
  let tail: Tail | undefined;

  const running = (): Tail => {
    if (tail === undefined) throw new Error('no tail is open');
    return tail;
  };
  const take = (batch: LineBatch): void => {
    lines.push(...batch.lines.filter(({ truncated }) => !truncated).map(({ text }) => text));
    long += batch.lines.filter(({ truncated }) => truncated).length;
  };
  const stop = async (): Promise<void> => {
    await tail?.stop();
    tail = undefined;
  };

  return {
    folder,
    path: (name) => join(folder, name),
    append: (name, text) => appendFileSync(join(folder, name), text),
    taken: () => {
      const before = lines;
      lines = [];
      return before;
    },
    tooLong: () => long,
    open: (pattern, options = {}) => {
      tail = createTail({
        patterns: [join(folder, pattern)],
        onLines: take,
        state,
        stateName: 'positions',
        logger: silentLogger(),
        saveInterval: 0,
        clock: { wall: () => now, monotonic: () => now },
        ...options,
      });
      return tail;
    },
    poll: () => running().poll(60_000),
    stop,
    kill: async () => {
      const saved = new Map(state.documents);
      await stop();
      state.documents.clear();
      for (const [name, document] of saved) state.documents.set(name, document);
    },
    pass: (milliseconds) => {
      now += milliseconds;
    },
    remove: async () => {
      await stop();
      await remove();
    },
  };
}
