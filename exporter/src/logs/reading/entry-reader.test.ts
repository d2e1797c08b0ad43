import { describe, expect, it } from '@jest/globals';
import { createEntryReader, type EntryReader } from './entry-reader.ts';
import { NOW, readText } from './read-text.fixture.ts';

const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "/app/db.py", line 12, in connect',
  '    raise OperationalError("refused")',
];

function readerOf(options = {}): EntryReader {
  return createEntryReader({
    service: 's',
    fileKey: 'f',
    path: '/f',
    clock: { wall: () => NOW },
    ...options,
  });
}

describe('lines that belong together', () => {
  it('are a message and its traceback', () => {
    const [entry, next, ...rest] = readText(
      [
        'ERROR:    Exception in ASGI application',
        ...TRACEBACK,
        'db.OperationalError: refused',
        'INFO:app.main:next',
      ].join('\n'),
    );
    expect(entry).toMatchObject({
      level: 'ERROR',
      category: 'error',
      message: 'Exception in ASGI application',
      error: { type: 'db.OperationalError', message: 'refused' },
    });
    expect(entry?.error?.stack.split('\n')).toHaveLength(4);
    expect(entry?.raw.split('\n')).toHaveLength(5);
    expect(next?.message).toBe('next');
    expect(rest).toEqual([]);
  });

  it.each([
    'During handling of the above exception, another exception occurred:',
    'The above exception was the direct cause of the following exception:',
  ])('are tracebacks of a chain: %s', (notice) => {
    const [entry, ...rest] = readText(
      ['ERROR:app.main:failed', ...TRACEBACK, 'KeyError: 1', notice, ...TRACEBACK, 'ValueError: two'].join(
        '\n',
      ),
    );
    expect(entry?.error).toMatchObject({ type: 'ValueError', message: 'two' });
    expect(rest).toEqual([]);
  });

  it('are what SQLAlchemy says of a failed statement', () => {
    const [entry, ...rest] = readText(
      [
        'ERROR:app.db:failed',
        ...TRACEBACK,
        'sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "devices" does not exist',
        'LINE 1: SELECT 1 FROM devices',
        '                      ^',
        '[SQL: SELECT 1 FROM devices]',
        '(Background on this error at: https://sqlalche.me/e/14/f405)',
      ].join('\n'),
    );
    expect(entry?.error?.type).toBe('sqlalchemy.exc.ProgrammingError');
    expect(rest).toEqual([]);
  });

  it("are pydantic's fields, however many", () => {
    const text = [
      'ERROR:telemetry.mqtt_handler:Error handling telemetry: 2 validation errors for TelemetryDataCreate',
      'metric_name',
      '  field required (type=value_error.missing)',
      'metrics -> 0 -> value',
      '  value is not a valid float (type=type_error.float)',
    ].join('\n');
    const [entry, ...rest] = readText(`${text}\nPress any key`);
    expect(entry).toMatchObject({ level: 'ERROR', message: text.slice(text.indexOf('Error handling')) });
    expect(rest).toMatchObject([{ level: 'UNKNOWN', message: 'Press any key' }]);
  });

  it("are PostgreSQL's explanations of the same process", () => {
    const line = (process: number, text: string): string =>
      `2026-11-22 23:35:24.840 UTC [${process}] v@d ${text}`;
    const entries = readText(
      [
        line(1, 'ERROR:  no such table'),
        line(1, 'HINT:  make one'),
        line(1, 'STATEMENT:  SELECT 1'),
        '\tFROM nothing',
        line(2, 'ERROR:  other'),
        line(1, 'DETAIL:  of nobody'),
      ].join('\n'),
    );
    expect(entries.map(({ level, message }) => [level, message])).toEqual([
      ['ERROR', 'no such table\nHINT:  make one\nSTATEMENT:  SELECT 1\n\tFROM nothing'],
      ['ERROR', 'other'],
      ['UNKNOWN', 'of nobody'],
    ]);
  });

  it('are a stack of Java', () => {
    const [entry, ...rest] = readText(
      [
        '2026-11-22 23:33:38,120 ERROR app.Main - failed',
        'java.lang.IllegalStateException: no broker',
        '\tat app.Main.run(Main.java:7)',
        'Caused by: java.net.ConnectException: refused',
        '\t... 3 more',
      ].join('\n'),
    );
    expect(entry?.error).toMatchObject({ type: 'java.lang.IllegalStateException', message: 'no broker' });
    expect(rest).toEqual([]);
  });

  it("are SQLAlchemy's statements", () => {
    const entries = readText(
      'INFO:sqlalchemy.engine.Engine:SELECT devices.id \nFROM devices \nWHERE devices.id = ?\nINFO:sqlalchemy.engine.Engine:ROLLBACK',
    );
    expect(entries.map(({ message }) => message)).toEqual([
      'SELECT devices.id \nFROM devices \nWHERE devices.id = ?',
      'ROLLBACK',
    ]);
  });

  it('are a message of the platform whose line breaks are not escaped', () => {
    const head =
      '{"timestamp": "2026-11-22T23:33:38", "level": "ERROR", "logger": "a", "file": "b.py", "line": 1, "message": "';
    const entries = readText(`${head}one\ntwo "three"\nfour"}\n${head}five"}\nsix`);
    expect(entries.map(({ message }) => message)).toEqual(['one\ntwo "three"\nfour', 'five', 'six']);
  });

  it('are those of a private key, of which nothing is left', () => {
    const [entry, ...rest] = readText(
      'DEBUG:app.tls:loaded -----BEGIN PRIVATE KEY-----\nMIIEvQ\nabc=\n-----END PRIVATE KEY-----\nINFO:app.tls:ok',
    );
    expect(entry?.raw).toBe('DEBUG:app.tls:loaded -----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----');
    expect(entry?.message).not.toContain('MIIEvQ');
    expect(rest.map(({ message }) => message)).toEqual(['ok']);
  });
});

