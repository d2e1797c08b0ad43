import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';

const DATE = 'Date: Sun, 29 Nov 2026 22:00:00 GMT';
/** What the gateway adds to a request. */
const ADDED = [
  ...['X-Forwarded-For: 127.0.0.1', 'X-Forwarded-Proto: http', 'X-Forwarded-Host: api.example'],
  'Via: 1.1 valtronics-gateway',
];
/** What it says to a client whose connection stays. */
const KEPT = ['Connection: keep-alive', 'Keep-Alive: timeout=75'];

describe('the gateway passes on', () => {
  it('a request with the case, order and repetition of its headers, byte for byte', async () => {
    const gateway = await startTestGateway();
    const line = 'PATCH //a/%7e/../b;c=d?x=1&x=%zz HTTP/1.1';
    const headers = [
      ...['hOsT: api.example', 'X-B: 1', 'x-b: 2', 'Cookie: a=1', 'Cookie: b=2', 'X-Latin: caf\xe9'],
      ...['Accept-Encoding: br, gzip', 'Range: bytes=0-1, 4-', 'Content-Length: 0', 'x-request-ID: r-1'],
    ];
    const { api } = await gateway.pass(head(line, ...headers));
    expect(await api.until('\r\n\r\n')).toBe(head(line, ...headers, ...ADDED));
  });

  it('an answer with reason, headers and body, byte for byte', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a', 'X-Request-ID: r-1'));
    await api.until('\r\n\r\n');
    const answer = [
      ...['HTTP/1.1 299 Caf\xe9 is open', DATE, 'SET-cookie: a=1', 'Set-Cookie: b=2', 'X-Latin: \xe9'],
      ...['Content-Range: bytes 0-3/9', 'Content-Encoding: gzip', 'Content-Length: 4'],
    ];
    api.write(`${head(...answer)}\x00\xff\r\n`);
    expect(await client.until('\x00\xff\r\n')).toBe(
      `${head(...answer, 'X-Request-ID: r-1', ...KEPT)}\x00\xff\r\n`,
    );
  });

  it('many headers', async () => {
    const gateway = await startTestGateway();
    const many = Array.from({ length: 990 }, (_, index) => `${(index % 26) + 10}:`);
    const { client, api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a', ...many));
    const passed = await api.until('\r\n\r\n');
    expect(passed.split('\r\n').filter((line) => /^\d\d: $/.test(line))).toHaveLength(990);
    api.write(head('HTTP/1.1 200 OK', ...many, 'Content-Length: 0'));
    const answer = await client.until('\r\n\r\n');
    expect(answer.split('\r\n').filter((line) => /^\d\d: $/.test(line))).toHaveLength(990);
  });

  it('a request without a body as one without a body, and a path below the prefix of the API', async () => {
    const gateway = await startTestGateway();
    const { api } = await gateway.pass(head('POST /x HTTP/1.1', 'Host: a', 'X-Request-ID: r-1'));
    expect(await api.until('\r\n\r\n')).not.toMatch(/content-length|transfer-encoding|connection/i);
    const below = await startTestGateway({ upstream: `http://127.0.0.1:${gateway.api.port}/base/` });
    const client = await below.connect();
    client.write(head('GET /x?y HTTP/1.1', 'Host: a'));
    expect(await (await gateway.api.accept()).until('\r\n')).toBe('GET /base/x?y HTTP/1.1\r\n');
  });

  it('bodies of known length, as they come', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('PUT /x HTTP/1.1', 'Host: a', 'Content-Length: 6'));
    expect(await api.until('\r\n\r\n')).toContain('\r\nContent-Length: 6\r\n');
    client.write('abc');
    expect(await api.bytes(3)).toBe('abc');
    client.write('def');
    expect(await api.bytes(3)).toBe('def');
    api.write(`${head('HTTP/1.1 200 OK', 'Content-Length: 4')}12`);
    expect((await client.until('\r\n\r\n12')).split('\r\n')[0]).toBe('HTTP/1.1 200 OK');
    api.write('34');
    expect(await client.bytes(2)).toBe('34');
  });

  it('chunked bodies with their trailers, without what a trailer may not say', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(
      head('POST /x HTTP/1.1', 'Host: a', 'Transfer-Encoding: Chunked', 'Trailer: X-Sum', 'TE: trailers'),
    );
    const passed = await api.until('\r\n\r\n');
    for (const line of ['Transfer-Encoding: chunked', 'Trailer: X-Sum', 'TE: trailers', 'Connection: TE'])
      expect(passed).toContain(`\r\n${line}\r\n`);
    client.write('3;ext=1\r\nabc\r\n');
    expect(await api.bytes(8)).toBe('3\r\nabc\r\n');
    client.write('0\r\nX-Sum: 1\r\nHost: b\r\nX-sum: 2\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n');
    expect(await api.until('\r\n\r\n')).toBe('0\r\nX-Sum: 1\r\nX-sum: 2\r\n\r\n');
    api.write(`${head('HTTP/1.1 200 OK', 'Trailer: X-End', 'Transfer-Encoding: chunked')}2\r\nhi\r\n`);
    const answer = await client.until('2\r\nhi\r\n');
    for (const line of ['Trailer: X-End', 'Transfer-Encoding: chunked'])
      expect(answer).toContain(`\r\n${line}\r\n`);
    api.write('0\r\nX-End: yes\r\nSet-Cookie: a=1\r\n\r\n');
    expect(await client.until('\r\n\r\n')).toBe('0\r\nX-End: yes\r\n\r\n');
  });

  it('an answer that ends with its connection', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a'));
    await api.until('\r\n\r\n');
    api.write(`${head('HTTP/1.0 200 OK', 'Trailer: X-End')}all of it`);
    api.end();
    expect(await client.until('0\r\n\r\n')).toMatch(
      /\r\nTransfer-Encoding: chunked\r\n.*9\r\nall of it\r\n/s,
    );
    const old = await gateway.pass(head('GET / HTTP/1.0'));
    expect(await old.api.until('\r\n\r\n')).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\n/);
    old.api.write(
      `${head('HTTP/1.1 200 OK', 'Trailer: X-End', 'Transfer-Encoding: chunked')}2\r\nhi\r\n0\r\n\r\n`,
    );
    const answer = await old.client.rest();
    expect(answer).toMatch(/\r\nConnection: close\r\n\r\nhi$/);
    expect(answer).not.toContain('Trailer');
  });

  it.each([
    ['HEAD', ['HTTP/1.1 200 OK', DATE, 'Content-Length: 1234', 'Trailer: X'], ['Content-Length: 1234']],
    ['HEAD', ['HTTP/1.1 200 OK', DATE, 'Transfer-Encoding: chunked'], []],
    ['GET', ['HTTP/1.1 204 No Content', DATE, 'Content-Length: 0'], []],
    [
      'GET',
      ['HTTP/1.1 304 Not Modified', DATE, 'ETag: "x"', 'Content-Length: 9'],
      ['ETag: "x"', 'Content-Length: 9'],
    ],
  ])('an answer to %s without a body: %j', async (method, answer, kept) => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head(`${method} / HTTP/1.1`, 'Host: a', 'X-Request-ID: r-1'));
    await api.until('\r\n\r\n');
    api.write(head(...answer));
    expect(await client.until('\r\n\r\n')).toBe(
      head(answer[0] ?? '', DATE, ...kept, 'X-Request-ID: r-1', ...KEPT),
    );
    client.write(head('GET /next HTTP/1.1', 'Host: a'));
    expect(await api.until('\r\n')).toBe('GET /next HTTP/1.1\r\n');
  });

  it('a stream of events, event for event', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('GET /events HTTP/1.1', 'Host: a'));
    await api.until('\r\n\r\n');
    api.write(head('HTTP/1.1 200 OK', 'Content-Type: text/event-stream', 'Transfer-Encoding: chunked'));
    expect(await client.until('\r\n\r\n')).toContain('\r\nContent-Type: text/event-stream\r\n');
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      api.write(`9\r\n${event}\r\n`);
      expect(await client.bytes(14)).toBe(`9\r\n${event}\r\n`);
    }
  });
});
