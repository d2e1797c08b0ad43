import type { LogEntry } from '../entry.ts';
import type { DeadLetter } from '../journal/dead-letters.ts';
import type { Journal, WaitingBatch } from '../journal/journal.ts';

/** An entry on its way, as it is written into a bulk body. */
export interface Item {
  readonly seq: number;
  readonly entry: LogEntry;
  readonly lines: string;
  readonly bytes: number;
}

/** Keeps count of what became of the entries of batches. */
export interface Settling {
  add(batch: WaitingBatch): void;
  done(item: Item): void;
  refused(item: Item, status: number, reason: string): void;
  /**
   * Takes the batches none of whose entries is on its way any more out of the queue, in one commit; returns how many
   * entries of theirs the store has. Throws StoreError.
   */
  commit(): number;
}

export function createSettling(journal: Pick<Journal, 'done'>): Settling {
  const batches = new Map<number, { left: number; done: number; refused: DeadLetter[] }>();

  function settle(seq: number, refused?: DeadLetter): void {
    const batch = batches.get(seq);
    if (batch === undefined) return;
    batch.left -= 1;
    if (refused === undefined) batch.done += 1;
    else batch.refused.push(refused);
  }

  return {
    add: ({ seq, entries }) => batches.set(seq, { left: entries.length, done: 0, refused: [] }),
    done: ({ seq }) => settle(seq),
    refused: ({ seq, entry }, status, reason) => settle(seq, { status, reason, entry }),
    commit: () => {
      const over = [...batches].filter(([, { left }]) => left === 0);
      if (over.length === 0) return 0;
      journal.done(
        over.map(([seq]) => seq),
        over.flatMap(([, { refused }]) => refused),
      );
      for (const [seq] of over) batches.delete(seq);
      return over.reduce((sum, [, { done }]) => sum + done, 0);
    },
  };
}