describe('lines that do not belong together', () => {
  it('are an access line and the traceback of a crash', () => {
    const [access, crash] = readText(
      ['INFO:     127.0.0.1:1 - "GET / HTTP/1.1" 200 OK', ...TRACEBACK, 'OSError: gone'].join('\n'),
    );
    expect(access).toMatchObject({ category: 'access', level: 'INFO', error: undefined });
    expect(crash).toMatchObject({
      category: 'error',
      level: 'ERROR',
      message: 'OSError: gone',
      format: 'traceback',
    });
  });

  it('are lines of no format: each is kept as it is, unless indented', () => {
    expect(readText('Press any key\n  to stop\nor wait')).toMatchObject([
      { level: 'UNKNOWN', category: 'application', raw: 'Press any key\n  to stop', format: undefined },
      { level: 'UNKNOWN', raw: 'or wait' },
    ]);
  });
});

describe('an entry', () => {
  it('has no more lines than it may: the rest begins another, and none is lost', () => {
    const text = ['ERROR:app.main:failed', ...TRACEBACK, ...TRACEBACK.slice(1), 'KeyError: 1'].join('\n');
    const entries = readText(text, { maxLines: 3 });
    expect(entries.map(({ truncated, level }) => [truncated, level])).toEqual([
      [true, 'ERROR'],
      [true, 'ERROR'],
      [false, 'ERROR'],
    ]);
    expect(entries.map(({ raw }) => raw).join('\n')).toBe(text);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3);
  });

  it('has no more characters than it may', () => {
    const text = [
      'INFO:app.main:a',
      ...Array.from({ length: 100 }, (_, index) => `  ${index}`.padEnd(100)),
    ].join('\n');
    const entries = readText(text, { maxCharacters: 1000 });
    expect(entries.length).toBeGreaterThan(8);
    expect(Math.max(...entries.map(({ raw }) => raw.length))).toBeLessThan(1200);
    expect(entries.map(({ raw }) => raw).join('\n')).toBe(text);
  });

  it('says whether a line of it was cut', () => {
    const reader = readerOf();
    reader.push({ text: 'INFO:app.main:a', offset: 0, truncated: false });
    reader.push({ text: '  b', offset: 16, truncated: true });
    expect(reader.flush()).toMatchObject([{ truncated: true, raw: 'INFO:app.main:a\n  b' }]);
  });

  it('has an id that is the same whenever it is read, and another at another place', () => {
    const text = 'INFO:app.main:a\nINFO:app.main:a';
    const [first, second] = readText(text);
    expect(readText(text).map(({ id }) => id)).toEqual([first?.id, second?.id]);
    expect(first?.id).not.toBe(second?.id);
    expect(readText(text, { fileKey: 'other' })[0]?.id).not.toBe(first?.id);
    expect(first?.id).toMatch(/^[\w-]{1,40}$/);
  });

  it('masks secrets in all of its parts, also where an escape hides them', () => {
    const [entry] = readText(
      '{"level":"info","time":"2026-11-22T23:30:32Z","msg":"asked","req":{"method":"GET","url":"/x?\\u0074oken=abc"},"res":{"statusCode":200},"err":{"type":"E","message":"pass\\u0077ord=hunter2","stack":"E: secret=xyz"}}',
    );
    expect(entry?.request?.url).toBe('/x?token=***');
    expect(entry?.error).toEqual({ type: 'E', message: 'password=***', stack: 'E: secret=***' });
    expect(entry?.raw).toContain('secret=***');
  });
});

