import type { Clock } from '../../base/clock.ts';
import type { LogSource } from '../../config/log-sections.ts';
import type { Logger } from '../../log/logger.ts';
import type { LineBatch } from '../../log-tail/line-batch.ts';
import type { LedgerEntry } from '../../log-tail/position-ledger.ts';
import { createTail, type Tail, type TailReport } from '../../log-tail/tail.ts';
import type { StateStore } from '../../state/state-store.ts';
import { createEntryReader } from '../reading/entry-reader.ts';
import { createFileReading, type FileEntries, type FileReading } from './file-entries.ts';

export interface LogFilesOptions {
  readonly sources: readonly LogSource[];
  readonly startAt: 'beginning' | 'end';
  readonly maxLineBytes: number;
  readonly maskEmails: boolean;
  /** Keeps entries and position in one commit. Rejects when it cannot; the same come again. */
  readonly keep: (source: string, batch: FileEntries) => void | Promise<void>;
  /** The positions that were kept with entries of the source. */
  readonly kept: (source: string) => readonly LedgerEntry[];
  readonly state: StateStore;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** What became of one source. */
export interface SourceReport {
  readonly service: string;
  readonly files: number;
  readonly backlogBytes: number;
  /** Why nothing or not everything is read, in words for operators; null when all is well. */
  readonly problem: string | null;
}

/** The log files of all sources. */
export interface LogFiles {
  start(): void;
  /** As of the last look. */
  reports(): readonly SourceReport[];
  stop(): Promise<void>;
}

/** An entry that waits for its next line is complete after so long, milliseconds: programs write theirs at once. */
const ENTRY_IDLE = 150;

function reportOf(service: string, { patterns, backlogBytes, failed }: TailReport): SourceReport {
  return {
    service,
    files: patterns.reduce((sum, { files }) => sum + files, 0),
    backlogBytes,
    problem: failed ?? patterns.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}

/** A tail for each source: each has its own patterns, format and zone. */
export function createLogFiles(options: LogFilesOptions): LogFiles {
  const { sources, state, logger, clock, maxLineBytes } = options;

  function follow(source: LogSource, name: string): Tail {
    const { service, paths, format, timezone } = source;
    const files = new Map<string, FileReading>();

    function readingOf({ fileKey, path }: LineBatch): FileReading {
      const known = files.get(fileKey);
      if (known !== undefined) return known;
      const reader = createEntryReader({
        ...{ service, fileKey, path, clock, mask: { emails: options.maskEmails } },
        ...(format === undefined ? {} : { format }),
        ...(timezone === undefined ? {} : { timezone }),
        maxCharacters: maxLineBytes,
      });
      const reading = createFileReading(reader, clock.monotonic);
      files.set(fileKey, reading);
      return reading;
    }

    async function keepRest(reading: FileReading): Promise<void> {
      const rest = reading.rest();
      if (rest === undefined) return;
      await options.keep(name, rest);
      reading.kept();
    }

    return createTail({
      patterns: paths,
      startAt: options.startAt,
      state,
      stateName: `logs-${name}`,
      maxLineBytes,
      committed: () => options.kept(name),
      logger: logger.child({ service }),
      clock,
      watch: true,
      onLines: async (batch) => {
        const reading = readingOf(batch);
        await options.keep(name, reading.read(batch));
        reading.kept();
      },
      onEnd: async (fileKey) => {
        const reading = files.get(fileKey);
        if (reading === undefined) return;
        await keepRest(reading);
        files.delete(fileKey);
      },
      onPass: async () => {
        const now = clock.monotonic();
        let next = Infinity;
        for (const reading of files.values()) {
          if (!reading.waits()) continue;
          const left = reading.lastLine() + ENTRY_IDLE - now;
          if (left <= 0) await keepRest(reading);
          else next = Math.min(next, left);
        }
        return next;
      },
    });
  }

  /** Several sources of one service are told apart by their number. */
  const names = new Map<string, number>();
  const followed = sources.map((source) => {
    const { service } = source;
    const number = (names.get(service) ?? 0) + 1;
    names.set(service, number);
    return { service, tail: follow(source, number === 1 ? service : `${service}-${number}`) };
  });

  return {
    start: () => {
      for (const { tail } of followed) tail.start();
    },
    reports: () => followed.map(({ service, tail }) => reportOf(service, tail.report())),
    stop: async () => {
      await Promise.all(followed.map(({ tail }) => tail.stop()));
    },
  };
}
