import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { pino } from 'pino';
import { messageOf } from '../base/errors.ts';
import type { Logger } from './logger.ts';

/** Where lines are written to that are no messages of the program itself. Writing never waits and never throws. */
export interface LineFile {
  /** Opens the file, or standard output; rejects when it cannot be written. */
  start(): Promise<void>;
  /** Adds a line; before the start and after the stop it is lost. */
  write(line: string): void;
  /** Opens the path again at once, as a rotation asks for that has moved the file away. */
  reopen(): void;
  /** Writes what is left, and closes. */
  stop(): Promise<void>;
}

export interface LineFileOptions {
  /** Standard output without one. */
  readonly path?: string | undefined;
  readonly logger: Logger;
  /** Milliseconds between two looks whether the path leads to another file. */
  readonly lookInterval?: number;
}

/** Bytes that wait for a disk or a reader that stands still; further lines are lost and counted. */
const MOST_WAITING = 4 * 1024 * 1024;
const LOOK_INTERVAL = 2000;
/** A stop does not wait longer for a disk that takes nothing, milliseconds. */
const STOP_PATIENCE = 1000;
const STANDARD_OUTPUT = 1;

type Destination = ReturnType<typeof pino.destination>;

/** What a path leads to; undefined for nothing. */
async function fileAt(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path);
    return `${dev}:${ino}`;
  } catch {
    // Moved away by a rotation, or a folder that cannot be read: opening it again says what is wrong.
    return undefined;
  }
}

/** Counts the lines that are given and not written yet. */
function createWaiting() {
  /** Where each ends, in bytes of all lines; those before `first` are written. */
  const ends: number[] = [];
  let first = 0;
  let written = 0;
  return {
    add: (bytes: number): void => {
      ends.push((ends.at(-1) ?? written) + bytes);
    },
    write: (bytes: number): void => {
      written += bytes;
      while (first < ends.length && (ends[first] ?? 0) <= written) first += 1;
      if (first < 1000 && first < ends.length) return;
      ends.splice(0, first);
      first = 0;
    },
    count: (): number => ends.length - first,
  };
}

/** Resolves when everything is written and the file is closed, or when that takes too long. */
async function closed(destination: Destination): Promise<void> {
  const patience = setTimeout(() => destination.destroy(), STOP_PATIENCE);
  const gone = new Promise((resolve) => destination.once('close', resolve));
  destination.end();
  await gone;
  clearTimeout(patience);
}

/**
 * Appends lines to a file, which a rotation may move away: within seconds the path is opened again. Makes its folder
 * where there is none. A disk that is full or stands still costs lines, which are counted in the log, and nothing else.
 */
export function createLineFile({ path, logger, lookInterval = LOOK_INTERVAL }: LineFileOptions): LineFile {
  const dest = path ?? STANDARD_OUTPUT;
  let destination: Destination | undefined;
  let looking: NodeJS.Timeout | undefined;
  let current: string | undefined;
  let lost = 0;
  let waiting = createWaiting();
  let failing: string | undefined;

  /** Once for each reason, and how much it cost when it is over. */
  function fails(error: unknown): void {
    const reason = messageOf(error);
    if (reason !== failing)
      logger.error({ file: path ?? 'standard output', error: reason }, 'lines are not written');
    failing = reason;
  }

  function works(): void {
    failing = undefined;
    if (lost > 0) logger.warn({ file: path ?? 'standard output', lines: lost }, 'lines were lost');
    lost = 0;
  }

  async function look(target: Destination, file: string): Promise<void> {
    const found = await fileAt(file);
    if (target === destination && (found === undefined || found !== current)) target.reopen();
  }

  return {
    start: async () => {
      const target = pino.destination({ dest, sync: false, mkdir: true, maxLength: MOST_WAITING });
      try {
        await once(target, 'ready');
      } catch (error) {
        throw new Error(`cannot write to ${String(dest)}: ${messageOf(error)}`, { cause: error });
      }
      destination = target;
      waiting = createWaiting();
      target.on('error', fails);
      target.on('drop', () => (lost += 1));
      target.on('write', (bytes: number) => waiting.write(bytes));
      target.on('drain', works);
      if (path === undefined) return;
      current = await fileAt(path);
      target.on('ready', () => void fileAt(path).then((found) => (current = found)));
      looking = setInterval(() => void look(target, path), lookInterval).unref();
    },
    write: (line) => {
      if (destination === undefined) return;
      const before = lost;
      destination.write(`${line}\n`);
      if (lost === before) waiting.add(Buffer.byteLength(line) + 1);
    },
    reopen: () => {
      if (path !== undefined) destination?.reopen();
    },
    stop: async () => {
      clearInterval(looking);
      const target = destination;
      destination = undefined;
      if (target !== undefined) await closed(target);
      lost += waiting.count();
      if (lost > 0) works();
    },
  };
}
