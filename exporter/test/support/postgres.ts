import { execFile } from 'node:child_process';
import { chown, copyFile, stat, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import type { TestCertificate } from './certificate.ts';
import { POSTGRES } from './programs.ts';
import { findExecutable, freePort, type RunningServer, startServer, temporaryFolder } from './server.ts';

export interface PostgresOptions {
  /** How every client has to identify itself; `trust` by default. */
  readonly auth?: 'trust' | 'scram-sha-256';
  /** Password of the superuser `postgres`; `superuser` by default. */
  readonly password?: string;
  /** Lines of postgresql.conf, without `port`. */
  readonly settings?: readonly string[];
}

/** A PostgreSQL server of a test, in a private folder on a free port of 127.0.0.1. */
export interface TestPostgres {
  readonly port: number;
  /** Holds `data/` and the unix socket. */
  readonly folder: string;
  /** Connection URL; superuser `postgres` and database `postgres` by default. */
  url(database?: string, user?: string, password?: string): string;
  /** Makes an empty database and returns its URL for the superuser. */
  createDatabase(name: string): Promise<string>;
  /** Runs statements as superuser and returns the rows of the last. */
  sql(text: string, database?: string): Promise<Record<string, unknown>[]>;
  /** A connected client, to be ended by the test. */
  connect(database?: string): Promise<pg.Client>;
  output(): string;
  /** Stops the server and keeps its data; `SIGINT` (fast) by default, `SIGQUIT` for a crash. */
  halt(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port. */
  resume(): Promise<void>;
  /** Stops the server and removes the folder. */
  stop(): Promise<void>;
}

const result = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

/** initdb refuses root, so a test that runs as root uses the account of Debian's package. */
function account(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error('there is no user postgres to run PostgreSQL as');
  return { uid: Number(uid), gid: Number(gid) };
}

/** Starts a server; what it costs is about two seconds, so share it between the tests of a file. */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestPostgres> {
  const { auth = 'trust', password: superuserPassword = 'superuser', settings = [] } = options;
  const initdb = findExecutable(POSTGRES.names, POSTGRES.folders);
  if (initdb === undefined) throw new Error('PostgreSQL is not installed');
  const folder = temporaryFolder('postgres');
  const owner = account();
  const data = join(folder.path, 'data');
  const passwordFile = join(folder.path, 'password');
  await writeFile(passwordFile, superuserPassword);
  for (const path of [folder.path, passwordFile])
    if (owner.uid !== undefined && owner.gid !== undefined) await chown(path, owner.uid, owner.gid);
  await promisify(execFile)(
    initdb,
    ['-D', data, '-U', 'postgres', '-A', auth, `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '-N'],
    { ...owner, cwd: folder.path },
  );
  const port = await freePort();
  const flags = ['fsync=off', 'full_page_writes=off', 'listen_addresses=127.0.0.1', ...settings];

  const launch = (): Promise<RunningServer> =>
    startServer({
      command: join(dirname(initdb), 'postgres'),
      args: ['-D', data, '-p', String(port), '-k', folder.path, ...flags.flatMap((flag) => ['-c', flag])],
      port,
      cwd: folder.path,
      ...owner,
      ready: async () => {
        try {
          await (await connect()).end();
          return true;
        } catch {
          return false;
        }
      },
    });

  const url = (database = 'postgres', user = 'postgres', password = superuserPassword): string =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

  async function connect(database?: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url(database) });
    // A test that stops the server under an idle client does so on purpose.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async function sql(text: string, database?: string): Promise<Record<string, unknown>[]> {
    const client = await connect(database);
    try {
      // Several statements give an array of results, which the types do not say.
      const results: unknown = await client.query(text);
      return (
        z
          .array(result)
          .parse(Array.isArray(results) ? results : [results])
          .at(-1)?.rows ?? []
      );
    } finally {
      await client.end();
    }
  }

  let server = await launch();
  return {
    port,
    folder: folder.path,
    url,
    sql,
    connect,
    output: () => server.output(),
    createDatabase: async (name) => {
      await sql(`create database ${pg.escapeIdentifier(name)}`);
      return url(name);
    },
    halt: (signal = 'SIGINT') => server.stop(signal),
    resume: async () => {
      server = await launch();
    },
    stop: async () => {
      await server.stop('SIGINT');
      await folder.remove();
    },
  };
}

/** Lets the server speak TLS with this certificate, or with another one than before; who is connected stays so. */
export async function presentCertificate(server: TestPostgres, certificate: TestCertificate): Promise<void> {
  const { uid, gid } = await stat(join(server.folder, 'data'));
  const copies = { ssl_key_file: certificate.keyPath, ssl_cert_file: certificate.certPath };
  for (const [setting, path] of Object.entries(copies)) {
    const copy = join(server.folder, `${setting}.pem`);
    await copyFile(path, copy);
    await chown(copy, uid, gid);
    await server.sql(`alter system set ${setting} = '${copy}'`);
  }
  await server.sql('alter system set ssl = on');
  await server.sql('select pg_reload_conf()');
}
