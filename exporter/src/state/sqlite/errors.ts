/** The store cannot be used now; the message tells operators what to do. */
export class StoreError extends Error {
  /** True when the file itself is damaged, so that opening it again has to start anew. */
  readonly damaged: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly damaged?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.name = 'StoreError';
    this.damaged = options.damaged ?? false;
  }
}

const BUSY = 5;
const READ_ONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** SQLite's result code without its extension; undefined for another error. */
export function sqliteCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

function adviceOf(code: number, whenFull: string): string {
  switch (code) {
    case BUSY:
      return 'another process holds it: give each exporter a state folder of its own';
    case READ_ONLY:
    case CANNOT_OPEN:
      return "make the folder and the file writable for the exporter's user";
    case FULL:
      return whenFull;
    case CORRUPT:
    case NOT_A_DATABASE:
      return 'the file is damaged: it is kept aside and a new one begun at the next use';
    default:
      return 'look at the disk and the permissions of the folder';
  }
}

/** What the sentences about a file need. */
export interface StoreWords {
  /** What it is, e.g. `alert store`. */
  readonly name: string;
  readonly path: string;
  /** What to do when there is no room, e.g. `free space on the disk`. */
  readonly whenFull: string;
}

/** SQLite's error as a sentence for operators. */
export function storeError({ name, path, whenFull }: StoreWords, error: Error, code: number): StoreError {
  const damaged = code === CORRUPT || code === NOT_A_DATABASE;
  return new StoreError(`${name} ${path}: ${error.message}: ${adviceOf(code, whenFull)}`, {
    cause: error,
    damaged,
  });
}
