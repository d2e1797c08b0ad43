import { z } from 'zod';
import { messageOf } from '../../../base/errors.ts';
import type { Logger } from '../../../log/logger.ts';
import { StoreError } from '../../../state/sqlite/errors.ts';
import { type Decision, system } from '../../alert.ts';
import { openPostgres } from '../postgres/database.ts';
import { LEADER } from '../postgres/names.ts';
import { insertHistory, wellFormed } from '../rows.ts';
import type { Sql } from '../sql.ts';
import { type ImportSource, openSource, type Row } from './source.ts';
import { type CopiedTable, TABLES } from './tables.ts';

export interface ImportOptions {
  /** The file, usually `alerts.db` of a state folder. */
  readonly path: string;
  /** The database of PostgreSQL. */
  readonly url: string;
  readonly logger: Logger;
  /** Told how far it came. */
  readonly say: (line: string) => void;
}

/** What was taken over. */
export interface Imported {
  /** When that was, milliseconds since the epoch. */
  readonly at: number;
  /** Whether an earlier run has done it and this one had nothing to do. */
  readonly before: boolean;
  /** Rows by what they are. */
  readonly rows: readonly (readonly [what: string, count: number])[];
  /** Alerts that are open, and notices that wait to be told. */
  readonly open: number;
  readonly waiting: number;
  /** The file's new name, or why it keeps the old one. */
  readonly kept: { readonly as: string } | { readonly because: string };
}

/** Fewest rows between two words of how far it came, and most words about a table. */
const STEP = 10_000;
const WORDS = 10;
/** What is to be told of an alert that the database has told of already. */
const OVERTAKEN = 'told from PostgreSQL since';
const GOES_ON = 'it goes on as the alert that was raised in PostgreSQL';

const countRow = z.object({ n: z.number().nullable() });
const importRow = z.object({ file: z.string(), at: z.number() });

async function numberIn(sql: Sql, text: string, ...values: readonly number[]): Promise<number | undefined> {
  return (await sql.first(countRow, text, ...values))?.n ?? undefined;
}

/** None of those that share the database may tell anybody of it meanwhile, and no number may mean two things. */
async function assertUsable(sql: Sql, source: ImportSource): Promise<void> {
  const lock = await sql.first(
    z.object({ free: z.boolean() }),
    `select pg_try_advisory_xact_lock(${LEADER}) as free`,
  );
  if (lock?.free !== true)
    throw new StoreError(
      'an exporter uses the database: stop each that shares it, take the alerts over, and start them again',
    );
  for (const table of TABLES.filter(({ numbered }) => numbered)) {
    const first = await numberIn(sql, `select min(id) as n from ${table.name}`);
    if (first !== undefined && first <= (await source.last(table)))
      throw new StoreError(
        `the database has ${table.words} of the numbers that those of the file have: take it over into another database`,
      );
  }
}

/** JSON in a text as JSON in JSON. */
function nested({ columns }: CopiedTable, row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(columns).map((name): [string, unknown] => {
      const value = row[name] ?? null;
      return [name, columns[name] === 'json' && typeof value === 'string' ? JSON.parse(value) : value];
    }),
  );
}

async function insert(sql: Sql, table: CopiedTable, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(table.columns).map((name) => `"${name}"`);
  const typed = Object.entries(table.columns).map(([name, type]) => `"${name}" ${type}`);
  await sql.run(
    `insert into ${table.name} (${names.join(', ')}) ${table.numbered ? 'overriding system value' : ''}
     select ${names.join(', ')} from json_to_recordset(?::json) as r(${typed.join(', ')}) ${table.conflict}`,
    JSON.stringify(
      rows.map((row) => nested(table, row)),
      wellFormed,
    ),
  );
}

const openRow = z.object({ fingerprint: z.string(), raised_at: z.number() });

