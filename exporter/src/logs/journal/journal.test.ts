import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type ManualClock, manualClock } from '../../../test/support/clock.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { LOGGED_AT, logEntry, noise } from '../../../test/support/log-entry.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import type { LogEntry } from '../entry.ts';
import { createJournal, type Journal, type JournalOptions } from './journal.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let clock: ManualClock;
let logger: ReturnType<typeof recordingLogger>;
let dropped: [string, number][];
const opened: Journal[] = [];

beforeEach(() => {
  folder = temporaryFolder('journal');
  path = join(folder.path, 'logs.db');
  clock = manualClock();
  logger = recordingLogger();
  dropped = [];
});
afterEach(async () => {
  for (const journal of opened.splice(0)) journal.close();
  await folder.remove();
});

function open(options: Partial<JournalOptions> = {}): Journal {
  const journal = createJournal({
    ...{ path, logger, clock, maxBytes: 1e8, whenFull: 'block', shipping: true, keepNewest: 10 },
    onDrop: (reason, entries) => dropped.push([reason, entries]),
    ...options,
  });
  opened.push(journal);
  return journal;
}

/** Entries of about so many bytes each. */
const entries = (first: number, count: number, size = 20): LogEntry[] =>
  Array.from({ length: count }, (_, index) =>
    logEntry({ id: `e${first + index}`, message: noise(size / 2, first + index), raw: '' }),
  );
const ids = (batch: { readonly entries: readonly LogEntry[] } | undefined) =>
  batch?.entries.map(({ id }) => id);
const newest = (journal: Journal, count: number): string[] =>
  [...journal.newest(count)].flat().map(({ id }) => id);

