import { namesException } from '../formats/exception.ts';

/** What the lines of an entry so far let its next one be. */
export type Expected =
  /** Nothing in particular: indented lines. */
  | 'text'
  /** pydantic's errors: the path of a field, then indented lines, and so on. */
  | 'field'
  | 'fieldText'
  /** A traceback of Python that has not come to its exception; or that has. */
  | 'traceback'
  | 'tracebackEnd'
  /** A stack of Java or Node. */
  | 'stack';

/** What a line is to the entry that it belongs to, and what may follow it. */
export interface Joined {
  readonly part: 'message' | 'stack';
  readonly expected: Expected;
}

const LONGEST_PATH = 200;
/** What Python writes between the tracebacks of a chain. */
const CHAINED: ReadonlySet<string> = new Set([
  'During handling of the above exception, another exception occurred:',
  'The above exception was the direct cause of the following exception:',
]);
/** Lines of an exception of SQLAlchemy and of PostgreSQL's driver behind its first. */
const EXCEPTION_TAILS: readonly string[] = [
  ...[
    '[SQL: ',
    '[parameters: ',
    '(Background on this error at: ',
    'LINE ',
    'DETAIL: ',
    'HINT: ',
    'CONTEXT: ',
  ],
];

/** Whether a line begins with a blank or a tab: it goes on with what stands before it. */
export function isIndented(line: string): boolean {
  const code = line.charCodeAt(0);
  return code === 0x20 || code === 0x09;
}

/** Whether a message announces lines about fields: `1 validation error for TelemetryDataCreate`. */
export function announcesFields(message: string): boolean {
  return message.includes(' validation error for ') || message.includes(' validation errors for ');
}

/** Whether a line is the path of a field: `metrics -> 0 -> value`, `metrics.0.value`. */
function isFieldPath(line: string): boolean {
  if (line.length > LONGEST_PATH) return false;
  return line.split(' -> ').every((part) => part !== '' && !part.includes(' ') && !part.includes(':'));
}

/** A stack begins with the name of an exception, or right with its frames. */
function beginsStack(line: string): boolean {
  return line.startsWith('\tat ') || line.startsWith('    at ');
}

function indented(line: string, expected: Expected): Joined {
  switch (expected) {
    case 'traceback':
    case 'tracebackEnd':
    case 'stack':
      return { part: 'stack', expected };
    case 'field':
    case 'fieldText':
      return { part: 'message', expected: 'field' };
    case 'text':
      return beginsStack(line) ? { part: 'stack', expected: 'stack' } : { part: 'message', expected };
  }
}

/**
 * Whether a line that no format reads belongs to the entry before it, and as what; undefined when it does not. `grave` is
 * true for an entry of which an exception may be the reason.
 */
export function joinLine(line: string, expected: Expected, grave: boolean): Joined | undefined {
  if (isIndented(line)) return indented(line, expected);
  switch (expected) {
    case 'traceback':
      if (CHAINED.has(line)) return { part: 'stack', expected };
      return { part: 'stack', expected: announcesFields(line) ? 'field' : 'tracebackEnd' };
    case 'tracebackEnd':
      if (CHAINED.has(line)) return { part: 'stack', expected: 'traceback' };
      return EXCEPTION_TAILS.some((begin) => line.startsWith(begin))
        ? { part: 'stack', expected }
        : undefined;
    case 'field':
      if (CHAINED.has(line)) return { part: 'stack', expected: 'traceback' };
      return isFieldPath(line) ? { part: 'message', expected: 'fieldText' } : undefined;
    case 'fieldText':
      return undefined;
    case 'stack':
      return line.startsWith('Caused by: ') ? { part: 'stack', expected } : undefined;
    case 'text':
      return grave && namesException(line) ? { part: 'stack', expected: 'stack' } : undefined;
  }
}
