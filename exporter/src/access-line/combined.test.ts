import { describe, expect, it } from '@jest/globals';
import type { AccessLine } from './access-line.ts';
import { parseLine } from './parse-line.ts';

const TIME = Date.parse('2026-11-22T23:30:32Z');
const BASE: AccessLine = {
  method: 'GET',
  path: '/api/v1/devices/7',
  status: '200',
  durationSeconds: null,
  client: '10.0.0.7',
  time: TIME,
};
const HEAD = '10.0.0.7 - - [22/Nov/2026:23:30:32 +0000] "GET /api/v1/devices/7?full=1 HTTP/1.1" 200 512';
const AGENT = '"https://example.com/" "Mozilla/5.0 (X11; Linux) [en] 1.234"';

describe('lines of nginx', () => {
  it.each<[string, string, Partial<AccessLine>]>([
    ['common', HEAD, {}],
    ['common, bytes unknown', HEAD.replace('512', '-'), {}],
    ['combined', `${HEAD} ${AGENT}`, {}],
    ['with X-Forwarded-For', `${HEAD} ${AGENT} "203.0.113.9, 10.0.0.2"`, { client: '203.0.113.9' }],
    ['with an empty X-Forwarded-For', `${HEAD} ${AGENT} "-"`, {}],
    ['with a forged X-Forwarded-For', `${HEAD} ${AGENT} "<script>"`, {}],
    ['with an IPv6 X-Forwarded-For', `${HEAD} ${AGENT} "[2001:db8::1]:443"`, { client: '2001:db8::1' }],
    ['with $request_time', `${HEAD} ${AGENT} 0.005`, { durationSeconds: 0.005 }],
    ['with "$request_time"', `${HEAD} ${AGENT} "0.005"`, { durationSeconds: 0.005 }],
    ['with both', `${HEAD} ${AGENT} "203.0.113.9" 1.500`, { client: '203.0.113.9', durationSeconds: 1.5 }],
    [
      'with $request_time and $upstream_response_time',
      `${HEAD} ${AGENT} 0.105 0.090`,
      { durationSeconds: 0.105 },
    ],
    [
      'with keys',
      `${HEAD} ${AGENT} rt=0.105 uct="0.001" uht="0.090" urt="0.090"`,
      { durationSeconds: 0.105 },
    ],
    ['with keys in another order', `${HEAD} ${AGENT} urt=0.090 rt=0.105`, { durationSeconds: 0.105 }],
    ['with a quoted key', `${HEAD} ${AGENT} request_time="0.105"`, { durationSeconds: 0.105 }],
    ['with urt alone', `${HEAD} ${AGENT} urt=0.090`, { durationSeconds: 0.09 }],
    [
      'with urt of two upstreams',
      `${HEAD} ${AGENT} upstream_response_time="1.004, 0.012"`,
      { durationSeconds: 1.016 },
    ],
    ['with urt of a redirect', `${HEAD} ${AGENT} urt="1.004 : 0.012"`, { durationSeconds: 1.016 }],
    ['with urt of one that failed', `${HEAD} ${AGENT} urt="-, 0.012"`, { durationSeconds: 0.012 }],
    ['with bare times of two upstreams', `${HEAD} ${AGENT} 1.004, 0.012`, { durationSeconds: 1.016 }],
    ['with quoted times of two upstreams', `${HEAD} ${AGENT} "1.004, 0.012"`, { durationSeconds: 1.016 }],
    ['with the seconds of gunicorn', `${HEAD} ${AGENT} 0.005123`, { durationSeconds: 0.005123 }],
    [
      'of traefik',
      `${HEAD} "-" "-" 123 "api@docker" "http://10.0.0.2:8000" 25ms`,
      { durationSeconds: 0.025 },
    ],
    ['a whole number, whose unit nobody says', `${HEAD} ${AGENT} 12345`, {}],
    ['of a user with a bracket', `${HEAD.replace('- -', '- a [b')} ${AGENT}`, {}],
    ['of a user with many', `${HEAD.replace('- -', '- [ [2 [22/Nov] [x')} ${AGENT}`, {}],
    ['of a user with blanks', `${HEAD.replace('- -', '- John Doe')} ${AGENT}`, {}],
    ['of a user that looks like a client', `${HEAD.replace('- -', '- 192.0.2.1 -')} ${AGENT}`, {}],
    ['with the virtual host', `www.example.org:443 ${HEAD} ${AGENT}`, {}],
    ['with an address as virtual host', `192.0.2.5:443 ${HEAD} ${AGENT}`, {}],
    ['with the name of the server', `valtronics.example.com ${HEAD} ${AGENT}`, {}],
    ['with syslog', `Nov 22 23:30:32 web-1 nginx: ${HEAD} ${AGENT}`, {}],
    ['with syslog and priority', `<190>Nov 22 23:30:32 web-1 nginx: ${HEAD} ${AGENT}`, {}],
    ['with syslog of RFC 5424', `<190>1 2026-11-22T23:30:32Z web-1 nginx 417 - - ${HEAD} ${AGENT}`, {}],
    ['with compose', `nginx-1  | ${HEAD} ${AGENT}`, {}],
    [
      'behind the list of X-Forwarded-For',
      `203.0.113.9, 10.0.0.2, ${HEAD} ${AGENT}`,
      { client: '203.0.113.9' },
    ],
    ['with urt that never came', `${HEAD} ${AGENT} urt=-`, {}],
    ['common with $request_time', `${HEAD} 0.250`, { durationSeconds: 0.25 }],
    [
      'of ingress-nginx',
      `${HEAD} ${AGENT} 417 0.033 [default-backend-8000] [] 10.1.0.4:8000 1024 0.032 200 9f1c8a3e`,
      { durationSeconds: 0.033 },
    ],
    [
      'with an ISO time',
      `${HEAD.replace('22/Nov/2026:23:30:32 +0000', '2026-11-22T23:30:32+00:00')} ${AGENT}`,
      {},
    ],
    ['with a time in another zone', `${HEAD.replace('23:30:32 +0000', '18:00:32 -0530')} ${AGENT}`, {}],
    ['with a user', `${HEAD.replace('- -', '- ops')} ${AGENT}`, {}],
    ['over IPv6', `${HEAD.replace('10.0.0.7', '2001:db8::7')} ${AGENT}`, { client: '2001:db8::7' }],
    ['over a socket', `${HEAD.replace('10.0.0.7', 'unix:')} ${AGENT}`, { client: null }],
    ['an agent with escaped quotes', `${HEAD} "-" "say \\"hi\\" 0.123" 0.005`, { durationSeconds: 0.005 }],
    [
      'closed by the client',
      `${HEAD.replace(' 200 ', ' 499 ')} ${AGENT} 5.000`,
      { status: '499', durationSeconds: 5 },
    ],
    ['answered with nothing', `${HEAD.replace(' 200 ', ' 000 ')} ${AGENT}`, { status: '000' }],
    ['a space in the path', `${HEAD.replace('/7?', '/7 b?')} ${AGENT}`, { path: '/api/v1/devices/7 b' }],
    ['HTTP/0.9', `${HEAD.replace(' HTTP/1.1', '')} ${AGENT}`, {}],
  ])('%s', (_, line, changes) => {
    expect(parseLine(line)).toEqual({ format: 'combined', access: { ...BASE, ...changes } });
  });

  it.each([
    ['a TLS handshake', '\\x16\\x03\\x01\\x02\\x00\\x01\\x00'],
    ['a TLS handshake with a quote', '\\x16\\x03\\"\\x01 x'],
    ['no request at all', ''],
    ['a dash', '-'],
    ['a word', 'quit'],
  ])('a malformed request: %s', (_, text) => {
    const line = `10.0.0.7 - - [22/Nov/2026:23:30:32 +0000] "${text}" 400 0 "-" "-" 0.000`;
    expect(parseLine(line).access).toEqual({
      ...BASE,
      method: 'other',
      path: null,
      status: '400',
      durationSeconds: 0,
    });
  });

  it.each([
    '2026/11/22 23:30:32 [error] 7#7: *1 open() "/x" failed, client: 10.0.0.7, request: "GET /x HTTP/1.1"',
    '10.0.0.7 - - [22/Foo/2026:23:30:32 +0000] "GET / HTTP/1.1" 200 5',
    '10.0.0.7 - - [22/Nov/2026:23:30:32 +0000] "GET / HTTP/1.1',
    '10.0.0.7 - - [22/Nov/2026:23:30:32 +0000] "GET / HTTP/1.1" - 5',
    '10.0.0.7 - - [22/Nov/2026:23:30:32 +0000] "GET / HTTP/1.1" 2000 5',
    '10.0.0.7 - - [22/Nov/2026:23:30:32 +0000]',
    ' [22/Nov/2026:23:30:32 +0000] "',
    '',
    '\0\0\0\u0016\u0003',
  ])('not: %j', (line) => {
    expect(parseLine(line)).toEqual({ format: 'other', access: null });
  });
});

