import { DatabaseError } from 'pg';
import { z } from 'zod';
import { messageOf } from '../../../base/errors.ts';
import type { PostgresAddress } from '../../../base/postgres-address.ts';
import { StoreError } from '../../../state/sqlite/errors.ts';
import { SCHEMA } from './schema.ts';

/** What to do by SQLSTATE. */
function adviceOf(code: string, { user, database }: PostgresAddress): string | undefined {
  switch (code) {
    case '28P01':
    case '28000':
      return `correct user and password in VALTRONICS_STORE_URL, or let user "${user}" in (pg_hba.conf)`;
    case '3D000':
      return `make the database: createdb ${database}`;
    case '42501':
      return `let user "${user}" make tables: GRANT CREATE ON DATABASE ${database} TO ${user}, and give it the schema ${SCHEMA} where that is there`;
    case '53100':
      return 'free space on the disk of the database';
    case '53300':
      return 'raise max_connections, or find who holds them';
    case '25006':
      return 'it is a replica, or reads only: name the primary in VALTRONICS_STORE_URL';
    default:
      return undefined;
  }
}

/** What a statement or a connection threw as a sentence for operators, without the password. */
export function storeErrorOf(error: unknown, address: PostgresAddress): StoreError {
  if (error instanceof StoreError) return error;
  const store = `alert store ${address.target}`;
  if (error instanceof z.ZodError)
    return new StoreError(`${store}: a row cannot be read: ${z.prettifyError(error)}`, { cause: error });
  const text = messageOf(error).split('\n')[0] ?? '';
  const advice = error instanceof DatabaseError ? adviceOf(error.code ?? '', address) : undefined;
  return new StoreError(
    `${store}: ${text}: ${advice ?? 'look at the database and the way to it; it is tried again'}`,
    { cause: error },
  );
}
