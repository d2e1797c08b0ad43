import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectQuick } from '../../../test/support/quick.ts';
import type { LogEntry } from '../entry.ts';
import { FORMATS } from '../formats/formats.ts';
import { createEntryReader, type EntryReader, type ReadLine } from './entry-reader.ts';
import { NOW } from './read-text.fixture.ts';
import { maskSecrets } from './secrets.ts';

const SAMPLE_LINES = FORMATS.flatMap(({ samples }) => samples).flatMap(({ text }) => text.split('\n'));
const JOINING = [
  '  indented',
  '\tat app.Main.run(Main.java:7)',
  'field -> 0',
  'During handling of the above exception, another exception occurred:',
  'ValueError: x',
  '"}',
  '-----BEGIN PRIVATE KEY-----',
  'abc',
  'password=hunter2',
];

/** Anything that a file may hold, in the main what is near to a format. */
const line = fc
  .oneof(
    fc.constantFrom(...SAMPLE_LINES, ...JOINING),
    fc
      .record({
        sample: fc.constantFrom(...SAMPLE_LINES),
        from: fc.nat(80),
        put: fc.string({ unit: 'binary', maxLength: 6 }),
      })
      .map(({ sample, from, put }) => sample.slice(0, from) + put + sample.slice(from + put.length)),
    fc.string({ unit: 'binary', maxLength: 40 }),
  )
  .map((text) => text.replaceAll('\n', ' '));

/** Lines with the offsets that they have in a file. */
const file = fc.array(line, { maxLength: 40 }).map((texts) => {
  let offset = 0;
  return texts.map((text): ReadLine => {
    const read = { text, offset, truncated: false };
    offset += Buffer.byteLength(text) + 1;
    return read;
  });
});

function readerOf(): EntryReader {
  const clock = { wall: () => NOW };
  return createEntryReader({
    service: 's',
    fileKey: 'f',
    path: '/f',
    timezone: 'UTC',
    clock,
    maxLines: 8,
    maxCharacters: 400,
  });
}

/** What the lines of an entry are in the file: from its offset to that of the next. */
function expectWhole(entries: readonly LogEntry[], lines: readonly ReadLine[]): void {
  for (const [index, { offset = -1, raw }] of entries.entries()) {
    const end = entries[index + 1]?.offset ?? Infinity;
    const own = lines.filter((read) => read.offset >= offset && read.offset < end);
    expect(own[0]?.offset).toBe(offset);
    expect(raw).toBe(maskSecrets(own.map(({ text }) => text).join('\n')));
  }
  expect(entries[0]?.offset).toBe(lines[0]?.offset);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
}

describe('any file', () => {
  it('is read whole, each line once and in order, whenever the reader is flushed', () => {
    fc.assert(
      fc.property(file, fc.array(fc.boolean()), (lines, flushes) => {
        const reader = readerOf();
        const entries: LogEntry[] = [];
        for (const [index, read] of lines.entries()) {
          entries.push(...reader.push(read));
          expect(reader.safeOffset(read.offset + 1)).toBeLessThanOrEqual(read.offset);
          if (flushes[index] === true) entries.push(...reader.flush());
        }
        entries.push(...reader.flush());
        expectWhole(entries, lines);
        for (const { timestamp, created } of entries) {
          expect(Number.isFinite(timestamp)).toBe(true);
          expect(created).toBe(NOW);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('loses nothing and repeats nothing when the process is killed', () => {
    fc.assert(
      fc.property(file, fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 6 }), (lines, lives) => {
        const stored: LogEntry[] = [];
        let position = 0;
        for (const life of [...lives, Infinity]) {
          const reader = readerOf();
          // What a commit holds: entries that were given out, and the offset up to which they are all.
          const left = lines.filter(({ offset }) => offset >= position);
          for (const [index, read] of left.slice(0, life).entries()) {
            stored.push(...reader.push(read));
            position = reader.safeOffset(left[index + 1]?.offset ?? Infinity);
          }
          if (life === Infinity) stored.push(...reader.flush());
        }
        expectWhole(stored, lines);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a long line', () => {
  it('is read in time proportional to its length', () => {
    const unit = fc.oneof(
      line,
      fc.constantFrom(
        '[',
        ' - "',
        '": ',
        '{"a":',
        ' [22/Nov/2026:23:30:32 +0000] "',
        '] ',
        ' - ',
        ':',
        '<1>',
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom('', ...SAMPLE_LINES), unit, (begin, piece) => {
        const text = begin + piece.repeat(Math.ceil(60_000 / Math.max(1, piece.length)));
        const reader = readerOf();
        expectQuick(() => {
          reader.push({ text, offset: 0, truncated: true });
          expect(reader.flush()).toMatchObject([{ truncated: true }]);
        });
      }),
      { numRuns: 60 },
    );
  });
});
