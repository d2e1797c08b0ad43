import { errorCode } from '../base/errors.ts';
import type { Tracer } from './tracer.ts';

/** The server that is asked, by the names of the conventions. */
export interface DatabaseServer {
  readonly system: 'postgresql' | 'redis';
  readonly host: string;
  readonly port: number;
  /** The database within it. */
  readonly namespace?: string;
}

/** What is asked, without values of any kind. */
export interface DatabaseOperation {
  /** E.g. `SELECT`. */
  readonly operation: string;
  /** The table. */
  readonly collection?: string | undefined;
}

/** Asks a database inside of a client span, by the stable conventions for databases; the text itself is never kept. */
export function databaseCall<T>(
  tracer: Tracer,
  { system, host, port, namespace }: DatabaseServer,
  { operation, collection }: DatabaseOperation,
  ask: () => Promise<T>,
): Promise<T> {
  const summary = collection === undefined ? operation : `${operation} ${collection}`;
  const attributes = {
    'db.system.name': system,
    'db.namespace': namespace,
    'db.operation.name': operation,
    'db.collection.name': collection,
    'db.query.summary': summary,
    'server.address': host,
    'server.port': port,
  };
  return tracer.span(summary, { kind: 'client', attributes }, async (span) => {
    try {
      return await ask();
    } catch (error) {
      span.set({ 'db.response.status_code': errorCode(error) });
      throw error;
    }
  });
}
