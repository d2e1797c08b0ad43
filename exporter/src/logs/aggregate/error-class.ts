/** What errors are about: the five classes of the platform's monitoring guide, and the rest. */
export const ERROR_CLASSES = [
  'connection_error',
  'database_error',
  'timeout_error',
  'memory_error',
  'file_error',
  'other',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** What speaks to databases: an error of theirs is about the database, though it be a refused connection. */
const DATABASE_DRIVERS = ['psycopg', 'asyncpg', 'sqlalchemy', 'sqlite'];

/** Words by class. The first class that has one wins, in the guide's order. */
const WORDS: readonly (readonly [ErrorClass, readonly string[]])[] = [
  ['connection_error', ['connection', 'connections', 'connect', 'econnrefused', 'econnreset', 'unreachable']],
  [
    'database_error',
    ['database', 'databases', 'db', 'sql', 'transaction', 'postgres', 'postgresql', 'relation', 'deadlock'],
  ],
  ['timeout_error', ['timeout', 'timeouts', 'timed', 'etimedout']],
  ['memory_error', ['memory', 'oom', 'enomem']],
  ['file_error', ['file', 'files', 'directory', 'enoent', 'enospc']],
];

/** Programs whose errors are about one thing when their words say nothing. */
const BY_DATASET: Readonly<Record<string, ErrorClass>> = { 'postgresql.log': 'database_error' };

/** Words in lower case; `FileNotFoundError` is four. */
function wordsOf(text: string): ReadonlySet<string> {
  const apart = text.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return new Set(apart.split(/[^a-z]+/));
}

/** The class of an error by the words of its text, in any case; whole words: a profile is no file. */
export function errorClassOf(text: string, dataset: string): ErrorClass {
  const words = wordsOf(text);
  if (DATABASE_DRIVERS.some((word) => words.has(word))) return 'database_error';
  const found = WORDS.find(([, list]) => list.some((word) => words.has(word)))?.[0];
  return found ?? (Object.hasOwn(BY_DATASET, dataset) ? BY_DATASET[dataset] : undefined) ?? 'other';
}
