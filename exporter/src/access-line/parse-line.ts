import type { AccessLine } from './access-line.ts';
import { parseCombined } from './combined.ts';
import { parseHaproxy } from './haproxy.ts';
import { type JsonObject, parseJsonAccess, parseJsonObject } from './json.ts';
import { parseIsoTime } from './log-time.ts';
import { parseServedRequest } from './served-request.ts';

/** The formats that are told apart; `other` is every line that is no access line. */
export const LINE_FORMATS = [
  'uvicorn',
  'combined',
  'json',
  'logging_yaml',
  'envoy',
  'haproxy',
  'other',
] as const;
export type LineFormat = (typeof LINE_FORMATS)[number];

/** A line, read. */
export interface ParsedLine {
  readonly format: LineFormat;
  /** Null for format `other`, and only then. */
  readonly access: AccessLine | null;
}

const OTHER: ParsedLine = { format: 'other', access: null };
/** Line of a Kubernetes container log: time, stream, full or partial, text. */
const CRI = /^(\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:\d\d)) (?:stdout|stderr) [FP] /;
const OPEN_BRACE = 0x7b;
const ESCAPE = '\u001b';
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]{0,20}m`, 'g');

function parseObject(object: JsonObject | null): ParsedLine {
  const access = object === null ? null : parseJsonAccess(object);
  return access === null ? OTHER : { format: 'json', access };
}

/** JSON behind a prefix of syslog or compose. */
function parseBehindPrefix(line: string): ParsedLine {
  const start = line.indexOf('{');
  return start > 0 && line.endsWith('}') ? parseObject(parseJsonObject(line.slice(start))) : OTHER;
}

function parseText(line: string): ParsedLine {
  const text = line.includes(ESCAPE) ? line.replace(COLOURS, '') : line;
  // uvicorn's own prefix first: such a line may hold anything that looks like another format.
  const known = text.startsWith('INFO:')
    ? (parseServedRequest(text) ?? parseCombined(text))
    : (parseCombined(text) ?? parseServedRequest(text));
  if (known !== null) return known;
  const access = parseHaproxy(text);
  return access === null ? parseBehindPrefix(text) : { format: 'haproxy', access };
}

function parseEnclosed(text: string, time: number | null): ParsedLine {
  const parsed = text.charCodeAt(0) === OPEN_BRACE ? parseObject(parseJsonObject(text)) : parseText(text);
  if (parsed.access === null || parsed.access.time !== null) return parsed;
  return { format: parsed.format, access: { ...parsed.access, time } };
}

/**
 * Tells the format of a line and reads it. Lines in the envelope of a container log (Docker's `json-file`,
 * Kubernetes' CRI) are taken out of it first, colours of a terminal are taken off: uvicorn writes to the
 * standard output only. Never throws; the time is linear in the length.
 */
export function parseLine(line: string): ParsedLine {
  if (line.charCodeAt(0) === OPEN_BRACE) {
    const object = parseJsonObject(line);
    const log = object?.['log'];
    if (typeof log !== 'string' || typeof object?.['stream'] !== 'string') return parseObject(object);
    const time = object['time'];
    return parseEnclosed(log.trimEnd(), typeof time === 'string' ? parseIsoTime(time) : null);
  }
  const cri = CRI.exec(line);
  if (cri === null) return parseText(line);
  return parseEnclosed(line.slice(cri[0].length), parseIsoTime(cri[1] ?? ''));
}
