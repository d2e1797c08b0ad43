import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { startApplication } from '../src/application.ts';
import type { Clock } from '../src/base/clock.ts';
import { loadSettings } from '../src/config/load.ts';
import { createLogger } from '../src/log/logger.ts';
import { MOSQUITTO, POSTGRES, REDIS } from '../test/support/programs.ts';
import { answersOk, findExecutable, temporaryFolder, waitFor } from '../test/support/server.ts';
import { startDayPlatform } from './day-platform.ts';
import { heapBytes } from './harness.ts';
import { atMost, info, report, type Row, skipped } from './rows.ts';

/**
 * A whole exporter over all its sources lives through a day: an attempt of every source each 5 to 15 s, a reload every
 * ten minutes, readers in between. Time is the exporter's own clock, which the bench moves on. Fewer hours than 24 for a
 * quick look: `node --expose-gc exporter/bench/day.bench.ts 6`.
 */
const HOURS = Number(process.argv[2] ?? 24);
const PERIODS_AN_HOUR = 6;
const PERIOD = 3_600_000 / PERIODS_AN_HOUR;
const GROWTH = `${HOURS} simulated hours of attempts, reloads and readers: growth of the heap over the second half`;
const MOST_GROWTH = 3;
/** Periods between two samples. */
const SAMPLE_EACH = 2;
/** What people and programs look at besides `/metrics`, in turns. */
const PAGES = ['/', '/api/v1/devices', '/api/v1/alerts', '/api/v1/alerts/statistics', '/api/v1/summary'];

/** What is in use after garbage collection, at one moment. */
interface Sample {
  readonly hour: number;
  readonly bytes: number;
  /** Timers, sockets and whatever else the event loop waits for, and listeners on the process. */
  readonly handles: number;
}

let passed = 0;
const clock: Clock = {
  wall: () => Date.now() + passed,
  monotonic: () => performance.now() + passed,
};

const agent = new Agent({ keepAlive: true });

/** Reads an answer to its end, as a client that keeps its connection. */
async function read(url: string): Promise<void> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent }, resolve).once('error', reject);
  });
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`${url} was answered with ${response.statusCode ?? 0}`);
}

async function takeSample(hour: number): Promise<Sample> {
  const bytes = await heapBytes();
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const handles = process.getActiveResourcesInfo().length + listeners;
  console.log(`${hour.toFixed(1)} h: ${(bytes / 2 ** 20).toFixed(2)} MiB, ${handles} handles and listeners`);
  return { hour, bytes, handles };
}

const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Percent that the line of best fit rises from the first to the last of the samples. */
function growth(samples: readonly Sample[]): number {
  const hour = meanOf(samples.map((sample) => sample.hour));
  const bytes = meanOf(samples.map((sample) => sample.bytes));
  const across = meanOf(samples.map((sample) => (sample.hour - hour) * (sample.bytes - bytes)));
  const hours = (samples.at(-1)?.hour ?? 0) - (samples[0]?.hour ?? 0);
  const slope = across / meanOf(samples.map((sample) => (sample.hour - hour) ** 2));
  return (slope * hours * 100) / bytes;
}

/** Lives through the hours; how many attempts that were, CPU seconds, and samples. */
async function live(): Promise<{ attempts: number; seconds: number; samples: readonly Sample[] }> {
  const folder = temporaryFolder('day-state');
  const platform = await startDayPlatform();
  const settings = {
    ...platform.settings,
    VALTRONICS_LISTEN: '127.0.0.1:0',
    VALTRONICS_LOG_LEVEL: 'error',
    // Memory that is meant to fill up is full within the first hours.
    VALTRONICS_LOGS_BUFFER_ENTRIES: '500',
    VALTRONICS_STATE_DIR: join(folder.path, 'state'),
  };
  const exporter = await startApplication({
    load: () => loadSettings(settings),
    logger: createLogger('error'),
    clock,
  });
  const { url } = exporter.server;
  await waitFor('the first attempts', () => answersOk(`${url}/-/ready`));

  const samples = [await takeSample(0)];
  const began = process.cpuUsage();
  let attempts = 0;
  for (let period = 1; period <= HOURS * PERIODS_AN_HOUR; period += 1) {
    await exporter.reload();
    for (const end = passed + PERIOD; passed < end; attempts += 1) {
      passed += (5 + ((attempts * 7) % 11)) * 1000;
      await platform.live(clock.wall());
      await read(`${url}/metrics`);
      if (attempts % 2 === 0) await read(url + (PAGES[(attempts / 2) % PAGES.length] ?? ''));
    }
    if (period % SAMPLE_EACH === 0) samples.push(await takeSample(period / PERIODS_AN_HOUR));
  }
  const { user, system } = process.cpuUsage(began);
  await exporter.stop();
  agent.destroy();
  await platform.stop();
  await folder.remove();
  return { attempts, seconds: (user + system) / 1e6, samples };
}

async function measure(): Promise<Row[]> {
  const { attempts, seconds, samples } = await live();
  const half = Math.ceil(samples.length / 2);
  const [earlier, later] = [samples.slice(1, half), samples.slice(half)];
  const most = (some: readonly Sample[]): number => Math.max(...some.map(({ handles }) => handles));
  return [
    atMost(GROWTH, growth(later), MOST_GROWTH, '%'),
    atMost(
      `${HOURS} simulated hours: more handles and listeners in the second half`,
      most(later) - most(earlier),
      3,
      '',
    ),
    info(`${HOURS} simulated hours: heap`, meanOf(later.map(({ bytes }) => bytes)) / 2 ** 20, 'MiB'),
    info(
      `${HOURS} simulated hours: CPU of ${attempts.toLocaleString('en')} attempts of all sources`,
      seconds,
      's',
    ),
  ];
}

process.on('warning', ({ name, message }) => {
  // So Node complains of listeners that add up.
  if (name !== 'ExperimentalWarning') throw new Error(`${name}: ${message}`);
});
const missing = [POSTGRES, MOSQUITTO, REDIS].filter(
  ({ names, folders }) => findExecutable(names, folders) === undefined,
);
const reason = `not installed: ${missing.map(({ names }) => names.join(' or ')).join(', ')}`;
report(missing.length > 0 ? [skipped(GROWTH, `≤ ${MOST_GROWTH} %`, reason)] : await measure());
