import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LOGGED_AT, logEntry } from '../../../test/support/log-entry.ts';
import { entries, ids, journalFixture, newest } from './journal.fixture.ts';

const fixture = journalFixture();

describe('createJournal', () => {
  it('touches nothing before it is used', () => {
    fixture().open();
    expect(readdirSync(fixture().folder)).toEqual([]);
  });

  it('gives entries back whole, in their order, also in the next run', () => {
    const written = [
      logEntry({ id: 'a', message: 'ü\n🙂\u0000"', deviceId: 'PUMP-1', request: { status: 500, bytes: 0 } }),
      logEntry({ id: 'b', error: { type: 'ValueError', message: 'no', stack: 'x\n  y' }, timestamp: 0.5 }),
    ];
    const first = fixture().open();
    expect(first.append({ entries: written })).toEqual({ accepted: true });
    first.close();
    expect(fixture().open().next(0)?.entries).toEqual(written);
  });

  it('keeps positions with the entries, and forgets those that it is told to', () => {
    const first = fixture().open();
    first.append({ entries: entries(1, 1), positions: { a: { offset: 10 }, b: [1], c: 'x' } });
    first.append({ entries: [], positions: { a: { offset: 20 }, b: null } });
    first.close();
    expect(fixture().open().positions()).toEqual(
      new Map<string, unknown>([
        ['a', { offset: 20 }],
        ['c', 'x'],
      ]),
    );
  });

  it('goes on with a small batch, unless the shipper has it', () => {
    const journal = fixture().open();
    journal.append({ entries: entries(1, 2) });
    journal.append({ entries: entries(3, 1) });
    const first = journal.next(0);
    expect(ids(first)).toEqual(['e1', 'e2', 'e3']);
    journal.append({ entries: entries(4, 1) });
    expect(ids(journal.next(first?.seq ?? 0))).toEqual(['e4']);
    expect(ids(journal.next(0))).toEqual(['e1', 'e2', 'e3']);
  });

  it('makes several batches of many entries, and one of an entry that is larger than a batch', () => {
    const journal = fixture().open();
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
    const journal = fixture().open();
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
    const journal = fixture().open({ keepNewest: 10 });
    for (let first = 1; first <= 30; first += 5) {
      journal.append({ entries: entries(first, 5) });
      const batch = journal.next(0);
      journal.done(batch === undefined ? [] : [batch.seq]);
    }
    expect(journal.stats()).toMatchObject({ entries: 10, waitingEntries: 0 });
    journal.close();
    const again = fixture().open();
    expect(newest(again, 10)).toEqual(entries(21, 10).map(({ id }) => id));
    expect(newest(again, 3)).toEqual(entries(26, 5).map(({ id }) => id));
    expect(again.next(0)).toBeUndefined();
  });

  it('keeps only the newest when nobody ships', () => {
    const journal = fixture().open({ shipping: false, keepNewest: 10 });
    for (let first = 1; first <= 60; first += 2) journal.append({ entries: entries(first, 2, 20_000) });
    expect(journal.stats()).toMatchObject({ entries: 10, waitingEntries: 0 });
    expect(newest(journal, 10)).toEqual(entries(51, 10).map(({ id }) => id));
    expect(fixture().dropped).toEqual([]);
  });
});

it('makes a file that only its user can read', () => {
  fixture()
    .open()
    .append({ entries: entries(1, 1) });
  for (const file of readdirSync(fixture().folder))
    expect(statSync(join(fixture().folder, file)).mode & 0o777).toBe(0o600);
});
