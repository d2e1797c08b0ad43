import { exceptionOf } from '../formats/exception.ts';
import type { Continuation, LogFormat, ParsedLine } from '../formats/format.ts';
import type { LoggedError } from '../entry.ts';
import { hintsIn, MAY_HOLD_SECRET } from './hints.ts';
import { announcesFields, type Expected, joinLine } from './continuation.ts';

/** A line, taken out of what was around it. */
export interface OpenLine {
  readonly text: string;
  /** The whole line; absent where nothing was around it. */
  readonly wrapped?: string;
  /** Byte at which it begins in its file. */
  readonly offset: number;
  readonly truncated: boolean;
}

/** An entry whose end has not been seen. */
export interface PendingEntry {
  readonly parsed: ParsedLine;
  /** Absent where no format reads its first line. */
  readonly format: LogFormat | undefined;
  /** Byte at which it begins. */
  readonly offset: number;
  /** When its first line was read, milliseconds since the epoch. */
  readonly created: number;
  readonly lines: string[];
  /** Its lines with what was around them; absent where nothing was. */
  wrapped: string[] | undefined;
  /** What its lines may hold, of `hints.ts`. */
  hints: number;
  characters: number;
  truncated: boolean;
  /** Whether its first line is no begin of an entry. */
  readonly isRest: boolean;
  message: string;
  /** Index of the first line of a stack; -1 while there is none. */
  stackFrom: number;
  expected: Expected;
  continuation: Continuation | undefined;
}

const KEY_BEGIN = '-----BEGIN ';
const KEY_END = 'PRIVATE KEY-----';
const JSON_END = '"}';

/** The lines of a private key belong together, so that none of them goes unmasked. */
function keyIn(line: string, hints: number): Continuation | undefined {
  if ((hints & MAY_HOLD_SECRET) === 0) return undefined;
  const begin = line.indexOf(KEY_BEGIN);
  if (begin === -1 || line.includes('-----END', begin)) return undefined;
  return line.includes(KEY_END, begin) ? { until: KEY_END } : undefined;
}

/** An entry that begins with this line. */
export function beginEntry(
  { text: line, wrapped, offset, truncated }: OpenLine,
  parsed: ParsedLine,
  format: LogFormat | undefined,
  created: number,
): PendingEntry {
  const isTraceback = format?.name === 'traceback';
  const hints = hintsIn(line);
  return {
    parsed,
    format,
    offset,
    created,
    lines: [line],
    wrapped: wrapped === undefined ? undefined : [wrapped],
    characters: line.length,
    truncated,
    isRest: false,
    message: parsed.message,
    stackFrom: isTraceback ? 0 : -1,
    expected: isTraceback ? 'traceback' : 'text',
    hints,
    continuation: parsed.continuation ?? keyIn(line, hints),
  };
}

/** How a line joins an entry. */
export interface Join {
  readonly part: 'message' | 'stack';
  /** What the line adds to a message. */
  readonly text: string;
  readonly expected: Expected;
  readonly continuation?: Continuation;
}

/** Adds a line to its entry. */
export function appendLine(entry: PendingEntry, { text, wrapped, truncated }: OpenLine, join: Join): void {
  if (join.part === 'stack' && entry.stackFrom === -1) entry.stackFrom = entry.lines.length;
  if (join.part === 'message' && entry.stackFrom === -1) entry.message += `\n${join.text}`;
  if (wrapped !== undefined) entry.wrapped ??= [...entry.lines];
  entry.wrapped?.push(wrapped ?? text);
  entry.hints |= hintsIn(text);
  entry.lines.push(text);
  entry.characters += text.length + 1;
  entry.truncated ||= truncated;
  entry.expected = join.expected;
  entry.continuation = join.continuation;
}

/** The entry that begins with a line for which the one before has no room. It is of the same time, level and program. */
export function beginRest(line: OpenLine, before: PendingEntry, join: Join): PendingEntry {
  const parsed = { ...before.parsed, message: line.text, error: undefined, request: undefined };
  const begun = beginEntry(line, parsed, before.format, before.created);
  return { ...begun, isRest: true, stackFrom: -1, expected: join.expected, continuation: join.continuation };
}

/** Whether an entry may tell of the exception whose traceback begins behind it: an access line does not. */
function mayHaveTraceback({ expected, stackFrom, parsed: { level, request } }: PendingEntry): boolean {
  if (expected === 'traceback') return true;
  return stackFrom === -1 && level !== 'INFO' && request?.status === undefined;
}

/** How a line joins that a format reads as an explanation of an entry; undefined when it explains another. */
export function joinExplanation(
  entry: PendingEntry,
  parsed: ParsedLine,
  format: LogFormat,
): Join | undefined {
  const { message, levelText = '', process } = parsed;
  if (format.name === 'traceback')
    return mayHaveTraceback(entry) ? { part: 'stack', text: message, expected: 'traceback' } : undefined;
  if (entry.format !== format || entry.parsed.process !== process) return undefined;
  return { part: 'message', text: `${levelText}:  ${message}`, expected: 'text' };
}

/** How a line joins that the entry holds open; the repaired JSON of `logging.yaml` loses what closes it. */
function joinOpen(line: string, { expected }: PendingEntry, continuation: Continuation): Join {
  const end = continuation === 'any' ? undefined : continuation.until;
  if (end === undefined || !line.endsWith(end))
    return { part: 'message', text: line, expected, continuation };
  return { part: 'message', text: end === JSON_END ? line.slice(0, -end.length) : line, expected };
}

/** How a line joins that no format reads; undefined when it does not belong to the entry. */
export function joinUnread(entry: PendingEntry, line: string): Join | undefined {
  const { continuation, lines, message, parsed } = entry;
  if (continuation !== undefined) return joinOpen(line, entry, continuation);
  const fields = entry.expected === 'text' && lines.length === 1 && announcesFields(message);
  const grave = parsed.level === 'ERROR' || parsed.level === 'CRITICAL' || parsed.level === 'WARNING';
  const joined = joinLine(line, fields ? 'field' : entry.expected, grave);
  return joined === undefined
    ? undefined
    : { ...joined, text: line, continuation: keyIn(line, hintsIn(line)) };
}

/** The exception that the lines of an entry tell; undefined without a stack. */
export function errorOf({ parsed, stackFrom, lines, isRest }: PendingEntry): LoggedError | undefined {
  if (stackFrom === -1 || isRest) return parsed.error;
  return exceptionOf(stackFrom === 0 ? lines.join('\n') : lines.slice(stackFrom).join('\n'));
}

/** What people read of an entry: of a traceback without anything before it, the exception. */
export function messageOf(
  { message, parsed, stackFrom }: PendingEntry,
  { type, message: said }: LoggedError,
): string {
  if (stackFrom !== 0 || parsed.explains !== true) return message;
  return type === '' ? said : `${type}: ${said}`;
}

/** All of an entry's lines as they stand in the file. */
export function writtenOf({ lines, wrapped = lines }: PendingEntry): string {
  return wrapped.length === 1 ? (wrapped[0] ?? '') : wrapped.join('\n');
}
