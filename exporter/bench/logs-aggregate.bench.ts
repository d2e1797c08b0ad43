import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../src/base/clock.ts';
import { type Aggregate, createAggregate } from '../src/logs/aggregate/aggregate.ts';
import { createPatternStore } from '../src/logs/aggregate/pattern-store.ts';
import type { LogEntry } from '../src/logs/entry.ts';
import { createEntryReader, type EntryReader } from '../src/logs/reading/entry-reader.ts';
import { createMetrics } from '../src/metrics/registry.ts';
import { compareCpu, heapBytes } from './harness.ts';
import { atLeast, atMost, info, report } from './rows.ts';

const CAPTURES = join(import.meta.dirname, '..', 'test', 'captures', 'logs');
const REPEATS = 100;
const LINES = 200_000;
const HEAP_LINES = 10_000_000;
const WALL = Date.UTC(2026, 10, 29, 12);

function newAggregate(): Aggregate {
  const metrics = createMetrics({ defaultMetrics: false });
  return createAggregate({ capacity: 10_000, patternsPerService: 500, clock: systemClock, metrics });
}

function entryOf(message: string, id: number): LogEntry {
  return {
    ...{ id: `line-${id}`, timestamp: WALL, timeSource: 'line', created: WALL, level: 'INFO' },
    ...{ service: 'valtronics-api', dataset: 'valtronics.api', category: 'application' },
    ...{ message, raw: message, truncated: false, format: 'python-root' },
  };
}

/** What the platform's programs say, with values that no line before had. */
const SAYINGS: readonly ((n: number) => string)[] = [
  (n) => `Telemetry from unknown device: MOCK-${1000 + n}`,
  (n) => `New client connected from 127.0.0.1:${40_000 + n} as auto-${n} (p2, c1, k60, u'user${n}').`,
  (n) => `Error handling telemetry: ${n} validation errors for TelemetryDataCreate`,
  (n) => `duration: ${n}.${n % 97} ms  statement: SELECT * FROM devices WHERE id = ${n}`,
  (n) => `Status update sent for device GATEWAY_${100 + n}: online`,
  (n) => `Connection to broker at 10.0.${n % 256}.${n % 200}:1883 lost after ${n} s`,
];
const known = Array.from({ length: LINES }, (_, n) => entryOf(SAYINGS[n % SAYINGS.length]?.(n) ?? '', n));
/** Words that nobody has said before: the shape of each line is new, its pattern is not. */
const word = (n: number): string =>
  n.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
const unknown = Array.from({ length: LINES / 10 }, (_, n) =>
  entryOf(`Connection refused by host ${word(n)}`, n),
);

function mineAll(entries: readonly LogEntry[]): () => void {
  const store = createPatternStore({ patternsPerService: 500 });
  return () => {
    for (const entry of entries) store.count(entry, store.mine(entry, entry.service), 500_000);
  };
}

const captures = readdirSync(CAPTURES).map((name) => ({
  name,
  lines: readFileSync(join(CAPTURES, name), 'utf8')
    .split('\n')
    .filter((line) => line !== ''),
}));
const captured = captures.reduce((sum, { lines }) => sum + lines.length, 0) * REPEATS;

function readerOf(name: string): EntryReader {
  const clock = { wall: () => WALL };
  return createEntryReader({ service: name, fileKey: name, path: name, timezone: 'UTC', clock });
}

/** Reads every captured line so many times and counts its entry. */
function readAndCount(aggregate: Aggregate, repeats: number): void {
  for (const { name, lines } of captures) {
    const reader = readerOf(name);
    let offset = 0;
    for (let round = 0; round < repeats; round++)
      for (const text of lines) {
        for (const entry of reader.push({ text, offset, truncated: false }))
          aggregate.add(aggregate.mine(entry));
        offset += text.length + 1;
      }
    for (const entry of reader.flush()) aggregate.add(aggregate.mine(entry));
  }
}

/** Percent by which the fullest heap lies above the emptiest, over ten parts of the lines after the first part. */
async function growth(): Promise<number> {
  const aggregate = newAggregate();
  const full: number[] = [];
  for (let part = 0; part <= 10; part++) {
    for (let n = 0; n < HEAP_LINES / 10; n++) {
      const line = part * HEAP_LINES + n;
      aggregate.add(aggregate.mine(entryOf(SAYINGS[n % SAYINGS.length]?.(line) ?? '', line)));
    }
    if (part > 0) full.push(await heapBytes());
  }
  const lowest = Math.min(...full);
  return ((Math.max(...full) - lowest) / lowest) * 100;
}

const counting = newAggregate();
const cpu = await compareCpu({
  known: mineAll(known),
  unknown: mineAll(unknown),
  add: () => {
    for (const entry of known) counting.add(counting.mine(entry));
  },
  all: () => readAndCount(newAggregate(), REPEATS),
});
const nanoseconds = (milliseconds: number, lines: number): number => (milliseconds * 1e6) / lines;

report([
  atMost('logs: mining of a known line', nanoseconds(cpu('known'), LINES), 1000, 'ns'),
  atLeast(
    'logs: captured lines read, mined and counted',
    (captured * 1000) / cpu('all'),
    150_000,
    'lines/s a core',
  ),
  atMost(`logs: heap growth over ${HEAP_LINES.toLocaleString('en')} lines`, await growth(), 5, '%'),
  info('logs: mining of a line of unknown shape', nanoseconds(cpu('unknown'), unknown.length), 'ns'),
  info('logs: an entry mined, counted and kept', nanoseconds(cpu('add'), LINES), 'ns'),
]);