describe('lines of Envoy', () => {
  const TIME_FIRST = '[2026-11-22T23:30:32.000Z] "GET /api/v1/devices/7?full=1 HTTP/1.1"';
  const EXPECTED = { ...BASE, durationSeconds: 0.012 };

  it.each<[string, string, Partial<AccessLine>]>([
    ['its own format', '200 - 0 512 12 11 "10.0.0.7" "curl/8" "6f1a" "valtronics" "10.1.0.4:8000"', {}],
    ['flags', '503 UF,URX 0 91 12 - "10.0.0.7" "curl/8" "6f1a" "valtronics" "-"', { status: '503' }],
    ['no client', '200 - 0 512 12 11 "-" "curl/8" "6f1a" "valtronics" "10.1.0.4:8000"', { client: null }],
    ['no answer', '0 DC 0 0 12 - "10.0.0.7" "curl/8" "6f1a" "valtronics" "-"', { status: '000' }],
    [
      'of Istio',
      '200 - via_upstream - "-" 0 512 12 11 "10.0.0.7" "curl/8" "6f1a" "valtronics" "10.1.0.4:8000" inbound|8000|| 10.1.0.1:3 10.1.0.2:4 10.1.0.3:5 - default',
      {},
    ],
  ])('%s', (_, rest, changes) => {
    const line = `${TIME_FIRST} ${rest}`;
    expect(parseLine(line)).toEqual({ format: 'envoy', access: { ...EXPECTED, ...changes } });
  });
});

