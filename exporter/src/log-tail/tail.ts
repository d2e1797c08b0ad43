import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, systemClock } from '../base/clock.ts';
import { createStateSaver } from '../state/state-saver.ts';
import type { Logger } from '../log/logger.ts';
import type { StateStore } from '../state/state-store.ts';
import { createFollowedFiles } from './followed-files.ts';
import { createPositionLedger } from './position-ledger.ts';
import { createMatchedFiles } from './matched-files.ts';
import { readSlice, readUnfinishedLine, type TailedFile } from './tailed-file.ts';

/** Lines of one file, in order. */
export interface LineBatch {
  readonly path: string;
  readonly lines: readonly string[];
  /** Lines left out because they are longer than the limit. */
  readonly tooLong: number;
}

export interface TailOptions {
  /** Globs, as `fs.glob` reads them; compressed files are never followed. */
  readonly patterns: readonly string[];
  /**
   * Takes the lines. Reading waits for it, and the position moves on only when it resolves: after a crash
   * lines may come twice, never not at all. A rejection ends the pass; the same lines come again.
   */
  readonly onLines: (batch: LineBatch) => void | Promise<void>;
  readonly state: StateStore;
  /** Name of the document with the positions. */
  readonly stateName: string;
  readonly logger: Logger;
  /** Longer lines are left out and counted. Bytes. */
  readonly maxLineBytes?: number;
  /** Most bytes read and split at once, so that a backlog never blocks the event loop. */
  readonly sliceBytes?: number;
  /** Milliseconds between two looks at the known files. */
  readonly pollInterval?: number;
  /** Milliseconds between two expansions of the globs. */
  readonly scanInterval?: number;
  /** Milliseconds between two writes of the positions, while they move. */
  readonly saveInterval?: number;
  /** How long a file without a matching name is still read after its last growth, milliseconds. */
  readonly rotatedGrace?: number;
  readonly maxFiles?: number;
  readonly clock?: Clock;
}

/** What became of one pattern. */
export interface PatternReport {
  readonly pattern: string;
  /** Files that are followed because of it. */
  readonly files: number;
  /** Why there is none or why one is left out, in words for operators; null when all is well. */
  readonly problem: string | null;
}

export interface TailReport {
  readonly patterns: readonly PatternReport[];
  /** Bytes that wait to be read. */
  readonly backlogBytes: number;
}

export interface Tail {
  /** Begins to follow. Returns at once; the positions are read before. */
  start(): void;
  /**
   * Expands the globs, reads what is there for at most `budget` milliseconds, and reports. Calls that meet
   * share one pass that begins after them. Rejects when `onLines` does.
   */
  poll(budget: number): Promise<TailReport>;
  /** Ends after the slice at hand; positions are saved and files closed when it resolves. */
  stop(): Promise<void>;
}

const KIB = 1024;
/** Milliseconds of reading in one pass of the background loop. */
const PASS_BUDGET = 1000;

/**
 * Follows files by polling, which works on every file system: `fs.watch` is silent on network ones. At rest
 * it costs one `stat` a file and poll. Files that exist when a pattern is used for the first time are
 * followed from their end, later ones from their start; positions are kept by device and inode.
 */
