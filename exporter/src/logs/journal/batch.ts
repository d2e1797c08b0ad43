// As a whole: where Node has no zstd yet, an exporter without logs has to start all the same.
import zlib from 'node:zlib';
import { isObject } from '../../base/is-object.ts';
import type { LogEntry } from '../entry.ts';

/** Of a batch's text, in characters: it is compressed and read back in a millisecond. */
const BATCH_SIZE = 64 * 1024;
/** More than any batch has: a damaged one must not fill the memory. */
const MOST_BYTES = 256 * 1024 * 1024;
const COMPRESSION = {
  params: { [zlib.constants.ZSTD_c_compressionLevel]: 1, [zlib.constants.ZSTD_c_checksumFlag]: 1 },
};

/** Entries as one text of JSON lines. */
export interface Batch {
  readonly text: string;
  /** The text as it stands in the file: compressed, with a checksum over it. */
  readonly content: Uint8Array;
  readonly entries: number;
  /** When the first of them was read, milliseconds since the epoch. */
  readonly since: number;
}

/** The entries in batches of up to 64 KiB, the first of which goes on with `begun`. A larger entry has its own. */
export function batchesOf(entries: Iterable<LogEntry>, begun?: Batch): Batch[] {
  const batches: Batch[] = [];
  let [text, count, since] = [begun?.text ?? '', begun?.entries ?? 0, begun?.since ?? 0];
  const finish = (): void => {
    if (count > 0)
      batches.push({ text, content: zlib.zstdCompressSync(text, COMPRESSION), entries: count, since });
    [text, count] = ['', 0];
  };
  for (const entry of entries) {
    const line = `${JSON.stringify(entry)}\n`;
    if (text.length + line.length > BATCH_SIZE) finish();
    if (count === 0) since = entry.created;
    text += line;
    count += 1;
  }
  finish();
  return batches;
}

/** What every reader of an entry relies on; the rest of it is as this program wrote it. */
export function isLogEntry(value: unknown): value is LogEntry {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    Number.isFinite(value['timestamp']) &&
    Number.isFinite(value['created']) &&
    ['level', 'service', 'dataset', 'category', 'message', 'raw'].every(
      (name) => typeof value[name] === 'string',
    )
  );
}

/** The entries of a batch's content; undefined when it is damaged. */
export function entriesIn(content: Uint8Array): LogEntry[] | undefined {
  try {
    const text = zlib.zstdDecompressSync(content, { maxOutputLength: MOST_BYTES }).toString('utf8');
    const entries: unknown[] = text
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line));
    return entries.every(isLogEntry) ? entries : undefined;
  } catch {
    // The checksum or the form is wrong, in whichever words: nothing of it can be told from damage.
    return undefined;
  }
}
