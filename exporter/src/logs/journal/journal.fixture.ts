import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { type ManualClock, manualClock } from '../../../test/support/clock.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { logEntry, noise } from '../../../test/support/log-entry.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import type { LogEntry } from '../entry.ts';
import { createJournal, type Journal, type JournalOptions } from './journal.ts';

/** A journal in a folder of its own for each test of the file that calls this. */
export interface JournalFixture {
  readonly folder: string;
  readonly path: string;
  readonly clock: ManualClock;
  readonly logger: ReturnType<typeof recordingLogger>;
  /** What was given up, in its order. */
  readonly dropped: readonly (readonly [reason: string, entries: number])[];
  /** Opens the file, again as often as it is called; closed after the test. */
  open(options?: Partial<JournalOptions>): Journal;
}

export function journalFixture(): () => JournalFixture {
  let fixture: JournalFixture & { readonly end: () => Promise<void> };
  beforeEach(() => {
    const folder = temporaryFolder('journal');
    const path = join(folder.path, 'logs.db');
    const [clock, logger] = [manualClock(), recordingLogger()];
    const dropped: [string, number][] = [];
    const opened: Journal[] = [];
    fixture = {
      ...{ folder: folder.path, path, clock, logger, dropped },
      open: (options = {}) => {
        const journal = createJournal({
          ...{ path, logger, clock, maxBytes: 1e8, whenFull: 'block', shipping: true, keepNewest: 10 },
          onDrop: (reason, entries) => dropped.push([reason, entries]),
          ...options,
        });
        opened.push(journal);
        return journal;
      },
      end: async () => {
        for (const journal of opened) journal.close();
        await folder.remove();
      },
    };
  });
  afterEach(() => fixture.end());
  return () => fixture;
}

/** Entries of about so many bytes each. */
export const entries = (first: number, count: number, size = 20): LogEntry[] =>
  Array.from({ length: count }, (_, index) =>
    logEntry({ id: `e${first + index}`, message: noise(size / 2, first + index), raw: '' }),
  );

export const ids = (batch: { readonly entries: readonly LogEntry[] } | undefined): string[] | undefined =>
  batch?.entries.map(({ id }) => id);

/** Ids of the newest entries. */
export const newest = (journal: Journal, count: number): string[] =>
  [...journal.newest(count)].flat().map(({ id }) => id);
