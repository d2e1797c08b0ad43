import { REDIS } from './programs.ts';
import { findExecutable, freePort, type RunningServer, startServer, temporaryFolder } from './server.ts';

export interface RedisOptions {
  readonly password?: string;
  /** Further arguments of redis-server. */
  readonly args?: readonly string[];
}

/** A Redis of a test, in a private folder on a free port of 127.0.0.1. */
export interface TestRedis {
  readonly port: number;
  /** With the password when there is one. */
  readonly url: string;
  output(): string;
  /** Stops the server; the folder stays. */
  halt(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port. */
  resume(): Promise<void>;
  /** Sends the process a signal, e.g. SIGSTOP to make it hang. */
  kill(signal: NodeJS.Signals): void;
  /** Stops the server and removes the folder. */
  stop(): Promise<void>;
}

export async function startRedis(options: RedisOptions = {}): Promise<TestRedis> {
  const command = findExecutable(REDIS.names);
  if (command === undefined) throw new Error('redis-server is not installed');
  const { password, args = [] } = options;
  const folder = temporaryFolder('redis');
  const port = await freePort();
  const launch = (): Promise<RunningServer> =>
    startServer({
      command,
      args: [
        ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
        ...['--dir', folder.path, '--daemonize', 'no'],
        ...(password === undefined ? [] : ['--requirepass', password]),
        ...args,
      ],
      port,
      cwd: folder.path,
    });
  let server = await launch();
  return {
    port,
    url: `redis://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    output: () => server.output(),
    halt: (signal = 'SIGTERM') => server.stop(signal),
    resume: async () => {
      server = await launch();
    },
    kill: (signal) => server.process.kill(signal),
    stop: async () => {
      server.process.kill('SIGCONT');
      await server.stop('SIGKILL');
      await folder.remove();
    },
  };
}
