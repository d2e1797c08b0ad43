import { z } from 'zod';
import type { LabelledValue } from '../../metrics/metrics.ts';
import type { Query } from './connection.ts';

/** Client connections of the server (contract §4, `valtronics_database_connections`). */
export interface ServerConnections {
  readonly used: number;
  readonly max: number;
  /** Undefined when the role may not see the state of every session. */
  readonly idle: number | undefined;
}

const row = z.object({ used: z.number(), idle: z.number(), hidden: z.number(), max: z.number() });

/**
 * Sessions of other users are hidden from a plain role: their backend type and state are NULL, yet a client
 * backend is still known by having both a database and a user, which no background process has.
 */
const CONNECTIONS = `
  select count(*)::float8 as used,
         count(*) filter (where state = 'idle')::float8 as idle,
         count(*) filter (where backend_type is null)::float8 as hidden,
         current_setting('max_connections')::float8 as max
  from pg_stat_activity
  where backend_type = 'client backend'
     or (backend_type is null and datid is not null and usesysid is not null)`;

/** Counts the server's client connections, in any database and state. */
export async function readConnections(query: Query): Promise<ServerConnections> {
  const [counts] = await query(row, CONNECTIONS);
  if (counts === undefined) throw new Error('pg_stat_activity gave no row');
  const { used, idle, hidden, max } = counts;
  return { used, max, idle: hidden > 0 ? undefined : idle };
}

/** The samples of `valtronics_database_connections`; what is unknown has none. */
export function connectionSamples({ used, idle, max }: ServerConnections): LabelledValue<'state'>[] {
  const samples = [
    { labels: { state: 'used' }, value: used },
    { labels: { state: 'max' }, value: max },
  ];
  return idle === undefined ? samples : [...samples, { labels: { state: 'idle' }, value: idle }];
}
