import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { head, sharedTestGateway, type TestGateway } from '../../test/support/gateway.ts';

const HOST = 'Host: a';
const CHUNKED = 'Transfer-Encoding: chunked';
const post = (...headers: readonly string[]): string => head('POST / HTTP/1.1', HOST, ...headers);
const get = (...headers: readonly string[]): string => head('GET / HTTP/1.1', HOST, ...headers);

/** Bytes that two readers could take for different requests, or that are none. */
const MALFORMED: readonly (readonly [string, string])[] = [
  ['Content-Length with Transfer-Encoding', `${post('Content-Length: 3', CHUNKED)}0\r\n\r\n`],
  ['Transfer-Encoding with Content-Length', `${post(CHUNKED, 'Content-Length: 3')}0\r\n\r\n`],
  ['two Content-Lengths that differ', `${post('Content-Length: 3', 'Content-Length: 4')}abcd`],
  ['two Content-Lengths that agree', `${post('Content-Length: 3', 'Content-Length: 3')}abc`],
  ['a list as Content-Length', `${post('Content-Length: 3, 3')}abc`],
  ['a signed Content-Length', `${post('Content-Length: +3')}abc`],
  ['a hexadecimal Content-Length', `${post('Content-Length: 0x3')}abc`],
  ['an empty Content-Length', post('Content-Length:')],
  ['an endless Content-Length', post(`Content-Length: ${'9'.repeat(30)}`)],
  ['Transfer-Encoding that does not end in chunked', `${post('Transfer-Encoding: chunked, gzip')}0\r\n\r\n`],
  ['an unknown Transfer-Encoding', `${post('Transfer-Encoding: gzip')}abc`],
  ['Transfer-Encoding that looks like chunked', `${post('Transfer-Encoding: xchunked')}0\r\n\r\n`],
  ['quoted Transfer-Encoding', `${post('Transfer-Encoding: "chunked"')}0\r\n\r\n`],
  ['chunked twice', `${post(CHUNKED, CHUNKED)}0\r\n\r\n`],
  ['a control character before chunked', `${post('Transfer-Encoding: \x0bchunked')}0\r\n\r\n`],
  ['a blank before the colon', `${post('Transfer-Encoding : chunked')}0\r\n\r\n`],
  ['Transfer-Encoding in HTTP/1.0', `${head('POST / HTTP/1.0', HOST, CHUNKED)}0\r\n\r\n`],
  ['a folded header', get('X: a', ' b')],
  ['a header folded by a tab', get('X: a', '\tb')],
  ['a blank before the first header', head('GET / HTTP/1.1', ' X: a', HOST)],
  ['a bare CR in a header', get('X: a\rb')],
  ['a bare CR before a header', get('X: a\rContent-Length: 3')],
  ['a bare LF between headers', get('X: a\nY: b')],
  ['bare LFs only', 'GET / HTTP/1.1\nHost: a\n\n'],
  ['NUL in a value', get('X: a\0b')],
  ['NUL in a name', get('X\0: a')],
  ['a control character in a value', get('X: a\x01b')],
  ['a header without a name', get(': a')],
  ['a header without a colon', get('X')],
  ['a name with a letter that is none', get('X\xe9: a')],
  ['NUL in the address', head('GET /\0 HTTP/1.1', HOST)],
  ['a bare CR in the address', head('GET /a\rb HTTP/1.1', HOST)],
  ['a tab in the address', head('GET /a\tb HTTP/1.1', HOST)],
  ['bytes above ASCII in the address', head('GET /\xe9 HTTP/1.1', HOST)],
  ['a fragment', head('GET /a#b HTTP/1.1', HOST)],
  ['an address that is no path', head('GET a HTTP/1.1', HOST)],
  ['an asterisk that asks for nothing', head('GET * HTTP/1.1', HOST)],
  ['an address with user and password', head('GET http://me:secret@a/ HTTP/1.1', HOST)],
  ['CONNECT', head('CONNECT a:443 HTTP/1.1', HOST)],
  ['no Host', head('GET / HTTP/1.1')],
  ['two Hosts', get('Host: b')],
  ['two Hosts that agree', get('hOST: a')],
  ['a Host with a path', head('GET / HTTP/1.1', 'Host: a/b')],
  ['a Host with a user', head('GET / HTTP/1.1', 'Host: a@b')],
  ['two Hosts in one', head('GET / HTTP/1.1', 'Host: a, b')],
  ['an unknown method', head('FETCH / HTTP/1.1', HOST)],
  ['a method in small letters', head('get / HTTP/1.1', HOST)],
  ['a version that is none', head('GET / HTTP/1.2', HOST)],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['a chunk size in words', `${post(CHUNKED)}three\r\nabc\r\n0\r\n\r\n`],
  ['a chunk size with a prefix', `${post(CHUNKED)}0x3\r\nabc\r\n0\r\n\r\n`],
  ['a chunk size beyond all bounds', `${post(CHUNKED)}fffffffffffffffff\r\nabc`],
  ['a chunk that is longer than it says', `${post(CHUNKED)}3\r\nabcd\r\n0\r\n\r\n`],
  ['a bare LF behind a chunk size', `${post(CHUNKED)}3\nabc\r\n0\r\n\r\n`],
  ['a bare LF behind a chunk extension', `${post(CHUNKED)}3;a\nabc\r\n0\r\n\r\n`],
  ['a length in a trailer', `${post(CHUNKED)}0\r\nContent-Length: 3\r\n\r\n`],
];

