import { z } from 'zod';
import type { Query } from './connection.ts';

const tablesRow = z.object({ tables: z.string(), allowed: z.boolean() });
const systemRow = z.object({ system: z.string() });

const TABLES = `
  select concat_ws('/', (select oid from pg_database where datname = current_database()),
                   'telemetry_data'::regclass::oid, 'alerts'::regclass::oid) as tables,
         has_function_privilege('pg_control_system()', 'execute') as allowed`;

const SYSTEM = 'select system_identifier::text as system from pg_control_system()';

/**
 * Names the cluster and the tables behind the connection, so that a kept watermark is never applied to
 * another database, a restored one included: its ids mean other rows.
 */
export async function readIdentity(query: Query): Promise<string> {
  const [row] = await query(tablesRow, TABLES);
  if (row === undefined) throw new Error('the catalogue gave no row');
  const [system] = row.allowed ? await query(systemRow, SYSTEM) : [];
  return `${system?.system ?? 'unknown'}/${row.tables}`;
}
