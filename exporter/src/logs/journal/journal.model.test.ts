import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { manualClock } from '../../../test/support/clock.ts';
import { logEntry, noise } from '../../../test/support/log-entry.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { silentLogger } from '../../log/logger.ts';
import type { LogEntry } from '../entry.ts';
import { createJournal, type Journal, type WaitingBatch } from './journal.ts';

const KEEP = 7;
const MAX_BYTES = 60_000;

let folder: ReturnType<typeof temporaryFolder>;
let files = 0;
beforeEach(() => {
  folder = temporaryFolder('journal-model');
});
afterEach(async () => {
  await folder.remove();
});

type Action =
  | { readonly do: 'append'; readonly sizes: readonly number[] }
  | { readonly do: 'take' }
  | { readonly do: 'finish'; readonly which: number; readonly refuse: boolean }
  | { readonly do: 'retry' }
  | { readonly do: 'restart' }
  | { readonly do: 'newest'; readonly count: number };

/** Sizes of what cannot be compressed, a few of which fill the queue. */
const size = fc.oneof({ weight: 5, arbitrary: fc.nat(200) }, fc.integer({ min: 3000, max: 30_000 }));
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append'), sizes: fc.array(size, { maxLength: 6 }) }) },
  { weight: 4, arbitrary: fc.constant<Action>({ do: 'take' }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('finish'), which: fc.nat(3), refuse: fc.boolean() }),
  },
  fc.constant<Action>({ do: 'retry' }),
  fc.constant<Action>({ do: 'restart' }),
  fc.record({ do: fc.constant('newest'), count: fc.nat(20) }),
);

/** What the journal has to be like, as plain lists of ids. */
function run(actions: readonly Action[], whenFull: 'block' | 'drop_oldest'): void {
  files += 1;
  const path = join(folder.path, `${files}.db`);
  const clock = manualClock();
  let dropped = 0;
  const open = (): Journal =>
    createJournal({
      ...{ path, clock, logger: silentLogger(), maxBytes: MAX_BYTES, whenFull, shipping: true },
      ...{ keepNewest: KEEP, freeBytes: () => 1e12 },
      onDrop: (_reason, entries) => (dropped += entries),
    });
  let journal = open();
  let written = 0;
  let position: number | undefined;
  let waiting: string[] = [];
  let inHand: WaitingBatch[] = [];
  let letters: string[] = [];
  const accepted: string[] = [];
  let cursor = 0;
  const isHeld = (id: string): boolean => inHand.some(({ entries }) => entries.some((e) => e.id === id));

  /** What was given up is the oldest of what the shipper has not in its hands. */
  function drop(count: number): void {
    const gone = new Set(waiting.filter((id) => !isHeld(id)).slice(0, count));
    waiting = waiting.filter((id) => !gone.has(id));
    for (const id of gone) accepted.splice(accepted.indexOf(id), 1);
  }

  function append(sizes: readonly number[]): void {
    const entries: LogEntry[] = sizes.map((length, index) =>
      logEntry({ id: `e${written + index}`, message: '', raw: noise(length / 3, written + index) }),
    );
    written += entries.length;
    dropped = 0;
    const answer = journal.append({ entries, positions: { file: written } });
    if (!answer.accepted) {
      expect(dropped).toBe(0);
      return;
    }
    position = written;
    drop(dropped);
    const ids = entries.map(({ id }) => id);
    waiting.push(...ids);
    accepted.push(...ids);
  }

  function step(action: Action): void {
    switch (action.do) {
      case 'append':
        append(action.sizes);
        break;
      case 'take': {
        const batch = journal.next(cursor);
        const free = waiting.filter((id) => !isHeld(id));
        const ids = batch?.entries.map(({ id }) => id) ?? [];
        expect(ids).toEqual(free.slice(0, ids.length));
        expect(ids.length === 0).toBe(free.length === 0);
        if (batch !== undefined) {
          inHand.push(batch);
          cursor = batch.seq;
        }
        break;
      }
      case 'finish': {
        const batch = inHand[action.which % Math.max(1, inHand.length)];
        if (batch === undefined) break;
        const [first] = action.refuse ? batch.entries : [];
        journal.done([batch.seq], first === undefined ? [] : [{ entry: first, status: 400, reason: 'no' }]);
        inHand = inHand.filter((other) => other !== batch);
        const ids = new Set(batch.entries.map(({ id }) => id));
        waiting = waiting.filter((id) => !ids.has(id));
        if (first !== undefined) letters.push(first.id);
        break;
      }
      case 'retry': {
        if (whenFull === 'block' && journal.stats().bytes > MAX_BYTES / 3) break;
        dropped = 0;
        const ids = journal.deadLetters(100).map(({ id }) => id);
        expect(journal.retryDeadLetters(ids)).toBe(letters.length);
        drop(dropped);
        waiting.push(...letters);
        accepted.push(...letters);
        letters = [];
        break;
      }
      case 'restart':
        journal.close();
        journal = open();
        inHand = [];
        cursor = 0;
        break;
      case 'newest': {
        const ids = [...journal.newest(action.count)].flat().map(({ id }) => id);
        const least = Math.min(action.count, KEEP, accepted.length);
        expect(ids.length).toBeGreaterThanOrEqual(least);
        expect(ids).toEqual(accepted.slice(accepted.length - ids.length));
      }
    }
    const stats = journal.stats();
    expect(stats.waitingEntries).toBe(waiting.length);
    expect(stats.deadLetters).toBe(letters.length);
    expect(stats.bytes).toBeLessThanOrEqual(MAX_BYTES);
    expect(journal.positions().get('file')).toBe(position);
  }

  try {
    for (const action of actions) step(action);
    step({ do: 'restart' });
    while (waiting.length > 0) {
      step({ do: 'take' });
      step({ do: 'finish', which: 0, refuse: false });
    }
  } finally {
    journal.close();
  }
}

describe.each(['block', 'drop_oldest'] as const)('the journal with %s', (whenFull) => {
  it('is what a model of plain lists is, whatever is done with it', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => run(actions, whenFull)),
      { seed: 20_261_129, numRuns: 60 },
    );
  }, 300_000);
});
