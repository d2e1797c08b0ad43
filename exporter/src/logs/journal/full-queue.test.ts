import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Journal } from './journal.ts';
import { entries, ids, journalFixture } from './journal.fixture.ts';

const fixture = journalFixture();

describe('a full queue', () => {
  const small = { maxBytes: 400_000, keepNewest: 0 } as const;
  const filled = (journal: Journal): number => {
    for (let first = 1; ; first += 1)
      if (!journal.append({ entries: entries(first, 1, 40_000) }).accepted) return first - 1;
  };

  it('refuses with nothing written, and takes again what was refused once there is room', () => {
    const journal = fixture().open(small);
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
    expect(fixture().dropped).toEqual([]);
  });

  it('gives up the oldest where that is wanted, counted, and never what the shipper has', () => {
    const journal = fixture().open({ ...small, whenFull: 'drop_oldest' });
    journal.append({ entries: entries(1, 1, 40_000) });
    const inHand = journal.next(0);
    for (let first = 2; first <= 20; first += 1)
      expect(journal.append({ entries: entries(first, 1, 40_000) })).toEqual({ accepted: true });
    const { waitingEntries, bytes } = journal.stats();
    expect(bytes).toBeLessThanOrEqual(400_000);
    expect(fixture().dropped.every(([reason]) => reason === 'queue_full')).toBe(true);
    expect(fixture().dropped.reduce((sum, [, count]) => sum + count, 0)).toBe(20 - waitingEntries);
    expect(ids(journal.next(0))).toEqual(ids(inHand));
    expect(ids(journal.next(inHand?.seq ?? 0))).toEqual([`e${22 - waitingEntries}`]);
  });

  it('drops and counts what never fits, and goes on behind it', () => {
    const journal = fixture().open(small);
    expect(journal.append({ entries: entries(1, 2, 400_000), positions: { a: 1 } }).accepted).toBe(true);
    expect(fixture().dropped).toEqual([['too_large', 2]]);
    expect(journal.positions().get('a')).toBe(1);
  });

  it('lets the file grow no more while the disk has too little room', () => {
    let free = 1e9;
    const journal = fixture().open({ ...small, freeBytes: () => free, minFreeBytes: 1e6 });
    expect(journal.append({ entries: entries(1, 1) }).accepted).toBe(true);
    free = 1000;
    expect(journal.append({ entries: entries(2, 1) }).accepted).toBe(true);
    fixture().clock.advance(2000);
    expect(journal.append({ entries: entries(3, 1) })).toMatchObject({ reason: 'disk_full' });
    free = 1e9;
    fixture().clock.advance(2000);
    expect(journal.append({ entries: entries(3, 1) }).accepted).toBe(true);
  });

  it('makes room by giving up the oldest while the disk is full', () => {
    let free = 1e9;
    const journal = fixture().open({
      ...{ ...small, freeBytes: () => free, minFreeBytes: 1e6, whenFull: 'drop_oldest' },
    });
    for (let first = 1; first <= 3; first += 1) journal.append({ entries: entries(first, 1, 40_000) });
    const before = journal.stats().bytes;
    free = 1000;
    fixture().clock.advance(2000);
    expect(journal.append({ entries: entries(4, 1, 40_000) }).accepted).toBe(true);
    expect(fixture().dropped.every(([reason]) => reason === 'disk_full')).toBe(true);
    expect(fixture().dropped).not.toEqual([]);
    expect(journal.stats().bytes).toBeLessThanOrEqual(before);
  });

  it('says that the file cannot be written, and never throws for it', () => {
    const journal = fixture().open({ path: join(fixture().folder, 'nowhere', 'logs.db') });
    expect(journal.append({ entries: entries(1, 1) })).toMatchObject({
      ...{ accepted: false, reason: 'failed', message: expect.stringContaining('log queue') },
    });
  });
});

it('gives the room back to the disk that it took while the store was away', () => {
  const journal = fixture().open({ keepNewest: 0 });
  const chunk = entries(0, 20, 60_000);
  for (let write = 0; write < 25; write += 1) journal.append({ entries: chunk });
  const waiting: number[] = [];
  for (let batch = journal.next(0); batch !== undefined; batch = journal.next(batch.seq))
    waiting.push(batch.seq);
  const full = journal.stats().bytes;
  expect(full).toBeGreaterThan(25_000_000);
  journal.done(waiting);
  for (let write = 0; write < 30; write += 1) journal.done([]);
  journal.close();
  expect(statSync(fixture().path).size).toBeLessThan(full - 5_000_000);
});
