import { hash } from 'node:crypto';
import { isObject } from '../../base/is-object.ts';
import { ownCopy } from '../../base/own-copy.ts';
import type { LogEntry } from '../entry.ts';
import { readLogObject } from '../formats/json-object.ts';
import { createEntryMaker, type EntryMakerOptions } from '../reading/entry-maker.ts';
import type { BodyItem, UnreadItem } from './body-items.ts';
import { createUnwrapper } from './wrapped-line.ts';

/** Whose entry it is that does not say so. */
const UNKNOWN_SERVICE = 'unknown';
/** Characters of an entry that are kept. */
const MOST_CHARACTERS = 131_072;
const ID_LENGTH = 24;

/** Makes entries of the objects that were sent in one request. */
export interface ObjectReader {
  /** The entry, or why it is none. */
  read(item: BodyItem): LogEntry | UnreadItem;
}

export interface ObjectReaderOptions {
  readonly mask?: EntryMakerOptions['mask'];
  /** When the request came, milliseconds since the epoch. */
  readonly created: number;
  /** Counts the entries without a time of their own, over all requests. */
  readonly untimed: () => number;
}

function cut(entry: LogEntry): LogEntry {
  if (entry.raw.length <= MOST_CHARACTERS) return entry;
  const { raw, message } = entry;
  return {
    ...entry,
    raw: ownCopy(raw.slice(0, MOST_CHARACTERS)),
    message: ownCopy(message.slice(0, MOST_CHARACTERS)),
    truncated: true,
  };
}

/**
 * The same content is the same entry, however often it is sent: the id is made of it and of its number among equals in the
 * request. Without a time of its own it is of the time of the request, and each sending is another entry.
 */
export function createObjectReader({ mask, created, untimed }: ObjectReaderOptions): ObjectReader {
  // A time without zone in JSON is UTC: JavaScript's and Python's `utcnow` write so.
  const make = createEntryMaker({ timezone: 'UTC', mask });
  const unwrap = createUnwrapper();
  const equals = new Map<string, number>();

  function idOf(text: string, hasTime: boolean): string {
    const number = hasTime ? (equals.get(text) ?? 0) : untimed();
    if (hasTime) equals.set(text, number + 1);
    const place = hasTime ? String(number) : `${created} ${number}`;
    return hash('sha256', `${place}\n${text}`, 'base64url').slice(0, ID_LENGTH);
  }

  function entryOf(text: string, value: unknown): LogEntry | UnreadItem {
    if (!isObject(value)) return { reason: 'no object' };
    const outer = readLogObject(value);
    if (outer === undefined) return { reason: 'has neither message nor time, level, request or exception' };
    // Who says the level has read the line already.
    const isRead = outer.level !== 'UNKNOWN' || outer.request !== undefined || outer.error !== undefined;
    const { parsed, format } = isRead ? { parsed: outer, format: undefined } : unwrap(outer);
    const id = idOf(text, parsed.time !== undefined);
    const parts = { id, parsed, written: text, created, service: UNKNOWN_SERVICE };
    return cut(make({ ...parts, dataset: format?.dataset ?? 'generic', format: format?.name ?? 'json' }));
  }

  return {
    read: ({ text, value }) => {
      try {
        return entryOf(text, value);
      } catch (error) {
        if (error instanceof RangeError) return { reason: 'nested too deeply' };
        throw error;
      }
    },
  };
}
