import { describe, expect, it } from '@jest/globals';
import { logEntry } from '../../../test/support/log-entry.ts';
import { entries, ids, journalFixture } from './journal.fixture.ts';

const fixture = journalFixture();

describe('dead letters', () => {
  it('are kept with the reason, listed newest first, retried and deleted', () => {
    const journal = fixture().open();
    journal.append({ entries: entries(1, 3) });
    const { seq = 0, entries: held = [] } = journal.next(0) ?? {};
    const refused = held.map((entry) => ({ entry, status: 400, reason: `mapper: ${entry.id}` }));
    journal.done([seq], refused);
    expect(journal.stats()).toMatchObject({ waitingEntries: 0, deadLetters: 3 });
    const listed = journal.deadLetters(2);
    expect(listed).toEqual([
      { id: 3, at: fixture().clock.wall(), status: 400, reason: 'mapper: e3', entry: held[2] },
      { id: 2, at: fixture().clock.wall(), status: 400, reason: 'mapper: e2', entry: held[1] },
    ]);
    expect(journal.deadLetters(2, 2).map(({ id }) => id)).toEqual([1]);
    expect(journal.retryDeadLetters([3, 1, 99])).toBe(2);
    expect(ids(journal.next(seq))).toEqual(['e1', 'e3']);
    expect(journal.deleteDeadLetters([2, 2])).toBe(1);
    expect(journal.stats()).toMatchObject({ waitingEntries: 2, deadLetters: 0 });
  });

  it('are bounded: the oldest go, counted', () => {
    const journal = fixture().open({ deadLetterLimits: { entries: 100, bytes: 3500 } });
    for (let index = 1; index <= 5; index += 1) {
      const entry = logEntry({ id: `e${index}`, raw: 'x'.repeat(800) });
      journal.done([], [{ entry, status: 400, reason: 'no' }]);
    }
    expect(journal.deadLetters(10).map(({ entry }) => entry.id)).toEqual(['e5', 'e4', 'e3']);
    expect(fixture().dropped).toEqual([
      ['dead_letters_full', 1],
      ['dead_letters_full', 1],
    ]);
  });
});
