import { isUtf8 } from 'node:buffer';
import { isObject } from '../../base/is-object.ts';
import { parseTolerantJson } from '../../base/json.ts';
import type { UnusableReason } from './unusable.ts';

/** A JSON object as it arrived; nothing about its members is known. */
export type Document = Readonly<Record<string, unknown>>;

const BYTE_ORDER_MARK = 0xfeff;
/** Longer texts on a status topic are no word. */
const LONGEST_STATUS = 64;
const WORD = /^[A-Za-z][A-Za-z_-]{0,39}$/;

/** The check for UTF-8 costs nothing for plain text: only a decoded replacement character makes it look at the bytes. */
function documentOf(payload: Buffer): Document | UnusableReason {
  const text = payload.toString('utf8');
  if (text.includes('\uFFFD') && !isUtf8(payload)) return 'not_utf8';
  try {
    const value = parseTolerantJson(
      text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text,
      'infinite',
    );
    return isObject(value) ? value : 'not_object';
  } catch {
    return 'bad_json';
  }
}

/**
 * The JSON object that a message carries, or why it carries none. A byte order mark is no error, nor is what
 * follows the first NUL: programs in C send the end of their text, or their whole buffer, with it.
 */
export function readDocument(payload: Buffer): Document | UnusableReason {
  if (payload.length === 0) return 'empty';
  const document = documentOf(payload);
  if (document !== 'bad_json' && document !== 'not_utf8') return document;
  const end = payload.indexOf(0);
  return end > 0 ? documentOf(payload.subarray(0, end)) : document;
}

/**
 * The word that is the whole payload, plain (`offline`) or as a JSON text (`"offline"`): what brokers publish as a
 * device's last will. Undefined when it is anything else; JSON's own words (`true`, `null`) are none.
 */
export function readStatusWord(payload: Buffer): string | undefined {
  if (payload.length > LONGEST_STATUS) return undefined;
  const text = payload.toString('utf8').replaceAll('\0', '').trim();
  const isQuoted = text.length > 2 && text.startsWith('"') && text.endsWith('"');
  const word = isQuoted ? text.slice(1, -1).trim() : text;
  if (!WORD.test(word)) return undefined;
  return !isQuoted && ['true', 'false', 'null', 'nan', 'inf'].includes(word.toLowerCase()) ? undefined : word;
}
