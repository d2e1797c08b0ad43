import type pg from 'pg';
import { z } from 'zod';
import type { Dialect, Sql, SqlValue } from '../sql.ts';
import { CHANNEL } from './names.ts';

const DIALECT: Dialect = {
  label: (column, name) => `${column} ->> '${name}'`,
  labelValues: (column) => `json_each_text(${column}) l`,
  labelsText: (column) => `${column}::text`,
  jsonRows: (fields) =>
    `coalesce(json_agg(json_build_object(${Object.entries(fields)
      .map(([key, value]) => `'${key}', ${value}`)
      .join(', ')})), '[]')::text`,
  like: 'ilike',
};

/** A text in quotes, or the place of a value. */
const QUOTED_OR_PLACE = /'[^']*'|\?(\d*)/g;
/** Texts that are remembered, and prepared once by each connection. */
const MOST_KNOWN = 500;
const known = new Map<string, { readonly text: string; readonly name: string | undefined }>();

/** The statement with PostgreSQL's `$1` for `?` and `?1`, and a name for it. Most statements are constants. */
export function prepared(text: string): { readonly text: string; readonly name: string | undefined } {
  const found = known.get(text);
  if (found !== undefined) return found;
  let next = 0;
  const numbered = text.replaceAll(QUOTED_OR_PLACE, (part, number: string | undefined) => {
    if (number === undefined) return part;
    return `$${number === '' ? (next += 1) : number}`;
  });
  if (known.size >= MOST_KNOWN) return { text: numbered, name: undefined };
  const statement = { text: numbered, name: `alerts_${known.size}` };
  known.set(text, statement);
  return statement;
}

/** PostgreSQL has no room for a NUL in a text. */
function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

/** Statements on a connection of the driver; `asked` does each of them, and words what goes wrong. */
export function statementsOn(
  client: Pick<pg.ClientBase, 'query'>,
  asked: <T>(request: () => Promise<T>) => Promise<T>,
): Sql {
  const query = (text: string, values: readonly SqlValue[]) =>
    client.query<Record<string, unknown>>({ ...prepared(text), values: values.map(storable) });
  const rows = <T>(row: z.ZodType<T>, text: string, values: readonly SqlValue[]): Promise<T[]> =>
    asked(async () => z.array(row).parse((await query(text, values)).rows));
  return {
    dialect: DIALECT,
    all: (row, text, ...values) => rows(row, text, values),
    first: async (row, text, ...values) => (await rows(row, text, values))[0],
    tell: async (word, about) => {
      await asked(() => query('select pg_notify(?, ?)', [CHANNEL, `${word} ${about}`]));
    },
    run: (text, ...values) => asked(async () => ({ changes: (await query(text, values)).rowCount ?? 0 })),
  };
}
