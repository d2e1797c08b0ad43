import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logEntry } from '../../../test/support/log-entry.ts';
import { createLineBuffer } from './line-buffer.ts';

const entryOf = (length: number, timestamp: number) =>
  logEntry({ message: '', raw: 'x'.repeat(length), timestamp, created: 1000 });

describe('the buffer of lines', () => {
  it('holds the newest lines as far as there is room, like a list that is cut at its begin', () => {
    const lines = fc.array(fc.tuple(fc.nat(12), fc.integer({ min: 900, max: 1100 })), { maxLength: 50 });
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (list, capacity, characters) => {
          const buffer = createLineBuffer({ capacity, characters });
          const entries = list.map(([length, timestamp]) => entryOf(length, timestamp));
          const kept: typeof entries = [];
          let lost = -Infinity;
          for (const entry of entries) {
            buffer.add(entry);
            kept.push(entry);
            const held = (): number => kept.reduce((sum, { raw }) => sum + raw.length, 0);
            while (kept.length > capacity || (held() > characters && kept.length > 1))
              lost = Math.max(lost, Math.min(kept.shift()?.timestamp ?? 0, 1000));
          }
          expect([...buffer.from(0)].map(({ entry }) => entry)).toEqual(kept);
          expect(buffer.size).toBe(kept.length);
          expect(buffer.pushedOutUpTo).toBe(lost);
          for (const { sequence, entry } of buffer.from(buffer.next - 2))
            expect(buffer.at(sequence)).toBe(entry);
          expect([buffer.at(buffer.oldest - 1), buffer.at(buffer.next)]).toEqual([undefined, undefined]);
        },
      ),
      { seed: 7 },
    );
  });
});