/** Alerts that are open in the file and were raised anew in the database: those of the file are over since then. */
async function createEnding(sql: Sql) {
  const open = await sql.all(openRow, "select fingerprint, raised_at from alerts where state <> 'resolved'");
  const raisedAt = new Map(open.map(({ fingerprint, raised_at: at }) => [fingerprint, at]));
  const ended: { readonly id: number; readonly fingerprint: string; readonly resolution: Decision }[] = [];
  const by = system('import');
  return {
    end: (row: Row): Row => {
      const fingerprint = String(row['fingerprint']);
      const again = row['state'] === 'resolved' ? undefined : raisedAt.get(fingerprint);
      if (again === undefined) return row;
      const at = Math.max(again, Number(row['starts_at']));
      const resolution: Decision = { by, at, comment: GOES_ON };
      ended.push({ id: Number(row['id']), fingerprint, resolution });
      return { ...row, state: 'resolved', resolution: JSON.stringify(resolution), resolved_at: at };
    },
    note: async (): Promise<void> => {
      for (const { id, fingerprint, resolution } of ended)
        await insertHistory(sql, 'resolved', id, fingerprint, resolution);
    },
  };
}

/** What the database has since told of is not told again by what waited in the file. */
async function settleOvertaken(sql: Sql, last: number): Promise<void> {
  await sql.run(
    `update deliveries d set state = 'dead', last_error = '${OVERTAKEN}' where d.id <= ? and d.state = 'pending'
     and exists (select 1 from deliveries n where n.id > ? and n.fingerprint = d.fingerprint and n.receiver = d.receiver)`,
    ...[last, last],
  );
}

async function copy(sql: Sql, source: ImportSource, say: ImportOptions['say']): Promise<Imported['rows']> {
  const ending = await createEnding(sql);
  const copied: (readonly [string, number])[] = [];
  for (const table of TABLES) {
    const total = await source.count(table);
    const step = Math.max(STEP, Math.ceil(total / WORDS));
    let done = 0;
    for await (const page of source.pages(table)) {
      await insert(sql, table, table.name === 'alerts' ? page.map(ending.end) : page);
      const before = done;
      done += page.length;
      if (Math.floor(done / step) > Math.floor(before / step))
        say(`${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${table.words}`);
    }
    copied.push([table.words, done]);
  }
  await ending.note();
  return copied;
}

const lastOf = (source: ImportSource, name: string): Promise<number> => {
  const table = TABLES.find((one) => one.name === name);
  return table === undefined ? Promise.resolve(0) : source.last(table);
};

async function take(
  sql: Sql,
  source: ImportSource,
  { path, say }: ImportOptions,
): Promise<Omit<Imported, 'kept'>> {
  const identity = await source.identity();
  const [earlier] = await sql.all(importRow, 'select file, at from imports where identity = ?', identity);
  if (earlier !== undefined) return { at: earlier.at, before: true, rows: [], open: 0, waiting: 0 };
  const [other] = await sql.all(importRow, 'select file, at from imports');
  if (other !== undefined)
    throw new StoreError(
      `the database has taken ${other.file} over on ${new Date(other.at).toISOString()}, and takes no second one`,
    );
  await assertUsable(sql, source);
  const rows = await copy(sql, source, say);
  const [alerts, notices] = [await lastOf(source, 'alerts'), await lastOf(source, 'deliveries')];
  await settleOvertaken(sql, notices);
  const at = Date.now();
  await sql.run('insert into imports (identity, file, at) values (?, ?, ?)', identity, path, at);
  const open = "select count(*) as n from alerts where state <> 'resolved' and id <= ?";
  const waiting = "select count(*) as n from deliveries where state = 'pending' and id <= ?";
  return {
    ...{ at, before: false, rows },
    open: (await numberIn(sql, open, alerts)) ?? 0,
    waiting: (await numberIn(sql, waiting, notices)) ?? 0,
  };
}

/**
 * Takes all that a store in a file holds over into PostgreSQL, whole or not at all: a run that is killed leaves nothing,
 * and one after it had succeeded changes nothing. The file is kept under another name. Throws a StoreError with what is
 * in the way.
 */
export async function importAlerts(options: ImportOptions): Promise<Imported> {
  const source = openSource(options.path, options.logger);
  const target = openPostgres(options.url);
  try {
    const taken = await target.write((sql) => take(sql, source, options));
    try {
      return { ...taken, kept: { as: await source.setAside() } };
    } catch (error) {
      return { ...taken, kept: { because: messageOf(error) } };
    }
  } finally {
    await source.close();
    await target.close();
  }
}