describe('lines of HAProxy', () => {
  const LINE =
    '10.0.0.7:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /api/v1/devices/7?full=1 HTTP/1.1"';
  const EXPECTED = { ...BASE, durationSeconds: 0.109, time: null };

  it.each<[string, string, Partial<AccessLine>]>([
    ['alone', LINE, {}],
    ['with syslog', `Feb  6 12:14:14 localhost haproxy[14389]: ${LINE}`, {}],
    ['over TLS', LINE.replace('http-in', 'http-in~'), {}],
    ['logged early', LINE.replace('/109 ', '/+109 '), {}],
    ['over IPv6', LINE.replace('10.0.0.7:', '2001:db8::7:'), { client: '2001:db8::7' }],
    [
      'refused',
      LINE.replace('10/0/30/69/109 200', '-1/-1/-1/-1/5 400').replace(/"GET.*/, '"<BADREQ>"'),
      { method: 'other', path: null, status: '400', durationSeconds: 0.005 },
    ],
    [
      'given up',
      LINE.replace('10/0/30/69/109 200', '10/0/-1/-1/-1 -1'),
      { status: '000', durationSeconds: null },
    ],
    ['cut off', LINE.slice(0, -10), {}],
    ['of httpslog', `${LINE} 0/0000000000000000/0/0/0 valtronics/TLSv1.3/TLS_AES_256`, {}],
  ])('%s', (_, line, changes) => {
    expect(parseLine(line)).toEqual({ format: 'haproxy', access: { ...EXPECTED, ...changes } });
  });

  it.each([
    LINE.replace('10/0/30/69/109', '10/0/30'),
    LINE.replace(' 200 ', ' x '),
    LINE.slice(0, LINE.indexOf('"')),
    'Feb  6 12:12:56 localhost haproxy[14387]: Connect from 10.0.1.2:33312 to 10.0.3.31:8012 (www/HTTP)',
  ])('not: %s', (line) => {
    expect(parseLine(line)).toEqual({ format: 'other', access: null });
  });
});
