import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findExecutable, freePort, startServer, temporaryFolder, type RunningServer } from './server.ts';

const run = promisify(execFile);

export interface MosquittoOptions {
  /** A free port when left out. */
  readonly port?: number;
  /** More lines of mosquitto.conf. */
  readonly lines?: readonly string[];
  /** Lines of an ACL file. */
  readonly acl?: readonly string[];
  /** Users with their passwords; anonymous clients are refused then. */
  readonly users?: Readonly<Record<string, string>>;
  /** An existing folder in which sessions and queues survive a kill. */
  readonly persistence?: string;
}

/** The first executable of that name; throws where Debian's package is missing. */
function required(name: string): string {
  const path = findExecutable([name]);
  if (path === undefined) throw new Error(`${name} is not installed (apt-get install mosquitto)`);
  return path;
}

async function writePasswords(path: string, users: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(users).map(([user, password]) => `${user}:${password}`);
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  await run(required('mosquitto_passwd'), ['-U', path]);
}

/**
 * Starts a mosquitto on 127.0.0.1 with its configuration in a private folder, which goes when it stops.
 * Without `users` anonymous clients are accepted. Queues are unbounded, so that floods are not dropped.
 */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<RunningServer> {
  const folder = temporaryFolder('mosquitto');
  const port = options.port ?? (await freePort());
  const file = (name: string): string => join(folder.path, name);
  const lines = [
    `listener ${port} 127.0.0.1`,
    // Started as root it would change to a user who may not read these files.
    `user ${userInfo().username}`,
    'max_queued_messages 0',
    'sys_interval 1',
    `allow_anonymous ${options.users === undefined ? 'true' : 'false'}`,
    ...(options.users === undefined ? [] : [`password_file ${file('passwords')}`]),
    ...(options.acl === undefined ? [] : [`acl_file ${file('acl')}`]),
    ...(options.persistence === undefined
      ? []
      : [
          'persistence true',
          `persistence_location ${options.persistence}/`,
          'autosave_on_changes true',
          'autosave_interval 1',
        ]),
    ...(options.lines ?? []),
  ];
  try {
    if (options.users !== undefined) await writePasswords(file('passwords'), options.users);
    if (options.acl !== undefined)
      await writeFile(file('acl'), `${options.acl.join('\n')}\n`, { mode: 0o600 });
    await writeFile(file('mosquitto.conf'), `${lines.join('\n')}\n`);
    const server = await startServer({
      command: required('mosquitto'),
      args: ['-c', file('mosquitto.conf')],
      port,
    });
    return {
      ...server,
      stop: async (signal) => {
        await server.stop(signal);
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