describe('createJournal', () => {
  it('touches nothing before it is used', () => {
    open();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('gives entries back whole, in their order, also in the next run', () => {
    const written = [
      logEntry({ id: 'a', message: 'ü\n🙂\u0000"', deviceId: 'PUMP-1', request: { status: 500, bytes: 0 } }),
      logEntry({ id: 'b', error: { type: 'ValueError', message: 'no', stack: 'x\n  y' }, timestamp: 0.5 }),
    ];
    const first = open();
    expect(first.append({ entries: written })).toEqual({ accepted: true });
    first.close();
    expect(open().next(0)?.entries).toEqual(written);
  });

  it('keeps positions with the entries, and forgets those that it is told to', () => {
    const first = open();
    first.append({ entries: entries(1, 1), positions: { a: { offset: 10 }, b: [1], c: 'x' } });
    first.append({ entries: [], positions: { a: { offset: 20 }, b: null } });
    first.close();
    expect(open().positions()).toEqual(
      new Map<string, unknown>([
        ['a', { offset: 20 }],
        ['c', 'x'],
      ]),
    );
  });

  it('goes on with a small batch, unless the shipper has it', () => {
    const journal = open();
    journal.append({ entries: entries(1, 2) });
    journal.append({ entries: entries(3, 1) });
    const first = journal.next(0);
    expect(ids(first)).toEqual(['e1', 'e2', 'e3']);
    journal.append({ entries: entries(4, 1) });
    expect(ids(journal.next(first?.seq ?? 0))).toEqual(['e4']);
    expect(ids(journal.next(0))).toEqual(['e1', 'e2', 'e3']);
  });

  it('makes several batches of many entries, and one of an entry that is larger than a batch', () => {
    const journal = open();
    journal.append({ entries: [...entries(1, 40, 10_000), ...entries(41, 1, 500_000)] });
    const sizes: number[] = [];
    let seq = 0;
    for (let batch = journal.next(seq); batch !== undefined; batch = journal.next(seq)) {
      sizes.push(batch.entries.length);
      ({ seq } = batch);
    }
    expect(sizes.length).toBe(5);
    expect(sizes.at(-1)).toBe(1);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(41);
  });

  it('says how much waits, and since when', () => {
    const journal = open();
    expect(journal.stats()).toEqual({
      ...{ entries: 0, bytes: 0, waitingEntries: 0, waitingBytes: 0, deadLetters: 0, oldest: undefined },
    });
    journal.append({ entries: entries(1, 3) });
    const { seq = 0 } = journal.next(0) ?? {};
    journal.append({ entries: [logEntry({ id: 'later', created: LOGGED_AT + 60_000 })] });
    const { bytes, ...stats } = journal.stats();
    expect(stats).toMatchObject({ entries: 4, waitingEntries: 4, waitingBytes: bytes, deadLetters: 0 });
    expect(stats.oldest).toBe(LOGGED_AT + 250);
    journal.done([seq]);
    expect(journal.stats()).toMatchObject({ entries: 4, waitingEntries: 1, oldest: LOGGED_AT + 60_000 });
  });

  it('keeps the newest though they were shipped, and clears away the rest', () => {
    const journal = open({ keepNewest: 10 });
    for (let first = 1; first <= 30; first += 5) {
      journal.append({ entries: entries(first, 5) });
      const batch = journal.next(0);
      journal.done(batch === undefined ? [] : [batch.seq]);
    }
    expect(journal.stats()).toMatchObject({ entries: 10, waitingEntries: 0 });
    journal.close();
    const again = open();
    expect(newest(again, 10)).toEqual(entries(21, 10).map(({ id }) => id));
    expect(newest(again, 3)).toEqual(entries(26, 5).map(({ id }) => id));
    expect(again.next(0)).toBeUndefined();
  });

  it('keeps only the newest when nobody ships', () => {
    const journal = open({ shipping: false, keepNewest: 10 });
    for (let first = 1; first <= 60; first += 2) journal.append({ entries: entries(first, 2, 20_000) });
    expect(journal.stats()).toMatchObject({ entries: 10, waitingEntries: 0 });
    expect(newest(journal, 10)).toEqual(entries(51, 10).map(({ id }) => id));
    expect(dropped).toEqual([]);
  });
});

describe('a full queue', () => {
  const small = { maxBytes: 400_000, keepNewest: 0 } as const;
  const filled = (journal: Journal): number => {
    for (let first = 1; ; first += 1)
      if (!journal.append({ entries: entries(first, 1, 40_000) }).accepted) return first - 1;
  };

  it('refuses with nothing written, and takes again what was refused once there is room', () => {
    const journal = open(small);
    journal.append({ entries: [], positions: { a: 1 } });
    const held = filled(journal);
    const refused = { entries: entries(held + 1, 1, 40_000), positions: { a: 2 } };
    expect(journal.append(refused)).toEqual({
      ...{ accepted: false, reason: 'queue_full' },
      message: expect.stringContaining('logs.db holds its 400000 bytes'),
    });
    expect(journal.positions().get('a')).toBe(1);
    const { seq = 0 } = journal.next(0) ?? {};
    journal.done([seq]);
    expect(journal.append(refused)).toEqual({ accepted: true });
    expect(journal.positions().get('a')).toBe(2);
    expect(dropped).toEqual([]);
  });

  it('gives up the oldest where that is wanted, counted, and never what the shipper has', () => {
    const journal = open({ ...small, whenFull: 'drop_oldest' });
    journal.append({ entries: entries(1, 1, 40_000) });
    const inHand = journal.next(0);
    for (let first = 2; first <= 20; first += 1)
      expect(journal.append({ entries: entries(first, 1, 40_000) })).toEqual({ accepted: true });
    const { waitingEntries, bytes } = journal.stats();
    expect(bytes).toBeLessThanOrEqual(400_000);
    expect(dropped.every(([reason]) => reason === 'queue_full')).toBe(true);
    expect(dropped.reduce((sum, [, count]) => sum + count, 0)).toBe(20 - waitingEntries);
    expect(ids(journal.next(0))).toEqual(ids(inHand));
    expect(ids(journal.next(inHand?.seq ?? 0))).toEqual([`e${22 - waitingEntries}`]);
  });

  it('drops and counts what never fits, and goes on behind it', () => {
    const journal = open(small);
    expect(journal.append({ entries: entries(1, 2, 400_000), positions: { a: 1 } }).accepted).toBe(true);
    expect(dropped).toEqual([['too_large', 2]]);
    expect(journal.positions().get('a')).toBe(1);
  });

  it('lets the file grow no more while the disk has too little room', () => {
    let free = 1e9;
    const journal = open({ ...small, freeBytes: () => free, minFreeBytes: 1e6 });
    expect(journal.append({ entries: entries(1, 1) }).accepted).toBe(true);
    free = 1000;
    expect(journal.append({ entries: entries(2, 1) }).accepted).toBe(true);
    clock.advance(2000);
    expect(journal.append({ entries: entries(3, 1) })).toMatchObject({ reason: 'disk_full' });
    free = 1e9;
    clock.advance(2000);
    expect(journal.append({ entries: entries(3, 1) }).accepted).toBe(true);
  });

  it('makes room by giving up the oldest while the disk is full', () => {
    let free = 1e9;
    const journal = open({
      ...{ ...small, freeBytes: () => free, minFreeBytes: 1e6, whenFull: 'drop_oldest' },
    });
    for (let first = 1; first <= 3; first += 1) journal.append({ entries: entries(first, 1, 40_000) });
    const before = journal.stats().bytes;
    free = 1000;
    clock.advance(2000);
    expect(journal.append({ entries: entries(4, 1, 40_000) }).accepted).toBe(true);
    expect(dropped.every(([reason]) => reason === 'disk_full')).toBe(true);
    expect(dropped).not.toEqual([]);
    expect(journal.stats().bytes).toBeLessThanOrEqual(before);
  });

  it('says that the file cannot be written, and never throws for it', () => {
    const journal = open({ path: join(folder.path, 'nowhere', 'logs.db') });
    expect(journal.append({ entries: entries(1, 1) })).toMatchObject({
      ...{ accepted: false, reason: 'failed', message: expect.stringContaining('log queue') },
    });
  });
});

describe('a damaged file', () => {
  /** Three batches of two entries, and where the content of the second begins its second page in the file. */
  function written(): { bytes: Buffer; page: number } {
    const first = open();
    for (let index = 1; index <= 3; index += 1) first.append({ entries: entries(index * 10, 2, 20_000) });
    first.close();
    const connection = new DatabaseSync(path);
    const row = z
      .object({ content: z.instanceof(Uint8Array) })
      .parse(connection.prepare('select content from contents order by seq limit 1 offset 1').get());
    connection.close();
    const bytes = readFileSync(path);
    const within = bytes.indexOf(Buffer.from(row.content).subarray(10_000, 10_100));
    expect(within).toBeGreaterThan(0);
    return { bytes, page: Math.floor(within / 4096) * 4096 };
  }

  function expectOthers(): void {
    const journal = open();
    expect(newest(journal, 100)).toEqual(['e10', 'e11', 'e30', 'e31']);
    expect(dropped).toEqual([['damaged', 2]]);
    const { seq = 0 } = journal.next(0) ?? {};
    expect(ids(journal.next(seq))).toEqual(['e30', 'e31']);
    expect(journal.stats().waitingEntries).toBe(4);
    expect(journal.append({ entries: entries(40, 1) }).accepted).toBe(true);
    expect(logger.lines).toEqual([]);
  }

  it('costs the batch that is damaged, counted, and no other', () => {
    const { bytes, page } = written();
    bytes.fill(0x5a, page + 100, page + 116);
    writeFileSync(path, bytes);
    expectOthers();
  });

  it('costs the batch whose pages cannot be found, and no other', () => {
    const { bytes, page } = written();
    // The first four bytes of such a page name the next one.
    bytes.writeUInt32BE(0xffff, page);
    writeFileSync(path, bytes);
    expectOthers();
  });

  it('is kept aside when nothing of it can be read, with numbers that only rise', () => {
    const first = open();
    first.append({ entries: entries(1, 1) });
    const before = first.next(0)?.seq ?? 0;
    first.close();
    writeFileSync(path, 'SQLite format 3\0and nothing more');
    const journal = open();
    expect(journal.append({ entries: entries(2, 1) }).accepted).toBe(true);
    expect(journal.next(0)?.seq).toBeGreaterThan(before);
    expect(logger.lines).toEqual([
      expect.objectContaining({ level: 'error', message: expect.stringContaining('log queue is damaged') }),
    ]);
  });
});

describe('dead letters', () => {
  it('are kept with the reason, listed newest first, retried and deleted', () => {
    const journal = open();
    journal.append({ entries: entries(1, 3) });
    const { seq = 0, entries: held = [] } = journal.next(0) ?? {};
    const refused = held.map((entry) => ({ entry, status: 400, reason: `mapper: ${entry.id}` }));
    journal.done([seq], refused);
    expect(journal.stats()).toMatchObject({ waitingEntries: 0, deadLetters: 3 });
    const listed = journal.deadLetters(2);
    expect(listed).toEqual([
      { id: 3, at: clock.wall(), status: 400, reason: 'mapper: e3', entry: held[2] },
      { id: 2, at: clock.wall(), status: 400, reason: 'mapper: e2', entry: held[1] },
    ]);
    expect(journal.deadLetters(2, 2).map(({ id }) => id)).toEqual([1]);
    expect(journal.retryDeadLetters([3, 1, 99])).toBe(2);
    expect(ids(journal.next(seq))).toEqual(['e1', 'e3']);
    expect(journal.deleteDeadLetters([2, 2])).toBe(1);
    expect(journal.stats()).toMatchObject({ waitingEntries: 2, deadLetters: 0 });
  });

  it('are bounded: the oldest go, counted', () => {
    const journal = open({ deadLetterLimits: { entries: 100, bytes: 3500 } });
    for (let index = 1; index <= 5; index += 1) {
      const entry = logEntry({ id: `e${index}`, raw: 'x'.repeat(800) });
      journal.done([], [{ entry, status: 400, reason: 'no' }]);
    }
    expect(journal.deadLetters(10).map(({ entry }) => entry.id)).toEqual(['e5', 'e4', 'e3']);
    expect(dropped).toEqual([
      ['dead_letters_full', 1],
      ['dead_letters_full', 1],
    ]);
  });
});

it('makes a file that only its user can read', () => {
  open().append({ entries: entries(1, 1) });
  for (const file of readdirSync(folder.path))
    expect(statSync(join(folder.path, file)).mode & 0o777).toBe(0o600);
});
