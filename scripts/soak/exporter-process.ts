import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../root.ts';
import { type Service, startService, stopService, untilReady } from '../start/service.ts';

/** The exporter as a process that is started again whenever it is gone, as systemd does. */
export interface ExporterProcess {
  readonly url: string;
  /** Ends that nobody asked for and starts that did not succeed, with the log. */
  readonly ownEnds: readonly string[];
  /** True while it is to answer: it was told to run, is up and not frozen. */
  readonly meant: boolean;
  /** By SIGKILL; `start` begins it again. */
  kill(): Promise<void>;
  /** By SIGTERM. */
  end(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Lines of level warn and worse of all processes by their message. */
  complaints(): ReadonlyMap<string, number>;
  /** Runs it until it is told to end. Rejects when the first start does not get it up; it is tried again nevertheless. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ExporterOptions {
  readonly port: number;
  readonly logs: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What systemd waits before it starts a service again (`RestartSec`), milliseconds. */
const REST = 1_000;
const MESSAGE = /"level":"(?:warn|error|fatal)".*?"msg":"((?:[^"\\]|\\.)*)"/;

export function createExporterProcess({ port, logs, environment }: ExporterOptions): ExporterProcess {
  const url = `http://127.0.0.1:${port}`;
  const readyUrl = `${url}/-/healthy`;
  const ownEnds: string[] = [];
  const read = new Map<string, number>();
  const counted = new Map<string, number>();
  let starts = 0;
  /** The present order to run; undefined while it is to be away. */
  let order: object | undefined;
  let service: Service | undefined;
  let isUp = false;
  let isFrozen = false;

  function launch(): Service {
    starts += 1;
    const logFile = join(logs, `exporter-${starts}.log`);
    read.set(logFile, 0);
    return startService({
      name: 'exporter',
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(ROOT, 'exporter', 'src', 'main.ts')],
      environment,
      logFile,
      readyUrl,
    });
  }

  /** Runs it again and again while the order holds; says how the first start went. */
  async function supervise(own: object, onFirst: (error?: Error) => void): Promise<void> {
    while (order === own) {
      const started = launch();
      service = started;
      try {
        await untilReady(started, readyUrl);
        onFirst();
      } catch (error) {
        if (order === own) ownEnds.push(`not up: ${started.logFile}`);
        onFirst(new Error('the exporter does not get up', { cause: error }));
      }
      // From now on it is to answer, also where it took too long.
      isUp = order === own;
      const reason = await started.gone;
      if (order !== own) return;
      isUp = false;
      ownEnds.push(`${reason}: ${started.logFile}`);
      await delay(REST);
    }
  }

  /** Counts the whole lines of the file from there on, and returns where the next begins. */
  function readOn(path: string, from: number): number {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - from));
      readSync(file, bytes, 0, bytes.length, from);
      const whole = bytes.lastIndexOf(10) + 1;
      for (const line of bytes.subarray(0, whole).toString('utf8').split('\n')) {
        const message = MESSAGE.exec(line)?.[1];
        if (message !== undefined) counted.set(message, (counted.get(message) ?? 0) + 1);
      }
      return from + whole;
    } finally {
      closeSync(file);
    }
  }

  async function endBy(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    order = undefined;
    isUp = false;
    const ending = service;
    if (ending === undefined) return;
    if (signal === 'SIGTERM') await stopService(ending);
    else {
      ending.process.kill(signal);
      await ending.gone;
    }
  }

  return {
    url,
    ownEnds,
    get meant() {
      return isUp && !isFrozen;
    },
    start: () =>
      new Promise((resolve, reject) => {
        order = {};
        void supervise(order, (error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
      }),
    kill: () => endBy('SIGKILL'),
    end: () => endBy('SIGTERM'),
    freeze() {
      isFrozen = true;
      service?.process.kill('SIGSTOP');
    },
    thaw() {
      service?.process.kill('SIGCONT');
      isFrozen = false;
    },
    complaints() {
      for (const [file, from] of read) read.set(file, readOn(file, from));
      return counted;
    },
    async stop() {
      service?.process.kill('SIGCONT');
      await endBy('SIGTERM');
    },
  };
}
