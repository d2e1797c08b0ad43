import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { entries, ids, journalFixture, newest } from './journal.fixture.ts';

const fixture = journalFixture();

describe('a damaged file', () => {
  /** Three batches of two entries, and where the content of the second begins its second page in the file. */
  function written(): { bytes: Buffer; page: number } {
    const first = fixture().open();
    for (let index = 1; index <= 3; index += 1) first.append({ entries: entries(index * 10, 2, 20_000) });
    first.close();
    const connection = new DatabaseSync(fixture().path);
    const row = z
      .object({ content: z.instanceof(Uint8Array) })
      .parse(connection.prepare('select content from contents order by seq limit 1 offset 1').get());
    connection.close();
    const bytes = readFileSync(fixture().path);
    const within = bytes.indexOf(Buffer.from(row.content).subarray(10_000, 10_100));
    expect(within).toBeGreaterThan(0);
    return { bytes, page: Math.floor(within / 4096) * 4096 };
  }

  function expectOthers(): void {
    const journal = fixture().open();
    expect(newest(journal, 100)).toEqual(['e10', 'e11', 'e30', 'e31']);
    expect(fixture().dropped).toEqual([['damaged', 2]]);
    const { seq = 0 } = journal.next(0) ?? {};
    expect(ids(journal.next(seq))).toEqual(['e30', 'e31']);
    expect(journal.stats().waitingEntries).toBe(4);
    expect(journal.append({ entries: entries(40, 1) }).accepted).toBe(true);
    expect(fixture().logger.lines).toEqual([]);
  }

  it('costs the batch that is damaged, counted, and no other', () => {
    const { bytes, page } = written();
    bytes.fill(0x5a, page + 100, page + 116);
    writeFileSync(fixture().path, bytes);
    expectOthers();
  });

  it('costs the batch whose pages cannot be found, and no other', () => {
    const { bytes, page } = written();
    // The first four bytes of such a page name the next one.
    bytes.writeUInt32BE(0xffff, page);
    writeFileSync(fixture().path, bytes);
    expectOthers();
  });

  it('is kept aside when nothing of it can be read, with numbers that only rise', () => {
    const first = fixture().open();
    first.append({ entries: entries(1, 1) });
    const before = first.next(0)?.seq ?? 0;
    first.close();
    writeFileSync(fixture().path, 'SQLite format 3\0and nothing more');
    const journal = fixture().open();
    expect(journal.append({ entries: entries(2, 1) }).accepted).toBe(true);
    expect(journal.next(0)?.seq).toBeGreaterThan(before);
    expect(fixture().logger.lines).toEqual([
      expect.objectContaining({ level: 'error', message: expect.stringContaining('log queue is damaged') }),
    ]);
  });
});
