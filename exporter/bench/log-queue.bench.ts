import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { systemClock } from '../src/base/clock.ts';
import { silentLogger } from '../src/log/logger.ts';
import type { LogEntry } from '../src/logs/entry.ts';
import { createJournal, type Journal } from '../src/logs/journal/journal.ts';
import { logEntry, noise } from '../test/support/log-entry.ts';
import { capturedEntries } from './captured-entries.ts';
import { cpuMilliseconds, median } from './harness.ts';
import { atLeast, atMost, info, report, type Row } from './rows.ts';

const ENTRIES = 100_000;
/** What a reader of files hands over at once. */
const AT_ONCE = 200;
const ROUNDS = 3;
const QUEUED_BYTES = 1e9;
const NEWEST = 10_000;
const folder = mkdtempSync(join(tmpdir(), 'valtronics-bench-'));

function open(name: string): Journal {
  return createJournal({
    ...{ path: join(folder, name), logger: silentLogger(), clock: systemClock, maxBytes: 4e9 },
    ...{ whenFull: 'block', shipping: true, keepNewest: NEWEST, onDrop: () => undefined },
  });
}

function append(journal: Journal, entries: readonly LogEntry[]): void {
  const answer = journal.append({ entries, positions: { file: entries.length } });
  if (!answer.accepted) throw new Error(answer.message);
}

const bytesOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);

async function writing(entries: readonly LogEntry[]): Promise<Row[]> {
  const json = bytesOf(entries.map((entry) => JSON.stringify(entry)));
  const lines = bytesOf(entries.map(({ raw }) => raw));
  const cpu: number[] = [];
  const wall: number[] = [];
  const blocks: number[] = [];
  let stored = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const journal = open(`writing-${round}.db`);
    journal.stats();
    let longest = 0;
    const begin = performance.now();
    const milliseconds = await cpuMilliseconds(() => {
      for (let first = 0; first < ENTRIES; first += AT_ONCE) {
        const before = process.threadCpuUsage();
        append(journal, entries.slice(first, first + AT_ONCE));
        const { user, system } = process.threadCpuUsage(before);
        longest = Math.max(longest, (user + system) / 1000);
      }
    });
    cpu.push(milliseconds / 1000);
    wall.push((performance.now() - begin) / 1000);
    blocks.push(longest);
    journal.close();
    stored = statSync(join(folder, `writing-${round}.db`)).size;
  }
  const label = 'log queue:';
  return [
    atLeast(`${label} write, entries as JSON by CPU`, json / 1e6 / median(cpu), 50, 'MB/s'),
    info(`${label} write, entries as JSON by the clock`, json / 1e6 / median(wall), 'MB/s'),
    info(`${label} write, entries of the captured mix by CPU`, ENTRIES / median(cpu), 'entries/s'),
    atMost(`${label} overhead a record, beyond the bytes of its line`, (stored - lines) / ENTRIES, 40, 'B'),
    info(`${label} bytes of a record on disk`, stored / ENTRIES, 'B'),
    atMost(`${label} longest write of ${AT_ONCE} entries, CPU`, median(blocks), 20, 'ms'),
  ];
}

const startSchema = z.object({ cpu: z.number(), wall: z.number(), memory: z.number() });

/** A start with a full queue. */
function starting(entries: readonly LogEntry[]): Row[] {
  const filling = open('starting.db');
  // What no compression makes shorter fills it soonest.
  const chunk = Array.from({ length: 256 }, (_, index) =>
    logEntry({ id: `e${index}`, raw: noise(4000, index) }),
  );
  while (filling.stats().waitingBytes < QUEUED_BYTES) append(filling, chunk);
  for (let first = 0; first < NEWEST; first += AT_ONCE)
    append(filling, entries.slice(first, first + AT_ONCE));
  filling.close();
  const script = join(import.meta.dirname, 'log-queue-start.ts');
  const parameters = [script, join(folder, 'starting.db'), String(NEWEST)];
  const output = execFileSync(process.execPath, ['--expose-gc', ...parameters], { encoding: 'utf8' });
  const { cpu, wall, memory } = startSchema.parse(JSON.parse(output));
  const label = 'log queue: start with 1 GB queued';
  return [
    atMost(`${label}, CPU`, cpu, 1000, 'ms'),
    info(`${label}, by the clock`, wall, 'ms'),
    atMost(`${label}, more memory`, memory, 64, 'MiB'),
  ];
}

try {
  const entries = capturedEntries(ENTRIES);
  report([...(await writing(entries)), ...starting(entries)]);
} finally {
  rmSync(folder, { recursive: true });
}
