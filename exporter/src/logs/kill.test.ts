import { appendFileSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { killAfterLines } from '../../test/support/kill.ts';
import { temporaryFolder } from '../../test/support/server.ts';
import { systemClock } from '../base/clock.ts';
import { silentLogger } from '../log/logger.ts';
import { createJournal } from './journal/journal.ts';

const READER = join(import.meta.dirname, '..', '..', 'test', 'support', 'log-reader.ts');
const KILLS = 8;
const ENTRIES = 600;
/** The reader prints a line for so many entries. */
const PER_LINE = 50;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('logs-kill');
  for (const name of ['logs', 'state']) mkdirSync(join(folder.path, name));
});
afterEach(() => folder.remove());

/** Every seventh entry is an error with the lines of its traceback. */
function entryText(number: number): string {
  if (number % 7 !== 0) return `INFO:app.main:entry ${number} end\n`;
  return `ERROR:app.main:entry ${number} end\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: no\n`;
}

describe('a killed reader', () => {
  it('has kept each entry once, whole, and goes on behind it, rotations included', async () => {
    const path = join(folder.path, 'logs', 'app.log');
    let written = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      let text = '';
      for (const end = written + ENTRIES; written < end; written += 1) text += entryText(written);
      appendFileSync(path, text);
      await killAfterLines(READER, [folder.path], 1 + ((kill * 5) % 9));
      if (kill % 3 === 1) {
        renameSync(path, `${path}.${kill}`);
        appendFileSync(path, '');
      }
    }
    const journal = createJournal({
      ...{ path: join(folder.path, 'state', 'logs.db'), logger: silentLogger(), clock: systemClock },
      ...{ maxBytes: 1e9, whenFull: 'block', shipping: false, keepNewest: 1e6, onDrop: () => undefined },
    });
    const kept = (): string[] => [...journal.newest(1e6)].flat().map(({ raw }) => raw);
    // What is left needs one run more, which is killed as well once it has said so.
    const left = written - kept().length;
    await killAfterLines(READER, [folder.path], Math.floor(left / PER_LINE));
    const texts = kept();
    journal.close();
    const expected = new Set(Array.from({ length: written }, (_, number) => entryText(number).trimEnd()));
    // The very last entries may wait still; all others are there, once and whole.
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(written - PER_LINE);
    expect(texts.filter((text) => !expected.has(text))).toEqual([]);
  }, 1_200_000);
});