describe('the offset up to which all was given out', () => {
  it('is where the entry begins that waits for its next line', () => {
    const reader = readerOf();
    expect(reader.safeOffset(0)).toBe(0);
    expect(reader.push({ text: 'ERROR:a:b', offset: 100, truncated: false })).toEqual([]);
    expect(reader.safeOffset(110)).toBe(100);
    expect(reader.push({ text: '  c', offset: 110, truncated: false })).toEqual([]);
    expect(reader.safeOffset(114)).toBe(100);
    expect(reader.push({ text: 'INFO:a:d', offset: 114, truncated: false })).toHaveLength(1);
    expect(reader.safeOffset(123)).toBe(114);
    expect(reader.flush()).toHaveLength(1);
    expect(reader.safeOffset(123)).toBe(123);
    expect(reader.flush()).toEqual([]);
  });
});

describe('the time of an entry', () => {
  it.each([
    ['of the line', '2026-11-22T23:30:32.123+01:00: New', 'line', '2026-11-22T22:30:32.123Z'],
    ['in the zone of its source', '2026-11-22 23:30:32 [INFO] a: b', 'zoneless', '2026-11-22T22:30:32.000Z'],
    ['without a year', 'Nov 22 23:30:32 host app[1]: b', 'zoneless', '2026-11-22T22:30:32.000Z'],
    ['of its reading', 'INFO:a:b', 'read', '2026-11-29T12:00:00.000Z'],
  ])('is %s', (_, text, timeSource, expected) => {
    const [entry] = readText(text, { timezone: 'Europe/Berlin' });
    expect(entry?.timeSource).toBe(timeSource);
    expect(new Date(entry?.timestamp ?? 0).toISOString()).toBe(expected);
    expect(entry?.created).toBe(NOW);
  });

  it('of the reading is that of its first line', () => {
    let now = 1000;
    const reader = readerOf({ clock: { wall: () => now } });
    reader.push({ text: 'ERROR:a:b', offset: 0, truncated: false });
    now = 2000;
    reader.push({ text: '  c', offset: 10, truncated: false });
    expect(reader.flush()).toMatchObject([{ timestamp: 1000, created: 1000 }]);
  });

  it('needs a zone that exists', () => {
    expect(() => readerOf({ timezone: 'Europe/Atlantis' })).toThrow(RangeError);
    expect(() => readerOf({ format: 'nonsense' })).toThrow('there is no log format "nonsense"');
  });
});