export function createTail(options: TailOptions): Tail {
  const { patterns, logger } = options;
  // Intervals by a clock that nobody sets; only the ledger, which outlives the process, has dates.
  const { wall, monotonic } = options.clock ?? systemClock;
  const maxLineBytes = options.maxLineBytes ?? 64 * KIB;
  const buffer = Buffer.allocUnsafe(Math.max(options.sliceBytes ?? 128 * KIB, maxLineBytes + KIB));
  const limits = { maxLineBytes, buffer };
  const ledger = createPositionLedger(options.state.read(options.stateName), patterns);
  const saver = createStateSaver(options.state, options.stateName, logger);
  const files = createFollowedFiles({
    ledger,
    limits,
    maxFiles: options.maxFiles ?? 1000,
    logger,
    wall,
    monotonic,
  });
  const matched = createMatchedFiles(patterns);
  const stopping = new AbortController();
  let scanned: number | undefined;
  let saved = -Infinity;
  let scanWanted = false;
  let current: Promise<TailReport> | undefined;
  let following: Promise<TailReport> | undefined;
  let loop: Promise<void> | undefined;

  async function look(): Promise<void> {
    const first = scanned === undefined;
    const due = scanned === undefined || monotonic() - scanned >= (options.scanInterval ?? 10_000);
    const scan = scanWanted || due;
    scanWanted = false;
    if (scan) await matched.scan();
    await files.update(await matched.look());
    if (first) await files.openRenamed();
    if (!scan) return;
    scanned = monotonic();
    for (const pattern of patterns) ledger.learn(pattern);
  }

  /** Reads one slice; true when there is more. */
  async function advance(file: TailedFile): Promise<boolean> {
    let slice;
    try {
      slice = await readSlice(file, limits);
    } catch (error) {
      await files.fail(file, error);
      return false;
    }
    const { lines, tooLong } = slice;
    if (slice.restarted) {
      files.noteCut(file);
      logger.info(
        { path: file.path, offset: file.position.offset },
        'log file was cut, reading from its start',
      );
    }
    if (lines.length > 0 || tooLong > 0) await options.onLines({ path: file.path, lines, tooLong });
    const moved = slice.position.offset !== file.position.offset;
    if (moved && file.unnamedSince !== undefined) file.unnamedSince = monotonic();
    file.position = slice.position;
    file.ended = slice.ended;
    // Without progress the file system promises bytes that it does not give: the next pass tries again.
    const more = slice.ended === undefined && (moved || slice.restarted);
    file.backlog = more ? slice.backlog : 0;
    if (moved) ledger.set(file.identity, file.path, file.position, wall());
    return more;
  }

  async function drain(end: number): Promise<void> {
    let waiting = files.readable();
    while (waiting.length > 0 && !stopping.signal.aborted) {
      const unfinished: TailedFile[] = [];
      for (const file of waiting) {
        if (await advance(file)) unfinished.push(file);
      }
      waiting = unfinished;
      if (monotonic() >= end) return;
    }
  }

  /** Closes what has had no matching name for a while; its last line may lack its end. */
  async function closeForgotten(): Promise<void> {
    for (const file of files.all()) {
      const since = file.unnamedSince;
      if (
        since === undefined ||
        file.ended === undefined ||
        monotonic() - since < (options.rotatedGrace ?? 30_000)
      )
        continue;
      const line = await readUnfinishedLine(file, limits);
      if (line !== undefined) await options.onLines({ path: file.path, lines: [line], tooLong: 0 });
      await files.close(file);
      logger.info({ path: file.path }, 'rotated log file is closed');
    }
  }

  function save(): void {
    if (monotonic() - saved < (options.saveInterval ?? 5000) || !ledger.takeChanged()) return;
    saved = monotonic();
    saver.save(ledger.document(wall()));
  }

  function report(): TailReport {
    const open = files.all();
    return {
      patterns: patterns.map((pattern) => {
        const followed = open.filter((file) => file.patterns.includes(pattern)).length;
        const problem = matched.problemOf(pattern) ?? files.problemOf(pattern) ?? null;
        return { pattern, files: followed, problem };
      }),
      backlogBytes: open.reduce((sum, file) => sum + file.backlog, 0),
    };
  }

  async function pass(budget: number): Promise<TailReport> {
    const end = monotonic() + budget;
    await look();
    await drain(end);
    await closeForgotten();
    save();
    return report();
  }

  async function run(budget: number): Promise<TailReport> {
    following = undefined;
    if (stopping.signal.aborted) return report();
    current = pass(budget).finally(() => (current = undefined));
    return current;
  }

  /** One pass at a time; who comes while one runs shares the next. */
  function request(budget: number): Promise<TailReport> {
    if (following !== undefined) return following;
    const next = (): Promise<TailReport> => run(budget);
    if (current === undefined) return next();
    following = current.then(next, next);
    return following;
  }

  async function follow(): Promise<void> {
    const { signal } = stopping;
    while (!signal.aborted) {
      let pause = options.pollInterval ?? 1000;
      try {
        const { backlogBytes } = await request(PASS_BUDGET);
        if (backlogBytes > 0) pause = 1;
      } catch (error) {
        logger.error({ error: String(error) }, 'log lines could not be taken, trying again');
      }
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    start: () => {
      loop ??= follow();
    },
    poll: (budget) => {
      scanWanted = true;
      return request(budget);
    },
    stop: async () => {
      stopping.abort();
      await loop;
      await Promise.allSettled([current, following]);
      for (const file of files.all()) await files.close(file);
      if (ledger.takeChanged()) saver.save(ledger.document(wall()));
      await saver.settled();
    },
  };
}
