import type { LoggedError } from '../entry.ts';

const TRACEBACK = 'Traceback (most recent call last):';
const THREAD = 'Exception in thread ';
const LONGEST_NAME = 200;
const SPACE = 0x20;

/** Whether a text may be the name of an exception: `ValueError`, `sqlalchemy.exc.OperationalError`. */
function isName(text: string): boolean {
  if (text === '' || text.length > LONGEST_NAME) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isWord =
      (code >= 0x30 && code <= 0x39) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x61 && code <= 0x7a) ||
      code === 0x5f ||
      code === 0x2e ||
      code === 0x24;
    if (!isWord) return false;
  }
  return true;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/** Where the line that names Python's exception begins: the first behind the last traceback that is not indented. */
function pythonException(stack: string): number {
  let start = lineEnd(stack, stack.lastIndexOf(TRACEBACK)) + 1;
  while (start < stack.length && stack.charCodeAt(start) <= SPACE) start = lineEnd(stack, start) + 1;
  return start;
}

/**
 * The exception of a stack: the last one of a chain of Python's, which is what was raised in the end; the first line of
 * Java's and Node's. A stack that was cut off has an empty type.
 */
export function exceptionOf(stack: string): LoggedError {
  let start = stack.includes(TRACEBACK) ? pythonException(stack) : 0;
  if (stack.startsWith(THREAD, start)) start = stack.indexOf('" ', start) + 2;
  const end = stack.includes(TRACEBACK) ? stack.length : lineEnd(stack, start);
  const colon = stack.indexOf(':', start);
  const typeEnd = colon === -1 || colon > lineEnd(stack, start) ? lineEnd(stack, start) : colon;
  const type = stack.slice(start, typeEnd);
  if (!isName(type)) return { type: '', message: stack.slice(start, end), stack };
  return { type, message: stack.slice(typeEnd + 1, end).trim(), stack };
}

/** Whether a line may name an exception of Java or Node, whose stack follows. */
export function namesException(line: string): boolean {
  if (line.startsWith(THREAD) || line.startsWith('Caused by: ')) return true;
  const colon = line.indexOf(':');
  const end = colon === -1 ? line.length : colon;
  const type = line.slice(0, Math.min(end, LONGEST_NAME + 1));
  return (type.endsWith('Error') || type.endsWith('Exception')) && isName(type);
}
