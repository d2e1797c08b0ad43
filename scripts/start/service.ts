import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A program that `npm start` runs. */
export interface ServiceCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Everything it prints goes here. */
  readonly logFile: string;
  /** Answers 2xx once the service works. */
  readonly readyUrl: string;
}

export interface Service {
  readonly name: string;
  readonly logFile: string;
  readonly process: ChildProcess;
  /** Resolves with the reason when the process is gone. */
  readonly gone: Promise<string>;
}

const START_TIMEOUT_MS = 60_000;
/** Only ends what hangs: the exporter's own stop may take 5 s, on a busy machine more. */
const STOP_TIMEOUT_MS = 30_000;

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not there yet: the caller asks again until its time is up.
    return false;
  }
}

/** The last lines of a log, for an error on the terminal. */
export function tailOf(logFile: string, lines = 12): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/** Starts the program with its output in the log file. */
export function startService(service: ServiceCommand): Service {
  mkdirSync(dirname(service.logFile), { recursive: true });
  const log = openSync(service.logFile, 'w');
  const child = spawn(service.command, service.args, {
    stdio: ['ignore', log, log],
    env: service.environment,
  });
  closeSync(log);
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit status ${code ?? 0}` : signal));
  });
  return { name: service.name, logFile: service.logFile, process: child, gone };
}

/** Resolves when the service answers; throws with the end of its log when it ends or stays silent. */
export async function untilReady(service: Service, readyUrl: string): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS;
  let ended: string | undefined;
  void service.gone.then((reason) => (ended = reason));
  while (!(await answers(readyUrl))) {
    if (ended !== undefined) {
      throw new Error(`${service.name} ended (${ended}):\n${tailOf(service.logFile)}`);
    }
    if (Date.now() > end) {
      throw new Error(`${service.name} did not answer at ${readyUrl}:\n${tailOf(service.logFile)}`);
    }
    await delay(100);
  }
}

/** Asks the process to end, and ends it when it does not. Resolves when it is gone. */
export async function stopService(service: Service): Promise<void> {
  service.process.kill('SIGTERM');
  const timer = new AbortController();
  await Promise.race([
    service.gone,
    delay(STOP_TIMEOUT_MS, undefined, { signal: timer.signal })
      .then(() => service.process.kill('SIGKILL'))
      .catch(() => undefined),
  ]);
  timer.abort();
  await service.gone;
}
