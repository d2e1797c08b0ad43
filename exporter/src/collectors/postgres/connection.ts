import { TLSSocket } from 'node:tls';
import pg from 'pg';
import { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import { givenUpWords, rejectsOnAbort, withDeadline } from '../../base/deadline.ts';
import { databaseCall, type DatabaseServer } from '../../trace/database-call.ts';
import type { Tracer } from '../../trace/tracer.ts';
import type { CertificateExpiry } from '../tls-expiry.ts';
import type { CollectContext } from '../collector.ts';
import type { PostgresAddress } from '../../base/postgres-address.ts';
import { describePostgresError } from './errors.ts';
import { operationOf } from './operation.ts';

/** Runs one statement and parses its rows. */
export type Query = <T>(row: z.ZodType<T>, text: string, values?: readonly unknown[]) => Promise<T[]>;

/** A transaction that is open. */
export interface Transaction {
  readonly query: Query;
  /** Milliseconds that its statements still have. */
  left(): number;
  /**
   * Runs statements that may fail without harm to the rest: the server stops each after `timeout` milliseconds,
   * and what went wrong is taken back to where it began.
   *
   * @throws Error with one sentence for the operator
   */
  alone<T>(timeout: number, body: () => Promise<T>): Promise<T>;
}

/** The exporter's only connection to the database, opened when needed and kept between attempts. */
export interface PostgresConnection {
  /**
   * Runs the body in one read-only transaction with one snapshot and ends inside the context's time:
   * the server stops a statement in time, and a server that hangs loses the connection.
   *
   * @throws Error with one sentence for the operator
   */
  transaction<T>(context: CollectContext, body: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Time kept back for the way home of a result and for ROLLBACK, milliseconds. */
const MARGIN = 150;

const WITHOUT_TLS = 'The server does not support SSL connections';

/** A pg client that is connected, with the flag that it broke meanwhile. */
interface Link {
  readonly client: pg.Client;
  broken: boolean;
}

function destroy(link: Link): void {
  link.broken = true;
  link.client.connection.stream.destroy();
}

/** Ends a failed transaction. A connection that cannot even do that is of no use any more. */
async function rollback(link: Link): Promise<void> {
  try {
    await link.client.query('ROLLBACK');
  } catch {
    destroy(link);
  }
}

/** The server gives up a little before the exporter does, so that the connection survives a lock. */
function beginStatement(left: number): string {
  const timeout = Math.max(20, Math.floor(left * 0.9));
  return (
    'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; ' +
    `SET LOCAL statement_timeout = ${timeout}; SET LOCAL idle_in_transaction_session_timeout = ${timeout * 2}`
  );
}

/** Opens no connection yet. `expiry` gets the server's certificate when it speaks TLS. */
export function createPostgresConnection(
  address: PostgresAddress,
  expiry: CertificateExpiry | undefined,
  tracer: Tracer,
): PostgresConnection {
  const { host, port, database: namespace } = address;
  const server: DatabaseServer = { system: 'postgresql', host, port, namespace };
  let current: Link | undefined;
  let tls = true;

  function newClient(timeout: number): pg.Client {
    try {
      return new pg.Client({ ...address.config({ tls }), connectionTimeoutMillis: timeout });
    } catch (error) {
      throw new Error(`VALTRONICS_DATABASE_URL ${messageOf(error)}`, { cause: error });
    }
  }

  async function connect(signal: AbortSignal, timeout: number): Promise<Link> {
    const client = newClient(timeout);
    const link: Link = { client, broken: false };
    // Without a listener the death of an idle connection would end the process; the next attempt reconnects.
    client.on('error', () => (link.broken = true));
    client.on('end', () => (link.broken = true));
    const abort = (): void => destroy(link);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await Promise.race([client.connect(), rejectsOnAbort(signal)]);
    } catch (error) {
      destroy(link);
      if (!tls || !address.tlsOptional || !(error instanceof Error) || error.message !== WITHOUT_TLS)
        throw error;
      tls = false;
      return await connect(signal, timeout);
    } finally {
      signal.removeEventListener('abort', abort);
    }
    const { stream } = client.connection;
    if (stream instanceof TLSSocket) expiry?.record(address.target, stream);
    return link;
  }

  /** A connection with an open transaction: the kept one, or a new one when that has died while it was idle. */
  async function begin(context: CollectContext, signal: AbortSignal, remaining: number): Promise<Link> {
    const statement = (): string => beginStatement(context.left() - 2 * MARGIN);
    if (current !== undefined && !current.broken) {
      try {
        await Promise.race([current.client.query(statement()), rejectsOnAbort(signal)]);
        return current;
      } catch (error) {
        destroy(current);
        if (signal.aborted) throw error;
      }
    }
    current = await connect(signal, remaining);
    await Promise.race([current.client.query(statement()), rejectsOnAbort(signal)]);
    return current;
  }

  async function run<T>(
    link: Link,
    context: CollectContext,
    body: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const { client } = link;
    const query: Query = async (row, text, values = []) => {
      const result = await databaseCall(tracer, server, operationOf(text), () =>
        client.query({ text, values: [...values] }),
      );
      return z.array(row).parse(result.rows);
    };
    const alone: Transaction['alone'] = async (timeout, statements) => {
      const most = Math.max(20, Math.floor(timeout));
      await client.query(`SAVEPOINT alone; SET LOCAL statement_timeout = ${most}`);
      try {
        const result = await statements();
        await client.query('RELEASE SAVEPOINT alone');
        return result;
      } catch (error) {
        await client.query('ROLLBACK TO SAVEPOINT alone; RELEASE SAVEPOINT alone');
        throw new Error(describePostgresError(error, address), { cause: error });
      }
    };
    try {
      const result = await body({ query, alone, left: () => context.left() - 2 * MARGIN });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await rollback(link);
      throw error;
    }
  }

  async function transaction<T>(
    context: CollectContext,
    body: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const remaining = Math.max(50, context.left() - MARGIN);
    return withDeadline(context.signal, remaining, async (signal) => {
      try {
        signal.throwIfAborted();
        // Connecting is a part of it, where that is needed.
        const link = await databaseCall(tracer, server, { operation: 'BEGIN' }, () =>
          begin(context, signal, remaining),
        );
        return await Promise.race([run(link, context, body), rejectsOnAbort(signal)]);
      } catch (error) {
        if (!signal.aborted) throw new Error(describePostgresError(error, address), { cause: error });
        if (current !== undefined) destroy(current);
        const message = givenUpWords(address.target, remaining, context.signal);
        throw new Error(message, { cause: error });
      }
    });
  }

  return {
    transaction,
    close: async () => {
      const link = current;
      current = undefined;
      if (link === undefined || link.broken) return;
      const timer = setTimeout(() => destroy(link), 1000);
      await link.client.end();
      clearTimeout(timer);
    },
  };
}
