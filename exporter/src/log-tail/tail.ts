import { type Clock, systemClock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { createStateSaver } from '../state/state-saver.ts';
import type { Logger } from '../log/logger.ts';
import type { StateStore } from '../state/state-store.ts';
import { createChanges } from './changes.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { createFollowedFiles, type FollowedFiles } from './followed-files.ts';
import type { LineConsumer } from './line-batch.ts';
import { createMatchedFiles } from './matched-files.ts';
import { createPositionLedger, type LedgerEntry, type PositionLedger } from './position-ledger.ts';
import type { TailedFile } from './tailed-file.ts';

export interface TailOptions extends LineConsumer {
  /** Globs, as `fs.glob` reads them; compressed files are never followed. */
  readonly patterns: readonly string[];
  /** What the consumer kept with its lines in one commit; read at the first pass. */
  readonly committed?: () => readonly LedgerEntry[];
  /** Where to begin in files that exist when their pattern is used for the first time: `end` by default. */
  readonly startAt?: 'beginning' | 'end';
  readonly state: StateStore;
  /** Name of the document with the positions. */
  readonly stateName: string;
  readonly logger: Logger;
  /** Longer lines are cut and flagged. Bytes. */
  readonly maxLineBytes?: number;
  /** Most bytes read and split at once, so that a backlog never blocks the event loop. */
  readonly sliceBytes?: number;
  /** Milliseconds between two looks at the known files; more where they are many. */
  readonly pollInterval?: number;
  /** Looks at once at what the system says has changed, besides. */
  readonly watch?: boolean;
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
  /** Why the last pass came to no end, in words: nothing could be looked at, or its lines were not taken. Else null. */
  readonly failed: string | null;
  /** Bytes that wait to be read. */
  readonly backlogBytes: number;
}

export interface Tail {
  /** Begins to follow. Returns at once; the positions are read before. */
  start(): void;
  /**
   * Expands the globs, reads what is there for at most `budget` milliseconds, and reports. Calls that meet
   * share one pass that begins after them. Rejects when `onLines` does, or nothing can be looked at.
   */
  poll(budget: number): Promise<TailReport>;
  /** As of the last pass. */
  report(): TailReport;
  /** Ends after the slice at hand; positions are saved and files closed when it resolves. */
  stop(): Promise<void>;
}

/** What a tail has once it has begun. */
interface Begun {
  readonly ledger: PositionLedger;
  readonly files: FollowedFiles;
  readonly delivery: Delivery;
}

const KIB = 1024;
/** Milliseconds of reading in one pass of the background loop. */
const PASS_BUDGET = 1000;
/** Milliseconds between two expansions of the globs, where nothing tells of changes. */
const SCAN_INTERVAL = 10_000;
/** Least milliseconds between two expansions of the globs because of a change. */
const SCAN_PAUSE = 1000;
/** Milliseconds that each known file adds to the time between two looks: half a hundredth of a core at the most. */
const PAUSE_PER_FILE = 5;

/**
 * Follows files by polling, which works on every file system: `fs.watch` is silent on network ones and only makes it
 * quicker. At rest it costs one `stat` a file and poll. Files that appear while a pattern is in use are read from their
 * start; positions are kept by device and inode, together with fingerprints of the file.
 */
export function createTail(options: TailOptions): Tail {
  const { patterns, logger } = options;
  // Intervals by a clock that nobody sets; only the ledger, which outlives the process, has dates.
  const { wall, monotonic } = options.clock ?? systemClock;
  const maxLineBytes = options.maxLineBytes ?? 64 * KIB;
  const buffer = Buffer.allocUnsafe(Math.max(options.sliceBytes ?? 128 * KIB, maxLineBytes + KIB));
  const limits = { maxLineBytes, buffer };
  const saver = createStateSaver(options.state, options.stateName, logger);
  const matched = createMatchedFiles(patterns);
  const stopping = new AbortController();
  let scanned: number | undefined;
  let saved = -Infinity;
  let scanWanted = false;
  let current: Promise<TailReport> | undefined;
  let following: Promise<TailReport> | undefined;
  let loop: Promise<void> | undefined;
  let begun: Begun | undefined;
  let failed: string | null = null;
  /** Milliseconds until the consumer wants the next pass. */
  let wanted = Infinity;
  let looked = -Infinity;
  /** Something has appeared or gone that no pattern matched at the last scan. */
  let hasNewNames = false;
  const changes = createChanges(options.watch ?? false, logger);

  /** What was stored is read when it is needed first. */
  function begin(): Begun {
    const stored = options.state.read(options.stateName);
    const ledger = createPositionLedger(stored, patterns, options.committed?.());
    const common = { ledger, limits, logger, wall, monotonic };
    const files = createFollowedFiles({
      ...common,
      maxFiles: options.maxFiles ?? 1000,
      startAt: options.startAt ?? 'end',
    });
    const rotatedGrace = options.rotatedGrace ?? 30_000;
    return { ledger, files, delivery: createDelivery({ ...common, consumer: options, files, rotatedGrace }) };
  }

  async function look({ ledger, files }: Begun): Promise<void> {
    const first = scanned === undefined;
    const only = changes.take();
    hasNewNames ||= [...only].some((path) => !matched.has(path));
    const age = sinceScan();
    const scan = scanWanted || age >= (hasNewNames ? SCAN_PAUSE : (options.scanInterval ?? SCAN_INTERVAL));
    if (scan) {
      scanWanted = false;
      hasNewNames = false;
      await matched.scan();
      changes.follow(matched.watchable());
    }
    const all = scan || only.size === 0 || monotonic() - looked >= pollInterval();
    if (all) looked = monotonic();
    await files.update(await matched.look(all ? undefined : only));
    if (first) await files.openRenamed();
    if (!scan) return;
    scanned = monotonic();
    for (const pattern of patterns) ledger.learn(pattern);
  }

  function sinceScan(): number {
    return scanned === undefined ? Infinity : monotonic() - scanned;
  }

  function pollInterval(): number {
    return Math.max(options.pollInterval ?? 1000, PAUSE_PER_FILE * (begun?.files.all().length ?? 0));
  }

  async function drain({ files, delivery }: Begun, end: number): Promise<void> {
    let waiting = files.readable();
    while (waiting.length > 0 && !stopping.signal.aborted) {
      const unfinished: TailedFile[] = [];
      for (const file of waiting) {
        if (await delivery.advance(file)) unfinished.push(file);
      }
      waiting = unfinished;
      if (monotonic() >= end) return;
    }
  }

  function save({ ledger }: Begun): void {
    if (monotonic() - saved < (options.saveInterval ?? 5000) || !ledger.takeChanged()) return;
    saved = monotonic();
    saver.save(ledger.document(wall()));
  }

  function report(): TailReport {
    const open = begun?.files.all() ?? [];
    return {
      patterns: patterns.map((pattern) => {
        const followed = open.filter((file) => file.patterns.includes(pattern)).length;
        const problem = matched.problemOf(pattern) ?? begun?.files.problemOf(pattern) ?? null;
        return { pattern, files: followed, problem };
      }),
      failed,
      backlogBytes: open.reduce((sum, file) => sum + file.backlog, 0),
    };
  }

  async function pass(budget: number): Promise<TailReport> {
    const end = monotonic() + budget;
    let trouble = 'log files could not be looked at, trying again';
    try {
      const parts = (begun ??= begin());
      await look(parts);
      trouble = 'log lines could not be taken, trying again';
      await drain(parts, end);
      await parts.delivery.closeForgotten();
      wanted = (await options.onPass?.()) ?? Infinity;
      failed = null;
      save(parts);
    } catch (error) {
      const reason = messageOf(error);
      if (reason !== failed) logger.error({ error: reason }, trouble);
      failed = reason;
      throw error;
    }
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
    while (!stopping.signal.aborted) {
      let pause = pollInterval();
      try {
        const { backlogBytes } = await request(PASS_BUDGET);
        if (backlogBytes > 0) pause = 1;
      } catch {
        // Logged and reported by the pass.
      }
      const scanIn = hasNewNames ? Math.max(0, SCAN_PAUSE - sinceScan()) : Infinity;
      await changes.rest(Math.min(pause, wanted, scanIn));
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
    report,
    stop: async () => {
      stopping.abort();
      changes.stop();
      await loop;
      await Promise.allSettled([current, following]);
      if (begun !== undefined) {
        const { files, ledger } = begun;
        for (const file of files.all()) await files.close(file);
        if (ledger.takeChanged()) saver.save(ledger.document(wall()));
      }
      await saver.settled();
    },
  };
}
