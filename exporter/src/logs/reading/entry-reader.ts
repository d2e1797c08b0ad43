import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { LogEntry } from '../entry.ts';
import type { LogFormat, ParsedLine } from '../formats/format.ts';
import { createFormatFinder } from '../formats/format-finder.ts';
import { isIndented } from './continuation.ts';
import { type Envelope, openEnvelope } from './envelope.ts';
import { createEntryMaker, type EntryMakerOptions } from './entry-maker.ts';
import { createLineParts, type EnvelopedLine } from './line-parts.ts';
import {
  appendLine,
  beginEntry,
  beginRest,
  errorOf,
  type Join,
  joinExplanation,
  joinUnread,
  messageOf,
  type OpenLine,
  type PendingEntry,
  writtenOf,
} from './pending-entry.ts';

/** One line of a file, without its end. */
export interface ReadLine {
  readonly text: string;
  /** Byte at which it begins in its file. */
  readonly offset: number;
  /** Whether it was longer than the limit and cut. */
  readonly truncated: boolean;
}

export interface EntryReaderOptions extends EntryMakerOptions {
  /** Whose log it is, unless the lines themselves say it. */
  readonly service: string;
  /** The same for the same file under any name; with the offset it makes the ids. */
  readonly fileKey: string;
  readonly path: string;
  /** Name of the one format of the file; found out without it. */
  readonly format?: string;
  readonly clock: Pick<Clock, 'wall'>;
  /** Most lines of one entry; the next entry begins with the rest. */
  readonly maxLines?: number;
  /** Most characters of one entry, but for its last line. */
  readonly maxCharacters?: number;
}

/** Makes entries of the lines of one file. */
export interface EntryReader {
  /** Takes the next line. Returns the entries that ended with what came before it: mostly none or one. */
  push(line: ReadLine): readonly LogEntry[];
  /** Ends the entry that waits for its next line, and returns it: for a file that is quiet, and at the end of one. */
  flush(): readonly LogEntry[];
  /**
   * The byte up to which everything was given out, where `position` is the end of the last line pushed. A stored
   * position must not lie behind it: what waits in memory would be lost with the process.
   */
  safeOffset(position: number): number;
}

const NONE: readonly LogEntry[] = [];
const MOST_LINES = 1000;
const MOST_CHARACTERS = 131_072;
const KEY_LENGTH = 16;

/** What a line is of which no format knows anything. */
function unread(line: string): ParsedLine {
  return { level: 'UNKNOWN', message: line };
}

/**
 * Reads one file: finds the format of each line, joins tracebacks and other lines that belong together, and gives each entry
 * an id that is the same whenever the file is read again. Throws for a format or a zone that does not exist.
 */
export function createEntryReader(options: EntryReaderOptions): EntryReader {
  const { service, path, clock } = options;
  const { maxLines = MOST_LINES, maxCharacters = MOST_CHARACTERS } = options;
  const finder = createFormatFinder(options.format === undefined ? {} : { format: options.format });
  const make = createEntryMaker(options);
  const idPrefix = createHash('sha256').update(options.fileKey).digest('base64url').slice(0, KEY_LENGTH);
  const parts = createLineParts(maxCharacters);
  let pending: PendingEntry | undefined;

  function finish(entry: PendingEntry): LogEntry {
    const { parsed, format, offset, created, hints, truncated } = entry;
    const error = errorOf(entry);
    return make({
      id: `${idPrefix}-${offset}`,
      parsed,
      message: error === undefined ? entry.message : messageOf(entry, error),
      error,
      written: writtenOf(entry),
      hints,
      created,
      service,
      dataset: format?.dataset ?? 'generic',
      format: format?.name,
      file: path,
      offset,
      truncated,
    });
  }

  function begin(line: OpenLine, parsed: ParsedLine, format: LogFormat | undefined): readonly LogEntry[] {
    const ended = pending === undefined ? NONE : [finish(pending)];
    pending = beginEntry(line, parsed, format, clock.wall());
    return ended;
  }

  /** Adds a line to the pending entry; where that has no room, the line begins a further one. */
  function join(line: OpenLine, entry: PendingEntry, how: Join): readonly LogEntry[] {
    if (entry.lines.length < maxLines && entry.characters < maxCharacters) {
      appendLine(entry, line, how);
      return NONE;
    }
    entry.truncated = true;
    pending = beginRest(line, entry, how);
    return [finish(entry)];
  }

  function read(line: OpenLine, envelope: Envelope | undefined): readonly LogEntry[] {
    const { text } = line;
    const found = pending !== undefined && isIndented(text) ? undefined : finder.parse(text);
    if (pending !== undefined && (found === undefined || found.parsed.explains === true)) {
      const how =
        found === undefined
          ? joinUnread(pending, text)
          : joinExplanation(pending, found.parsed, found.format);
      if (how !== undefined) return join(line, pending, how);
    }
    const parsed = found?.parsed ?? unread(text);
    const time = parsed.time ?? envelope?.time;
    return begin(line, time === parsed.time ? parsed : { ...parsed, time }, found?.format);
  }

  const readEnveloped = ({ line, envelope }: EnvelopedLine): readonly LogEntry[] => read(line, envelope);

  return {
    push: (whole) => {
      const envelope = openEnvelope(whole.text);
      // Most lines are as their program wrote them, and nothing waits for its rest.
      if (envelope === undefined && parts.firstOffset() === undefined) return read(whole, undefined);
      const line: OpenLine =
        envelope === undefined ? whole : { ...whole, text: envelope.text, wrapped: whole.text };
      return parts.push({ line, envelope }).flatMap(readEnveloped);
    },
    flush: () => {
      const ended = parts.flush().flatMap(readEnveloped);
      if (pending === undefined) return ended;
      const last = finish(pending);
      pending = undefined;
      return [...ended, last];
    },
    safeOffset: (position) => Math.min(pending?.offset ?? position, parts.firstOffset() ?? position),
  };
}
