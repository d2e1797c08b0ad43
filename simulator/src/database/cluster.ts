import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.ts';
import type { ServerUser } from './server-user.ts';
import { endStalePostmaster } from './stale-postmaster.ts';

/** A PostgreSQL server of our own in a private folder, on 127.0.0.1 only. */
export interface Cluster {
  readonly port: number;
  /** False once the server has ended, whoever ended it. */
  running(): boolean;
  /** Starts it again after `stop`. */
  start(): Promise<void>;
  /** Fast shutdown; immediate after three seconds. Safe to call twice. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  readonly binaries: PostgresBinaries;
  /** The data folder; made, or made anew when it is unusable. */
  readonly folder: string;
  readonly port: number;
  readonly user: ServerUser | undefined;
  /** Takes the server's log lines. */
  readonly onLog: (line: string) => void;
}

export const DATABASE_USER = 'valtronics';
export const DATABASE_PASSWORD = 'password';

/** Stand-in data need no durability; everything else is as PostgreSQL comes. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '128MB',
  shared_buffers: '64MB',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  log_checkpoints: 'off',
} as const;

const START_TIMEOUT = 30_000;
const run = promisify(execFile);

function identity(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

/** The locale is C everywhere: messages in English, nothing to be installed. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

async function initialise(options: ClusterOptions): Promise<void> {
  const { binaries, folder, user } = options;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, `${DATABASE_PASSWORD}\n`, { mode: 0o600 });
  if (user !== undefined) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${folder}`,
        `--username=${DATABASE_USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { ...identity(user), env: environment(), cwd: dirname(folder) },
    );
  } catch (error) {
    const text = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`initdb (${binaries.source}) failed: ${text || String(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function launch(options: ClusterOptions): Promise<ChildProcess> {
  const { binaries, folder, port, user, onLog } = options;
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', folder, '-p', String(port), ...settings], {
    ...identity(user),
    env: environment(),
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const last: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('PostgreSQL did not get ready within 30 s')),
      START_TIMEOUT,
    );
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error);
    };
    createInterface({ input: child.stderr }).on('line', (line) => {
      onLog(line);
      last.push(line);
      if (last.length > 5) last.shift();
      if (line.includes('database system is ready to accept connections')) settle();
    });
    child.once('error', (error) => settle(error));
    child.once('exit', (code) =>
      settle(new Error(`PostgreSQL ended (${code ?? 'killed'}): ${last.join(' | ')}`)),
    );
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return child;
}

function isEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (isEnded(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGINT');
  const impatient = setTimeout(() => child.kill('SIGQUIT'), 3000);
  await gone;
  clearTimeout(impatient);
}

/** Whether an earlier run's folder can be used again: made by initdb and owned by the same account. */
function isUsable(folder: string, user: ServerUser | undefined): boolean {
  if (!existsSync(join(folder, 'PG_VERSION'))) return false;
  return user === undefined || statSync(folder).uid === user.uid;
}

/**
 * Starts the server: in the folder of an earlier run if that works, else in a new one.
 * @throws Error with what initdb or the server said
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, user, port } = options;
  await endStalePostmaster(folder);
  let child: ChildProcess | undefined;
  if (isUsable(folder, user)) {
    try {
      child = await launch(options);
    } catch (error) {
      options.onLog(`starting anew: ${String(error)}`);
    }
  }
  if (child === undefined) {
    await initialise(options);
    child = await launch(options);
  }
  let current = child;
  return {
    port,
    running: () => !isEnded(current),
    async start() {
      if (isEnded(current)) current = await launch(options);
    },
    stop: () => end(current),
  };
}
