import { createTurns } from '../../base/turns.ts';
import type { Logger } from '../../log/logger.ts';
import { openSqlite, type Sql as SqliteSql } from '../../state/sqlite/database.ts';
import { MIGRATIONS } from './schema.ts';
import type { Database, Dialect, Sql } from './sql.ts';

export interface AlertDatabaseOptions {
  readonly path: string;
  readonly logger: Logger;
  /** Most bytes of the file; the default is 1 GiB. */
  readonly maxBytes?: number;
  readonly now?: () => number;
}

const DIALECT: Dialect = {
  label: (column, name) => `json_extract(${column}, '$.${name}')`,
  labelValues: (column) => `json_each(${column}) l`,
  labelsText: (column) => column,
  jsonRows: (fields) =>
    `json_group_array(json_object(${Object.entries(fields)
      .map(([key, value]) => `'${key}', ${value}`)
      .join(', ')}))`,
  like: 'like',
};

/** What the work says, or throws. */
function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

function promising(sql: SqliteSql): Sql {
  return {
    dialect: DIALECT,
    all: (row, ...statement) => promised(() => sql.all(row, ...statement)),
    first: (row, ...statement) => promised(() => sql.first(row, ...statement)),
    run: (...statement) => promised(() => sql.run(...statement)),
    tell: () => Promise.resolve(),
  };
}

/** The file of the alert store. It has one connection: what is asked of it happens in turns. */
export function openDatabase(options: AlertDatabaseOptions): Database {
  const file = openSqlite({
    ...options,
    name: 'alert store',
    migrations: MIGRATIONS,
    whenFull: 'free space on the disk, or keep less history (alerts.history_entries, alerts.history_age)',
  });
  const inTurn = createTurns();

  const writing =
    (durability: 'synced' | 'unsynced'): Database['write'] =>
    (work) =>
      inTurn(async () => {
        const transaction = file.begin(durability);
        try {
          const result = await work(promising(transaction.sql));
          transaction.commit();
          return result;
        } catch (error) {
          throw transaction.rollback(error);
        }
      });

  const reading: Sql = promising({
    all: (row, ...statement) => file.read((sql) => sql.all(row, ...statement)),
    first: (row, ...statement) => file.read((sql) => sql.first(row, ...statement)),
    run: (...statement) => file.read((sql) => sql.run(...statement)),
  });

  return {
    read: (work) => inTurn(() => work(reading)),
    write: writing('synced'),
    writeUnsynced: writing('unsynced'),
    problem: () => inTurn(() => promised(file.problem)),
    close: () => inTurn(() => promised(file.close)),
  };
}
