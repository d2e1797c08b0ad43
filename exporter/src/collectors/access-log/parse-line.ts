import type { AccessLine } from './access-line.ts';
import { parseCombined } from './parsers/combined.ts';
import { type JsonObject, parseJsonAccess, parseJsonObject } from './parsers/json.ts';
import { parseIsoTime } from './parsers/log-time.ts';
import { parseLoggingYaml } from './parsers/logging-yaml.ts';
import { parseUvicorn } from './parsers/uvicorn.ts';

/** The formats that are told apart; `other` is every line that is no access line. */
export const LINE_FORMATS = ['uvicorn', 'combined', 'json', 'logging_yaml', 'other'] as const;
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

function found(format: LineFormat, access: AccessLine | null): ParsedLine {
  return access === null ? OTHER : { format, access };
}

function parseText(line: string): ParsedLine {
  const text = line.includes(ESCAPE) ? line.replace(COLOURS, '') : line;
  if (text.startsWith('INFO:')) return found('uvicorn', parseUvicorn(text));
  const logged = parseLoggingYaml(text);
  return logged === null
    ? found('combined', parseCombined(text))
    : { format: 'logging_yaml', access: logged };
}

function parseEnclosed(text: string, time: number | null): ParsedLine {
  const parsed = text.charCodeAt(0) === OPEN_BRACE ? parseObject(parseJsonObject(text)) : parseText(text);
  if (parsed.access === null || parsed.access.time !== null) return parsed;
  return { format: parsed.format, access: { ...parsed.access, time } };
}

function parseObject(object: JsonObject | null): ParsedLine {
  return object === null ? OTHER : found('json', parseJsonAccess(object));
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
