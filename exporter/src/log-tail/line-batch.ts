import type { LedgerEntry } from './position-ledger.ts';
import type { Position } from './position.ts';
import type { TailedLine } from './split-lines.ts';

/** Lines of one file, in order. */
export interface LineBatch {
  readonly path: string;
  /** The same for the same file under any name, until it begins anew. */
  readonly fileKey: string;
  readonly lines: readonly TailedLine[];
  /** The position behind all of the lines. */
  readonly end: Position;
  /** The position at the begin of one of the lines; to be asked before the batch is taken. */
  readonly positionAt: (offset: number) => Position;
  /**
   * Says from where a restart goes on, instead of from the end: for who holds back lines whose entry may not be
   * complete. Gives what `TailOptions.committed` wants back, to be kept with the lines in one commit.
   */
  readonly restartFrom: (position: Position) => LedgerEntry;
}

/** Who takes the lines of a tail. */
export interface LineConsumer {
  /**
   * Takes the lines. Reading waits for it, and the position moves on only when it resolves: after a crash
   * lines may come twice, never not at all. A rejection ends the pass; the same lines come again.
   */
  readonly onLines: (batch: LineBatch) => void | Promise<void>;
  /** The file has ended or begins anew: under this key nothing more comes. Rejects to be asked again. */
  readonly onEnd?: (fileKey: string) => void | Promise<void>;
  /**
   * All files were looked at once more. Resolves with the milliseconds after which it wants to be asked again at the
   * latest. A rejection ends the pass as one of `onLines` does.
   */
  readonly onPass?: () => Promise<number>;
}
