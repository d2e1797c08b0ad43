import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A server process that a test started and has to stop. */
export interface RunningServer {
  readonly port: number;
  readonly process: ChildProcess;
  /** What the process printed so far, both streams. */
  output(): string;
  /** Ends the process with the signal and resolves when it is gone. Safe to call twice. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Resolves true once the server answers; by default: its port accepts a connection. */
  readonly ready?: () => Promise<boolean>;
  /** Milliseconds until the start counts as failed. */
  readonly timeout?: number;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Below the ports that the system gives to outgoing connections, where another program could get ours in between. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
let nextPort = process.pid * 97;

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Marks of the ports that were given to a test of any process, by files of their numbers. */
const LEASES = join(tmpdir(), 'valtronics-ports');
/** How long a port stays with its test, milliseconds: longer than the longest takes. */
const LEASE = 40 * 60_000;

/** Takes the port unless another test has it: until its server listens, it is free to look at. */
function lease(port: number): boolean {
  mkdirSync(LEASES, { recursive: true });
  const file = join(LEASES, String(port));
  const taken = statSync(file, { throwIfNoEntry: false });
  if (taken !== undefined && Date.now() - taken.mtimeMs < LEASE) return false;
  try {
    if (taken !== undefined) rmSync(file);
    writeFileSync(file, '', { flag: 'wx' });
    return true;
  } catch {
    // Another process was faster.
    return false;
  }
}

/** A port of 127.0.0.1 that was free a moment ago, and that no other test gets meanwhile. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    nextPort += 1;
    const port = FIRST_PORT + (nextPort % PORTS);
    if (lease(port) && (await isFree(port))) return port;
  }
  throw new Error(`none of the ${PORTS} ports from ${FIRST_PORT} is free`);
}

/** A private folder below the system's temporary folder; `remove` deletes it with its content. */
export function temporaryFolder(prefix: string): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), `valtronics-${prefix}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The first of the names that is an executable on PATH or in the extra folders, or undefined. */
export function findExecutable(
  names: readonly string[],
  extraFolders: readonly string[] = [],
): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    ...extraFolders,
  ];
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        continue;
      }
    }
  }
  return undefined;
}

/** True when a TCP connection to the port of 127.0.0.1 is accepted. */
export async function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

/** True when the address answers 2xx; false when it does not answer at all. */
export async function answersOk(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined);
  // Read to its end, so that the connection is free for the next call instead of being dropped at some later time.
  await answer?.text().catch(() => undefined);
  return answer?.ok === true;
}

/** Milliseconds after which a wait is given up: it only ends what hangs, on machines that are as busy as they like. */
const PATIENCE = 180_000;

/** Polls until the condition holds; throws with the description after the time (milliseconds) is up. */
export async function waitFor(
  what: string,
  condition: () => Promise<boolean> | boolean,
  timeout = PATIENCE,
  interval = 25,
): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${timeout} ms in vain: ${what}`);
    await delay(interval);
  }
}

/** Starts the command and waits until it is ready. Throws with its output when it ends or stays silent. */
export async function startServer(server: ServerCommand): Promise<RunningServer> {
  const child = spawn(server.command, server.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: server.env ?? process.env,
    ...(server.cwd === undefined ? {} : { cwd: server.cwd }),
    ...(server.uid === undefined ? {} : { uid: server.uid }),
    ...(server.gid === undefined ? {} : { gid: server.gid }),
  });
  running.add(child);
  let text = '';
  let ended: string | undefined;
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const gone = new Promise<void>((resolve) => {
    const settle = (reason: string): void => {
      ended = reason;
      running.delete(child);
      resolve();
    };
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => settle(`exit ${String(code ?? signal)}`));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (ended === undefined) child.kill(signal);
    await gone;
  };
  const ready = server.ready ?? ((): Promise<boolean> => acceptsConnections(server.port));
  try {
    await waitFor(
      `${server.command} on port ${server.port}`,
      async () => {
        // Asked after the answer: another server on the port may have given it while ours could not begin.
        const answers = await ready();
        if (ended !== undefined) throw new Error(`${server.command} ended: ${ended}\n${text}`);
        return answers;
      },
      server.timeout ?? PATIENCE,
    );
  } catch (error) {
    await stop('SIGKILL');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${text}`);
  }
  return { port: server.port, process: child, output: () => text, stop };
}
