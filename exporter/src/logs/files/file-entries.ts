import type { LineBatch } from '../../log-tail/line-batch.ts';
import type { LedgerEntry } from '../../log-tail/position-ledger.ts';
import type { Position } from '../../log-tail/position.ts';
import type { LogEntry } from '../entry.ts';
import type { EntryReader } from '../reading/entry-reader.ts';

/** Entries of a file with the position from which a restart goes on behind them: kept together or not at all. */
export interface FileEntries {
  readonly entries: readonly LogEntry[];
  readonly position: LedgerEntry;
}

/** The entries of one file, until it begins anew. */
export interface FileReading {
  /** What there is to keep after these lines. Lines that were taken before and come again are left out. */
  read(batch: LineBatch): FileEntries;
  /** What was read last is kept: it is not given again. */
  kept(): void;
  /** The entry that waited for its next line, when none came for so long; undefined when nothing waits. */
  rest(): FileEntries | undefined;
  /** Whether an entry waits for its next line, or to be kept. */
  waits(): boolean;
  /** When the last line came, milliseconds of the monotonic clock. */
  lastLine(): number;
}

/**
 * Makes entries of lines. An entry is complete when the next one begins, so that the last one waits here; the position
 * of a restart is where it begins.
 */
export function createFileReading(reader: EntryReader, monotonic: () => number): FileReading {
  let waiting: LogEntry[] = [];
  let readUpTo = 0;
  let last = monotonic();
  /** Where the oldest line begins that is in no entry yet. */
  let safe: Position | undefined;
  let end: LedgerEntry | undefined;

  function safePosition(batch: LineBatch): Position {
    const offset = reader.safeOffset(batch.end.offset);
    if (offset === batch.end.offset) return batch.end;
    const isInBatch = batch.lines.some((line) => line.offset === offset);
    return isInBatch || safe === undefined ? batch.positionAt(offset) : safe;
  }

  return {
    read: (batch) => {
      for (const line of batch.lines) if (line.offset >= readUpTo) waiting.push(...reader.push(line));
      readUpTo = batch.end.offset;
      last = monotonic();
      end = batch.restartFrom(batch.end);
      safe = safePosition(batch);
      return { entries: waiting, position: batch.restartFrom(safe) };
    },
    kept: () => {
      waiting = [];
    },
    rest: () => {
      if (end === undefined) return undefined;
      waiting.push(...reader.flush());
      return waiting.length === 0 ? undefined : { entries: waiting, position: end };
    },
    waits: () => waiting.length > 0 || (end !== undefined && reader.safeOffset(end.offset) < end.offset),
    lastLine: () => last,
  };
}