const TOO_LONG: readonly (readonly [string, string])[] = [
  ['an over-long header', get(`X: ${'a'.repeat(20_000)}`)],
  ['an over-long name', get(`${'a'.repeat(20_000)}: 1`)],
  ['an over-long address', head(`GET /${'a'.repeat(20_000)} HTTP/1.1`, HOST)],
  ['too many headers', get(...Array.from({ length: 5000 }, () => 'a:'))],
];

describe('a request that is none is answered with 400, and its connection closed', () => {
  let gateway: TestGateway;
  beforeAll(async () => (gateway = await sharedTestGateway()));
  afterAll(() => gateway.stop());

  async function refuse(bytes: string, code: string): Promise<void> {
    const before = gateway.observer.refusals.length;
    const client = await gateway.connect();
    // What would be smuggled through: a second request, which must be answered by nobody.
    client.write(`${bytes}GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n`);
    const answer = await client.rest();
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain(`\r\nX-Valtronics-Gateway-Error: ${code}\r\n`);
    expect(answer).toMatch(/\r\nX-Request-ID: [\w-]{36}\r\n/);
    expect(answer).toContain('\r\nConnection: close\r\n');
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(gateway.observer.refusals.length - before).toBe(1);
  }

  it.each(MALFORMED)('%s', async (_what, bytes) => refuse(bytes, 'malformed_request'));
  it.each(TOO_LONG)('%s', async (_what, bytes) => refuse(bytes, 'request_too_long'));

  it('a coding that is not known is 501, and another version 505', async () => {
    for (const [bytes, status] of [
      [`${post('Transfer-Encoding: gzip, chunked')}0\r\n\r\n`, '501 Not Implemented'],
      [head('GET / HTTP/2.0', HOST), '505 HTTP Version Not Supported'],
    ] as const) {
      const client = await gateway.connect();
      client.write(bytes);
      expect(await client.rest()).toMatch(new RegExp(`^HTTP/1\\.1 ${status}\r\n`));
    }
  });

  it('and nothing of all that reached the API as a request', async () => {
    // Where the body was malformed the head had been passed on; no such request was complete.
    const seen: string[] = [];
    for (let left = gateway.api.accepted(); left > 0; left -= 1)
      seen.push(await (await gateway.api.accept()).rest());
    expect(seen.filter((bytes) => bytes !== '' && !/Transfer-Encoding: chunked/.test(bytes))).toEqual([]);
    expect(seen.join('')).not.toMatch(/smuggled|0\r\n\r\n/);
  });
});

it('a whole URL as the address says which host is meant', async () => {
  const gateway = await sharedTestGateway();
  for (const [address, line] of [
    ['http://b.example:81/x?y', 'GET /x?y HTTP/1.1'],
    ['HTTP://b.example:81?y', 'GET /?y HTTP/1.1'],
    ['https://b.example:81', 'GET / HTTP/1.1'],
  ] as const) {
    const { api, client } = await gateway.pass(get().replace(' / ', ` ${address} `));
    expect(await api.until('\r\n\r\n')).toContain(`${line}\r\nHost: b.example:81\r\n`);
    client.destroy();
  }
  const { api } = await gateway.pass(head('OPTIONS * HTTP/1.1', HOST));
  expect(await api.until('\r\n')).toBe('OPTIONS * HTTP/1.1\r\n');
  await gateway.stop();
});
