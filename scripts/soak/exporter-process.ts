import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../root.ts';
import { type Service, startService, stopService, untilReady } from '../start/service.ts';

/** The exporter as a process that is started again whenever it is gone, as systemd does. */
export interface ExporterProcess {
  readonly url: string;
  /** Ends that nobody asked for, with the reason and the log. */
  readonly ownEnds: readonly string[];
  /** True while it was told to run and is not frozen. */
  readonly meant: boolean;
  /** By SIGKILL; `start` begins it again. */
  kill(): Promise<void>;
  /** By SIGTERM. */
  end(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Lines of level warn and worse of all processes by their message. */
  complaints(): ReadonlyMap<string, number>;
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
  const ownEnds: string[] = [];
  const read = new Map<string, number>();
  const counted = new Map<string, number>();
  let starts = 0;
  let service: Service | undefined;
  let meant = false;

  async function launch(): Promise<void> {
    starts += 1;
    const logFile = join(logs, `exporter-${starts}.log`);
    const started = startService({
      name: 'exporter',
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(ROOT, 'exporter', 'src', 'main.ts')],
      environment,
      logFile,
      readyUrl: `${url}/-/healthy`,
    });
    service = started;
    read.set(logFile, 0);
    void started.gone.then(async (reason) => {
      if (!meant || service !== started) return;
      ownEnds.push(`${reason}: ${logFile}`);
      await delay(REST);
      await launch();
    });
    await untilReady(started, `${url}/-/healthy`);
    meant = true;
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
    meant = false;
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
      return meant;
    },
    start: launch,
    kill: () => endBy('SIGKILL'),
    end: () => endBy('SIGTERM'),
    freeze() {
      meant = false;
      service?.process.kill('SIGSTOP');
    },
    thaw() {
      service?.process.kill('SIGCONT');
      meant = true;
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
