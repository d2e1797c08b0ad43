import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { messageOf } from '../../../base/errors.ts';
import type { Logger } from '../../../log/logger.ts';
import { type FolderLock, LOCK_FILE, lockFolder } from '../../../state/folder-lock.ts';
import { setAside } from '../../../state/sqlite/database.ts';
import { sqliteCode, StoreError } from '../../../state/sqlite/errors.ts';
import { openDatabase } from '../database.ts';
import { MIGRATIONS } from '../schema.ts';
import type { CopiedTable } from './tables.ts';

/** A row of any table. */
export type Row = Readonly<Record<string, string | number | null>>;

const anyRow = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const PAGE = 500;

/** The file of a store that nobody uses meanwhile. */
export interface ImportSource {
  /** The same for as long as the file holds the same. */
  identity(): Promise<string>;
  /** The table's rows in their order, some at a time. */
  pages(table: CopiedTable): AsyncIterable<readonly Row[]>;
  count(table: CopiedTable): Promise<number>;
  /** The table's highest number; 0 for none. */
  last(table: CopiedTable): Promise<number>;
  /** Gives the file another name, under which no exporter looks for it, and says which. */
  setAside(): Promise<string>;
  close(): Promise<void>;
}

/** What changes with whatever is written to a store. */
const IDENTIFYING = [
  ['alerts', 'id'],
  ['alerts', 'starts_at'],
  ['alerts', 'last_seen'],
  ['audit', 'at'],
  ['deliveries', 'due_at'],
  ['deliveries', 'attempts'],
] as const;
/** A sum that no 64-bit number is too small for. */
const sumOf = (table: string, column: string): string =>
  `(select count(*) || '/' || coalesce(sum(${column} % 1000000007), 0) from ${table})`;

const versionRow = z.object({ user_version: z.number() });
const tableRow = z.object({ name: z.string() });
const checkRow = z.object({ quick_check: z.string() });

/** Looks at the file and writes nothing to it, whatever it is. Not read-only: that would leave its -wal and -shm behind. */
function inspect(path: string): void {
  if (!existsSync(path)) throw new StoreError(`there is no file ${path}`);
  let connection: DatabaseSync | undefined;
  try {
    const sqlite = process.getBuiltinModule('node:sqlite');
    connection = new sqlite.DatabaseSync(path);
    const names = z
      .array(tableRow)
      .parse(connection.prepare("select name from sqlite_master where type = 'table'").all())
      .map(({ name }) => name);
    if (!['alerts', 'audit'].every((name) => names.includes(name)))
      throw new StoreError(`${path} is no alert store: it has no tables of alerts`);
    const { user_version: version } = versionRow.parse(connection.prepare('pragma user_version').get());
    if (version > MIGRATIONS.length)
      throw new StoreError(`${path} was written by a newer version: take it over with that one`);
    const { quick_check: verdict } = checkRow.parse(connection.prepare('pragma quick_check(1)').get());
    if (verdict !== 'ok') throw new StoreError(`${path} is damaged (${verdict}): take a backup over`);
  } catch (error) {
    if (error instanceof StoreError || sqliteCode(error) === undefined) throw error;
    throw new StoreError(`${path} cannot be read as an alert store: ${messageOf(error)}`, { cause: error });
  } finally {
    connection?.close();
  }
}

/** Where an exporter has run, none may run meanwhile: what it wrote would be lost. */
function lock(folder: string, logger: Logger): FolderLock | undefined {
  if (!existsSync(join(folder, LOCK_FILE))) return undefined;
  return lockFolder(folder, 'no port: it takes alerts over', logger, 'and take its alerts over then');
}

/**
 * Opens the file of a store, brought up to date as a start of the exporter would. Throws a StoreError for a file that is
 * none, and an Error while an exporter runs in its folder.
 */
export function openSource(path: string, logger: Logger): ImportSource {
  inspect(path);
  const held = lock(dirname(path), logger);
  const file = openDatabase({ path, logger });

  const number = (text: string): Promise<number> =>
    file.read(async (sql) => {
      const row = await sql.first(z.object({ n: z.number().nullable() }), `select ${text}`);
      return row?.n ?? 0;
    });

  function page({ name, columns, order, pages }: CopiedTable, after: number): Promise<Row[]> {
    const names = Object.keys(columns).map((column) => `"${column}"`);
    return file.read((sql) =>
      pages
        ? sql.all(
            anyRow,
            `select ${order} as place, ${names.join(', ')} from ${name} where ${order} > ? order by ${order} limit ${PAGE}`,
            after,
          )
        : sql.all(anyRow, `select ${names.join(', ')} from ${name} order by ${order}`),
    );
  }

  return {
    identity: () =>
      file.read(async (sql) => {
        const row = await sql.first(
          z.object({ identity: z.string() }),
          `select ${IDENTIFYING.map(([table, column]) => sumOf(table, column)).join(" || ' ' || ")} as identity`,
        );
        return row?.identity ?? '';
      }),
    pages: async function* (table) {
      for (let after = 0; ;) {
        const rows = await page(table, after);
        if (rows.length > 0) yield rows;
        const place = rows.at(-1)?.['place'];
        if (rows.length < PAGE || typeof place !== 'number') return;
        after = place;
      }
    },
    count: ({ name }) => number(`count(*) as n from ${name}`),
    last: ({ name }) => number(`max(id) as n from ${name}`),
    setAside: async () => {
      await file.close();
      return setAside(path, 'imported', Date.now());
    },
    close: async () => {
      await file.close();
      held?.release();
    },
  };
}
