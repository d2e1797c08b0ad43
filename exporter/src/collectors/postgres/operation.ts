import type { DatabaseOperation } from '../../trace/database-call.ts';

/** The first table, but no function that gives rows, and not what `extract(epoch from …)` takes apart. */
const TABLE = /(?<!\bepoch )\bfrom\s+([a-z_][\w.]*)\b(?!\s*\()/i;
const known = new Map<string, DatabaseOperation>();

/** What a statement of the exporter does, and to which table. Its texts are constants, so that each is read once. */
export function operationOf(text: string): DatabaseOperation {
  let operation = known.get(text);
  if (operation === undefined) {
    const [, word = ''] = /^\s*(\w+)/.exec(text) ?? [];
    operation = { operation: word.toUpperCase(), collection: TABLE.exec(text)?.[1] };
    known.set(text, operation);
  }
  return operation;
}
