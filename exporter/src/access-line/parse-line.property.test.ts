import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectQuick } from '../../test/support/quick.ts';
import { LINE_FORMATS, type ParsedLine, parseLine } from './parse-line.ts';

const EXAMPLES = [
  'INFO:     127.0.0.1:59046 - "GET /api/v1/health/ping HTTP/1.1" 200 OK',
  `INFO:     ('127.0.0.1', 36102) - "WebSocket /ws/1" [accepted]`,
  '10.0.0.7 - - [22/Nov/2026:23:30:32 +0000] "GET /x HTTP/1.1" 200 5 "-" "agent" "1.2.3.4" rt=0.005 urt="0.004"',
  '2026-11-22 23:33:38 [INFO] 127.0.0.1:59046 - "GET / HTTP/1.1" 200',
  '{"request":{"method":"GET","uri":"/x","remote_ip":"::1"},"status":200,"duration":"5ms","ts":1795390232.5}',
  '{"log":"INFO:     1.2.3.4:5 - \\"GET / HTTP/1.1\\" 200 OK\\n","stream":"stdout","time":"2026-11-22T23:30:32Z"}',
  'Nov 22 23:30:32 web-1 haproxy[1]: 1.2.3.4:5 [22/Nov/2026:23:30:32.655] in back/srv 1/0/3/4/9 200 2 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1"',
  '[2026-11-22T23:30:32.000Z] "GET /x HTTP/1.1" 200 - 0 512 12 11 "1.2.3.4" "curl" "id" "host" "1.2.3.5:80"',
  'www.example.org:443 1.2.3.4 - a [b [22/Nov/2026:23:30:32 +0000] "GET /x HTTP/1.1" 200 5 "-" "agent" urt="1.004, 0.012" 25ms',
  'backend-1  | INFO:     127.0.0.1:59046 - "GET / HTTP/1.1" 200 OK',
  'backend-1  | {"http":{"request":{"method":"GET"},"response":{"status_code":200}},"url":{"path":"/x"}}',
  '{"req":{"method":"GET","url":"/x"},"res":{"statusCode":200},"responseTime":12,"agent":"\\\\x22"}',
  '2026-11-22T23:30:32.123Z stdout F INFO:     1.2.3.4:5 - "GET / HTTP/1.1" 200 OK',
];

/** An example with a part of it replaced by anything. */
const damaged = fc
  .record({
    example: fc.constantFrom(...EXAMPLES),
    from: fc.nat(150),
    length: fc.nat(40),
    put: fc.string({ unit: 'binary' }),
  })
  .map(({ example, from, length, put }) => example.slice(0, from) + put + example.slice(from + length));

/** Something that a backtracking parser would choke on: a start, and one short piece over and over. */
const adversarial = fc
  .record({
    start: fc.constantFrom('', ...EXAMPLES.map((example) => example.slice(0, 60)), ...EXAMPLES),
    piece: fc.oneof(
      fc.constantFrom(
        '"',
        '\\"',
        '" ',
        ' "',
        ' [',
        ' [2',
        ' [22/Nov/2026:23:30:32.655] ',
        '[22/Nov/2026:23:30:32 +0000] "',
        '="',
        ', ',
        '\\x22',
        '{',
        '1.004, ',
        '1ms',
        '1/',
        '] "',
        ' - "',
        '\\',
        ' ',
        '0',
        '0.',
        'a=',
        '\u001b[1',
        '{"a":',
        '[',
      ),
      fc.string({ minLength: 1, maxLength: 6 }),
    ),
    end: fc.constantFrom('', '"', '} ', '" 200', 'x'),
  })
  .map(({ start, piece, end }) => start + piece.repeat(Math.ceil(65_000 / piece.length)) + end);

function expectSound({ format, access }: ParsedLine): void {
  expect(LINE_FORMATS).toContain(format);
  expect(access === null).toBe(format === 'other');
  if (access === null) return;
  expect(access.method).toMatch(/^(?:[A-Z]{3,7}|other)$/);
  expect(access.status).toMatch(/^(?:000|[1-5]\d\d)$/);
  if (access.path !== null) expect(access.path).toMatch(/^\/[^?#]*$/u);
  if (access.durationSeconds !== null) {
    expect(access.durationSeconds).toBeGreaterThanOrEqual(0);
    expect(access.durationSeconds).toBeLessThan(Infinity);
  }
  if (access.time !== null) expect(Number.isFinite(access.time)).toBe(true);
}

describe('parseLine', () => {
  it('reads its examples', () => {
    for (const example of EXAMPLES) expect(parseLine(example).access).not.toBeNull();
  });

  it('never throws and never gives more than a label can take', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), damaged, fc.json()), (line) =>
        expectSound(parseLine(line)),
      ),
      {
        numRuns: 2000,
      },
    );
  });

  it('stays linear on the longest lines', () => {
    fc.assert(
      fc.property(adversarial, (line) => expectQuick(() => expectSound(parseLine(line)))),
      { numRuns: 300 },
    );
  });

  it('gives the same for a line whatever its envelope', () => {
    fc.assert(
      fc.property(damaged, (line) => {
        fc.pre(!/[\r\n]/.test(line) && line === line.trimEnd());
        // An envelope within an envelope is none.
        fc.pre(!/ (?:stdout|stderr) [FP] |"stream"/.test(line));
        const bare = parseLine(line).access;
        fc.pre(bare !== null);
        const docker = parseLine(JSON.stringify({ log: `${line}\n`, stream: 'stdout' })).access;
        expect(docker).toEqual(bare);
      }),
    );
  });
});
