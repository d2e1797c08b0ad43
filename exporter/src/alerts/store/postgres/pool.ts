import pg from 'pg';
import { messageOf } from '../../../base/errors.ts';
import type { PostgresAddress } from '../../../base/postgres-address.ts';
import { SCHEMA } from './schema.ts';

/** Longest wait for a connection, for a statement's answer by the server's own clock, and by ours, milliseconds. */
const CONNECT = 5000;
const STATEMENT = 10_000;
const ANSWER = 15_000;
/**
 * How long a transaction may stand still, milliseconds: an exporter that is stopped in the middle of a write must not hold
 * up the other one.
 */
const IDLE_IN_TRANSACTION = 10_000;
/** Writes take turns: one, what reads meanwhile, and what is claimed. */
const CONNECTIONS = 5;

const WITHOUT_TLS = 'The server does not support SSL connections';

/** 64-bit numbers and sums as numbers; rows are parsed by their own schemas. */
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.BOOL, (text) => text === 't'],
]);

/** All else is a text: no statement asks for what the driver would make of it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id) => PARSERS.get(id) ?? ((text: string) => text),
};

const SESSION = `set search_path to ${SCHEMA}; set statement_timeout = ${STATEMENT};
  set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION}`;

/** What connects to the server, with TLS or without. */
export function driverConfig(address: PostgresAddress, tls: boolean): pg.ClientConfig {
  return { ...address.config({ tls }), connectionTimeoutMillis: CONNECT, query_timeout: ANSWER, types };
}

/** Whether a server was asked for TLS that the URL does not insist on, and has none. */
export function lacksOptionalTls(error: unknown, address: PostgresAddress): boolean {
  return address.tlsOptional && messageOf(error) === WITHOUT_TLS;
}

/** The connections to the database. */
export interface Pool {
  /** A connection that is ready for statements. */
  take(): Promise<pg.PoolClient>;
  close(): Promise<void>;
}

/** Opens no connection yet. */
export function createPool(address: PostgresAddress): Pool {
  const prepared = new WeakSet<pg.PoolClient>();
  let tls = true;
  let pool: pg.Pool | undefined;

  function open(): pg.Pool {
    const opened = new pg.Pool({ ...driverConfig(address, tls), max: CONNECTIONS, allowExitOnIdle: true });
    // Without a listener the death of a connection would end the process, whether it is idle or between two statements of
    // a transaction: the next use opens another, the next statement fails.
    opened.on('error', () => undefined);
    opened.on('connect', (client) => client.on('error', () => undefined));
    return opened;
  }

  async function connect(): Promise<pg.PoolClient> {
    pool ??= open();
    try {
      return await pool.connect();
    } catch (error) {
      if (!tls || !lacksOptionalTls(error, address)) throw error;
      tls = false;
      await pool.end();
      pool = open();
      return pool.connect();
    }
  }

  return {
    take: async () => {
      const client = await connect();
      if (prepared.has(client)) return client;
      try {
        await client.query(SESSION);
      } catch (error) {
        client.release(true);
        throw error;
      }
      prepared.add(client);
      return client;
    },
    close: async () => {
      const open = pool;
      pool = undefined;
      await open?.end();
    },
  };
}
