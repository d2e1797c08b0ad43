import { describe, expect, it } from '@jest/globals';
import { exceptionOf, namesException } from './exception.ts';

const HEAD = 'Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>\n    run()';

describe('the exception of a stack', () => {
  it.each([
    ['Python', `${HEAD}\nValueError: a: b`, 'ValueError', 'a: b'],
    ['Python, without words', `${HEAD}\nKeyboardInterrupt`, 'KeyboardInterrupt', ''],
    [
      'Python, of several lines',
      `${HEAD}\nsqlalchemy.exc.DataError: a\n[SQL: b]`,
      'sqlalchemy.exc.DataError',
      'a\n[SQL: b]',
    ],
    [
      'Python, the last of a chain',
      `${HEAD}\nKeyError: 1\nDuring handling…:\n${HEAD}\nOSError: 2`,
      'OSError',
      '2',
    ],
    ['Python, cut off', HEAD, '', ''],
    [
      'Java',
      'java.io.IOException: gone\n\tat a.B.c(B.java:1)\nCaused by: x.Y: z',
      'java.io.IOException',
      'gone',
    ],
    ['Java, of a thread', 'Exception in thread "main" java.lang.Error: x\n\tat a', 'java.lang.Error', 'x'],
    ['Node', 'TypeError: x is undefined\n    at serve (server.js:7:3)', 'TypeError', 'x is undefined'],
    ['none', '', '', ''],
  ])('%s', (_, stack, type, message) => {
    expect(exceptionOf(stack)).toEqual({ type, message, stack });
  });
});

describe('a line that names an exception', () => {
  it.each([
    'java.lang.IllegalStateException: x',
    'TypeError',
    'Caused by: a.B: c',
    'Exception in thread "a" b.C',
  ])('%s', (line) => {
    expect(namesException(line)).toBe(true);
  });

  it.each(['an Error: x', 'Error handling telemetry: x', 'Errors: 3', 'Connection refused', ''])(
    'not: %s',
    (line) => {
      expect(namesException(line)).toBe(false);
    },
  );
});
