import type { Logger } from '../../log/logger.ts';
import { type Database, openSqlite } from '../../state/sqlite/database.ts';
import { MIGRATIONS } from './schema.ts';

export interface AlertDatabaseOptions {
  readonly path: string;
  readonly logger: Logger;
  /** Most bytes of the file; the default is 1 GiB. */
  readonly maxBytes?: number;
  readonly now?: () => number;
}

/** The file of the alert store. */
export function openDatabase(options: AlertDatabaseOptions): Database {
  return openSqlite({
    ...options,
    name: 'alert store',
    migrations: MIGRATIONS,
    whenFull: 'free space on the disk, or keep less history (alerts.history_entries, alerts.history_age)',
  });
}
