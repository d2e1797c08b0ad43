import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startExporter, type TestExporter } from '../test/support/exporter.ts';
import { startMosquitto } from '../test/support/mosquitto.ts';
import { findExecutable, temporaryFolder, waitFor } from '../test/support/server.ts';
import { buildGoPeer, type GoPeer } from './go-peer.ts';
import { median } from './harness.ts';
import { atLeast, atMost, info, report, type Row, skipped } from './rows.ts';

/** Seconds of one measurement; another number may be given as an argument, to try the bench out. */
const SECONDS = Number(process.argv[2] ?? 10);
const ROUNDS = 3;
const LINES = 50_000;
/** Tried one after the other until the exporter keeps up: the programs that make the load share its processors. */
const RATES = [LINES, 40_000, 30_000, 20_000, 10_000];
/** Share of what was written that has to be taken at once. */
const KEEPS_UP = 0.97;
const MESSAGES = 2000;
const DEVICES = 1000;

const LINES_ROW = `event loop: log lines followed beside ${MESSAGES.toLocaleString('en')} MQTT messages/s`;
const BLOCK_ROW = 'event loop: longest block of the exporter meanwhile';
const LOSS_ROW = 'event loop: MQTT messages fewer than without logs';

const run = promisify(execFile);
const CAPTURES = join(import.meta.dirname, '..', 'test', 'captures', 'logs');
const PEERS = join(import.meta.dirname, 'peers');
const blockSchema = z.object({ wall: z.number(), cpu: z.number() });

/** What came of one measurement; rates are per second, times milliseconds. */
interface Measured extends z.infer<typeof blockSchema> {
  readonly messages: number;
  readonly lines: number;
}

function sumOf(text: string, family: string): number {
  const values = text.split('\n').filter((line) => line.startsWith(`${family}{`));
  return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

/** An exporter that follows logs and takes messages, with the programs that make both. */
interface Stage {
  readonly exporter: TestExporter;
  readonly folder: string;
  readonly publisher: GoPeer;
  readonly broker: string;
}

async function counts({ exporter }: Stage) {
  const text = await exporter.metrics();
  return {
    entries: sumOf(text, 'valtronics_log_entries_total'),
    messages: sumOf(text, 'valtronics_mqtt_messages_total'),
  };
}

/** The longest blocks since the last call. */
async function blocks({ exporter, folder }: Stage): Promise<z.infer<typeof blockSchema>> {
  const file = join(folder, 'blocks.json');
  rmSync(file, { force: true });
  exporter.process.kill('SIGUSR2');
  await waitFor('the longest blocks', () => existsSync(file));
  return blockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Appends so many lines a second; resolves with their number. */
async function writeLogs({ folder }: Stage, rate: number, seconds: number): Promise<number> {
  const args = [join(PEERS, 'log-writer.ts'), CAPTURES, folder, String(rate), String(seconds)];
  const { stdout } = await run(process.execPath, args);
  return z.coerce.number().parse(stdout);
}

/** Waits until nothing more is read, and resolves with the number of entries. */
async function settled(stage: Stage): Promise<number> {
  let before = -1;
  let now = (await counts(stage)).entries;
  while (now !== before) {
    await delay(1000);
    before = now;
    now = (await counts(stage)).entries;
  }
  return now;
}

/** Publishes at the steady rate, with so many lines of logs a second beside it. */
async function measure(stage: Stage, rate: number, entriesPerLine: number): Promise<Measured> {
  // Logs begin before and end after what is measured.
  const writing = rate === 0 ? undefined : writeLogs(stage, rate, SECONDS + 4);
  await delay(2000);
  const before = await counts(stage);
  const begin = performance.now();
  await blocks(stage);
  const publishing = performance.now();
  const count = String(MESSAGES * SECONDS);
  await run(stage.publisher.path, [stage.broker, count, String(MESSAGES), String(DEVICES)]);
  const published = performance.now();
  const block = await blocks(stage);
  const after = await counts(stage);
  const following = performance.now() - begin;
  await writing;
  await settled(stage);
  return {
    ...block,
    messages: (1000 * (after.messages - before.messages)) / (published - publishing),
    lines: (1000 * (after.entries - before.entries)) / entriesPerLine / following,
  };
}

async function compare(stage: Stage): Promise<Row[]> {
  // Entries of several lines are fewer than lines: how many, the first lines show; the code is warm then, too.
  const entriesPerLine = await writeLogs(stage, 10_000, 3).then(
    async (lines) => (await settled(stage)) / lines,
  );
  let rate = LINES;
  for (const one of RATES) {
    rate = one;
    if ((await measure(stage, one, entriesPerLine)).lines >= KEEPS_UP * one) break;
  }
  const quiet: Measured[] = [];
  const busy: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    quiet.push(await measure(stage, 0, entriesPerLine));
    busy.push(await measure(stage, rate, entriesPerLine));
  }
  const of = (taken: readonly Measured[], name: keyof Measured): number =>
    median(taken.map((one) => one[name]));
  return [
    atLeast(LINES_ROW, of(busy, 'lines'), LINES * KEEPS_UP, 'lines/s'),
    atMost(BLOCK_ROW, of(busy, 'wall'), 50, 'ms'),
    atMost(LOSS_ROW, 100 * (1 - of(busy, 'messages') / of(quiet, 'messages')), 10, '%'),
    info('event loop: the longest of those blocks, its CPU alone', of(busy, 'cpu'), 'ms'),
    info('event loop: longest block without logs', of(quiet, 'wall'), 'ms'),
    info('event loop: processors for exporter, broker, writer and publisher', availableParallelism(), ''),
  ];
}

async function rows(): Promise<readonly Row[]> {
  const missing = (reason: string): Row[] => [
    skipped(LINES_ROW, `≥ ${LINES * KEEPS_UP} lines/s`, reason),
    skipped(BLOCK_ROW, '≤ 50 ms', reason),
    skipped(LOSS_ROW, '≤ 10 %', reason),
  ];
  if (findExecutable(['mosquitto']) === undefined) return missing('mosquitto is not installed');
  const publisher = await buildGoPeer('pub');
  if ('missing' in publisher) return missing(publisher.missing);
  const { path: folder, remove } = temporaryFolder('event-loop');
  const mosquitto = await startMosquitto();
  const broker = `127.0.0.1:${mosquitto.port}`;
  try {
    const exporter = await startExporter({
      VALTRONICS_MQTT_URL: `mqtt://${broker}`,
      VALTRONICS_LOG_SOURCES: `valtronics-api=${folder}/*.log`,
      LOOP_WATCH_FILE: join(folder, 'blocks.json'),
      NODE_OPTIONS: `--import=${join(PEERS, 'loop-watch.ts')}`,
    });
    try {
      return await compare({ exporter, folder, publisher, broker });
    } finally {
      await exporter.stop();
    }
  } finally {
    await mosquitto.stop();
    await publisher.remove();
    await remove();
  }
}

report(await rows());
