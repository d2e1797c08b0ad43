import type pg from 'pg';
import { z } from 'zod';
import { parsePostgresUrl } from '../../../base/postgres-address.ts';
import { createTurns } from '../../../base/turns.ts';
import { StoreError } from '../../../state/sqlite/errors.ts';
import type { Database, Sql } from '../sql.ts';
import { storeErrorOf } from './errors.ts';
import { CHANNEL, WRITER } from './names.ts';
import { createPool } from './pool.ts';
import { MIGRATIONS, SCHEMA } from './schema.ts';
import { statementsOn } from './statements.ts';

const versionRow = z.object({ version: z.number() });

/** Who shares the store writes one after another, as with a file: no two of them see the other's half. */
const BEGIN = `begin; select pg_advisory_xact_lock(${WRITER})`;
const BEGIN_UNSYNCED = `begin; set local synchronous_commit = off; select pg_advisory_xact_lock(${WRITER})`;

/** A connection that work has taken. */
interface Session {
  readonly sql: Sql;
  /** Several statements without values. */
  exec(text: string): Promise<void>;
}

/** Makes the tables, or brings those of an earlier version up to date. */
async function migrate({ sql, exec }: Session): Promise<void> {
  await exec(`create schema if not exists ${SCHEMA};
    create table if not exists store_version (version bigint not null)`);
  const version = (await sql.first(versionRow, 'select version from store_version'))?.version;
  if (version !== undefined && version > MIGRATIONS.length)
    throw new StoreError('the alert store was written by a newer version: use that one for each exporter');
  for (const text of MIGRATIONS.slice(version ?? 0)) await exec(text);
  if (version === undefined) await sql.run('insert into store_version values (?)', MIGRATIONS.length);
  else if (version < MIGRATIONS.length)
    await sql.run('update store_version set version = ?', MIGRATIONS.length);
}

/**
 * The alert store in PostgreSQL, for several exporters that watch the same platform. Each write is made known to all of
 * them. Opens no connection yet; throws when the URL cannot be used.
 */
export function openPostgres(url: string): Database {
  const address = parsePostgresUrl(url);
  const pool = createPool(address);
  const inTurn = createTurns();
  let problem: string | undefined;
  let closed = false;
  let migrated: Promise<void> | undefined;

  /** What the driver is asked for; what it throws is the store's. */
  async function asked<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw storeErrorOf(error, address);
    }
  }

  /** Does the work with a connection of its own. One that failed is thrown away, and what it had begun with it. */
  async function connected<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client: pg.PoolClient = await asked(pool.take);
    try {
      const result = await work({
        sql: statementsOn(client, asked),
        exec: async (text) => {
          await asked(() => client.query(text));
        },
      });
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  function transaction<T>(begin: string, end: string, work: (session: Session) => Promise<T>): Promise<T> {
    return connected(async (session) => {
      await session.exec(begin);
      const result = await work(session);
      await session.exec(end);
      return result;
    });
  }

  /** Once; what failed is tried again by the next use. */
  function ready(): Promise<void> {
    migrated ??= transaction(BEGIN, 'commit', migrate).catch((error: unknown) => {
      migrated = undefined;
      throw error;
    });
    return migrated;
  }

  /** A failure of the store itself, and not of what was asked of it, is a problem until something succeeds. */
  async function watched<T>(work: () => Promise<T>): Promise<T> {
    if (closed)
      throw new StoreError(`alert store ${address.target} is closed: the exporter is stopping or reloading`);
    try {
      await ready();
      const result = await work();
      problem = undefined;
      return result;
    } catch (error) {
      if (error instanceof StoreError) problem = error.message;
      throw error;
    }
  }

  const writing =
    (begin: string, end: string): Database['write'] =>
    (work) =>
      inTurn(() => watched(() => transaction(begin, end, ({ sql }) => work(sql))));
  const write = writing(BEGIN, `notify ${CHANNEL}; commit`);

  return {
    read: (work) => watched(() => connected(({ sql }) => work(sql))),
    write,
    writeUnsynced: writing(BEGIN_UNSYNCED, 'commit'),
    problem: async () => {
      if (problem === undefined) return undefined;
      try {
        await write((sql) => sql.run('select 1'));
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
      }
      return problem;
    },
    close: () =>
      inTurn(() => {
        closed = true;
        return pool.close();
      }),
  };
}
