import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../../log/logger.ts';
import { type Claims, createClaims } from '../delivery/claims.ts';
import { ALONE, type Sharing, type SharingEvents } from '../sharing.ts';
import { openDatabase } from './database.ts';
import { openPostgres } from './postgres/database.ts';
import { createSharing } from './postgres/sharing.ts';
import type { Database } from './sql.ts';

/** The store of an exporter that shares it with none. */
const FILE = 'alerts.db';

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

/** Says that a file is there whose alerts nobody sees, since they are kept in a database now, and what to do about it. */
export function warnOfForgotten({
  url,
  stateFolder,
  logger,
}: Pick<OpenStoreOptions, 'url' | 'stateFolder' | 'logger'>): void {
  const file = join(stateFolder, FILE);
  if (url === undefined || !existsSync(file)) return;
  logger.warn(
    {
      file,
      next: `stop each exporter that shares the database, run valtronics-exporter --alerts.import ${file}`,
    },
    'the alerts of an earlier store were not taken over into the database: history and acknowledgements are missing there',
  );
}

/** What the settings ask for. Opens nothing yet; throws when the URL cannot be used. */
export function openStore({ url, stateFolder, logger, ...events }: OpenStoreOptions): OpenStore {
  if (url === undefined)
    return { database: openDatabase({ path: join(stateFolder, FILE), logger }), sharing: ALONE };
  const database = openPostgres(url);
  return {
    database,
    sharing: createSharing({ url, logger, ...events }),
    claims: createClaims(database, randomUUID()),
  };
}
