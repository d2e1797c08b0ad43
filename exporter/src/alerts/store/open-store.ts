import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from '../../log/logger.ts';
import { type Claims, createClaims } from '../delivery/claims.ts';
import { ALONE, type Sharing, type SharingEvents } from '../sharing.ts';
import { openDatabase } from './database.ts';
import { openPostgres } from './postgres/database.ts';
import { createSharing } from './postgres/sharing.ts';
import type { Database } from './sql.ts';

export interface OpenStoreOptions extends SharingEvents {
  /** Of a database in PostgreSQL; undefined for a file. */
  readonly url: string | undefined;
  /** Folder of the file `alerts.db`. */
  readonly stateFolder: string;
  readonly logger: Logger;
}

/** Where alerts are kept, and how that is shared with other exporters. */
export interface OpenStore {
  readonly database: Database;
  readonly sharing: Sharing;
  /** Undefined for an outbox that nobody shares. */
  readonly claims?: Claims;
}

/** What the settings ask for. Opens nothing yet; throws when the URL cannot be used. */
export function openStore({ url, stateFolder, logger, ...events }: OpenStoreOptions): OpenStore {
  if (url === undefined)
    return { database: openDatabase({ path: join(stateFolder, 'alerts.db'), logger }), sharing: ALONE };
  const database = openPostgres(url);
  return {
    database,
    sharing: createSharing({ url, logger, ...events }),
    claims: createClaims(database, randomUUID()),
  };
}
