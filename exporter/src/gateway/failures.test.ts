import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';
import { recordingLogger } from '../../test/support/recording.ts';
import { freePort } from '../../test/support/server.ts';

const GET = head('GET / HTTP/1.1', 'Host: a', 'X-Request-ID: r-1');
const UPGRADE = head(
  ...['GET / HTTP/1.1', 'Host: a', 'X-Request-ID: r-1', 'Connection: Upgrade', 'Upgrade: websocket'],
);
const OK = `${head('HTTP/1.1 200 OK', 'Content-Length: 2')}ok`;

/** Status, code and what is said, of an answer of the gateway itself. */
function own(answer: string): { status: string; code: string; id: string; message: string } {
  const header = (name: string): string => new RegExp(`\r\n${name}: ([^\r]*)`).exec(answer)?.[1] ?? '';
  const bytes = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n')), 'latin1');
  const body: unknown = JSON.parse(bytes.toString());
  return {
    status: answer.slice(9, 12),
    code: header('X-Valtronics-Gateway-Error'),
    id: header('X-Request-ID'),
    message: JSON.stringify(body),
  };
}

describe('an API that does not answer', () => {
  it('because nothing listens is 502, with the request’s id and what to do', async () => {
    const logger = recordingLogger();
    const upstream = `http://127.0.0.1:${await freePort()}`;
    const gateway = await startTestGateway({ upstream, logger });
    const client = await gateway.connect();
    client.write(GET);
    const answer = own(await client.until('}}\n'));
    expect(answer).toMatchObject({ status: '502', code: 'upstream_refused', id: 'r-1' });
    expect(answer.message).toContain('"requestId":"r-1"');
    expect(answer.message).toContain('Try again in a moment');
    expect(answer.message).not.toContain('127.0.0.1');
    expect(logger.lines.join()).toContain('start the API, or correct gateway.upstream');
    // The connection is as good as before.
    client.write(GET);
    expect(own(await client.until('}}\n')).status).toBe('502');
    expect(await gateway.observer.until(2)).toMatchObject([
      { status: 502, failure: 'refused', requestId: 'r-1', aborted: false },
      { status: 502, failure: 'refused' },
    ]);
    expect(logger.lines.filter((line) => line.includes('start the API'))).toHaveLength(1);
  });

  it.each([
    ['nothing', '', 'upstream_closed'],
    ['half a head', 'HTTP/1.1 200 OK\r\nX:', 'upstream_closed'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'upstream_other'],
    [
      'a length and a coding',
      head('HTTP/1.1 200 OK', 'Content-Length: 1', 'Transfer-Encoding: chunked'),
      'upstream_other',
    ],
    ['two lengths', head('HTTP/1.1 200 OK', 'Content-Length: 1', 'Content-Length: 2'), 'upstream_other'],
    ['a folded header', head('HTTP/1.1 200 OK', 'X: a', ' b'), 'upstream_other'],
    [
      'an upgrade that nobody wanted',
      head('HTTP/1.1 101 Switching Protocols', 'Connection: upgrade', 'Upgrade: x'),
      'upstream_other',
    ],
  ])('because it sends %s is 502', async (_what, bytes, code) => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(GET);
    await api.until('\r\n\r\n');
    api.write(bytes);
    api.end();
    expect(own(await client.until('}}\n'))).toMatchObject({ status: '502', code, id: 'r-1' });
  });

  it('in time is 504: no answer, or no connection', async () => {
    const gateway = await startTestGateway({ limits: { upstreamHead: 100 } });
    const { client, api } = await gateway.pass(GET);
    expect(own(await client.until('}}\n'))).toMatchObject({
      status: '504',
      code: 'upstream_timeout',
      id: 'r-1',
    });
    expect(await api.rest()).toMatch(/^GET /);
    // A server that takes the connection and not the handshake: no connection comes of it.
    for (const request of [GET, UPGRADE]) {
      const silent = await startTestGateway({
        upstream: `https://127.0.0.1:${gateway.api.port}`,
        limits: { connect: 100, upstreamHead: 600_000 },
      });
      const other = await silent.connect();
      other.write(request);
      expect(own(await other.until('}}\n'))).toMatchObject({
        ...{ status: '504', id: 'r-1' },
        message: expect.stringContaining('The platform’s API did not answer in time.'),
      });
    }
  });

  it('to its end breaks the client’s connection: nobody shall take half for all', async () => {
    for (const [begin, part] of [
      [['Content-Length: 9'], 'half'],
      [['Transfer-Encoding: chunked'], '4\r\nhalf\r\n'],
    ] as const) {
      const gateway = await startTestGateway();
      const { client, api } = await gateway.pass(GET);
      await api.until('\r\n\r\n');
      api.write(head('HTTP/1.1 200 OK', ...begin) + part);
      await client.until('half');
      api.destroy();
      expect(await client.rest()).toBe(part.endsWith('\r\n') ? '\r\n' : '');
      await client.closed;
      expect(await gateway.observer.until(1)).toMatchObject([
        { status: 200, aborted: false, responseBytes: 4 },
      ]);
      expect(gateway.observer.failures).toHaveLength(1);
    }
  });

  it('within its idle time breaks the answer, unless it is a stream of events', async () => {
    const gateway = await startTestGateway({ limits: { upstreamIdle: 100 } });
    const events = await gateway.pass(GET);
    await events.api.until('\r\n\r\n');
    events.api.write(head('HTTP/1.1 200 OK', 'Content-Type: text/event-stream; charset=utf-8'));
    await events.client.until('\r\n\r\n');
    const { client, api } = await gateway.pass(GET);
    await api.until('\r\n\r\n');
    api.write(head('HTTP/1.1 200 OK', 'Content-Length: 5'));
    await client.until('\r\n\r\n');
    await client.closed;
    expect(gateway.observer.failures).toEqual(['timeout']);
    events.api.write('data: 1\n\n');
    expect(await events.client.until('data: 1\n\n')).toContain('data: 1');
  });
});

describe('a kept connection that the API closed in the moment of its use', () => {
  /** A gateway whose connection to the API is idle, and both of its ends. */
  async function kept() {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(GET);
    await api.until('\r\n\r\n');
    api.write(OK);
    await client.until('ok');
    return { gateway, client, api };
  }

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('is tried again once for %s', async (method) => {
    const { gateway, client, api } = await kept();
    client.write(head(`${method} /again HTTP/1.1`, 'Host: a'));
    const first = await api.until('\r\n\r\n');
    api.destroy();
    const next = await gateway.api.accept();
    expect(await next.until('\r\n\r\n')).toBe(first);
    next.write(head('HTTP/1.1 204 No Content'));
    expect(await client.until('\r\n')).toBe('HTTP/1.1 204 No Content\r\n');
    client.destroy();
    await gateway.observer.until(2);
    expect(gateway.observer.requests.at(-1)).toMatchObject({
      retried: true,
      status: 204,
      failure: undefined,
    });
  });

  it('is not tried a third time', async () => {
    const { gateway, client, api } = await kept();
    client.write(GET);
    await api.until('\r\n\r\n');
    api.destroy();
    (await gateway.api.accept()).destroy();
    expect(own(await client.until('}}\n')).status).toBe('502');
    expect(gateway.api.accepted()).toBe(2);
  });

  it.each([
    ['POST', head('POST / HTTP/1.1', 'Host: a')],
    ['PATCH', head('PATCH / HTTP/1.1', 'Host: a')],
    ['a PUT with a body', `${head('PUT / HTTP/1.1', 'Host: a', 'Content-Length: 1')}x`],
  ])('is 502 for %s, which may have been done', async (_what, request) => {
    const { gateway, client, api } = await kept();
    client.write(request);
    await api.until('\r\n\r\n');
    api.destroy();
    expect(own(await client.until('}}\n')).status).toBe('502');
    expect(gateway.api.accepted()).toBe(1);
  });

  it('is 502 once the API had begun to answer', async () => {
    const { gateway, client, api } = await kept();
    client.write(GET);
    await api.until('\r\n\r\n');
    api.write(head('HTTP/1.1 103 Early Hints', 'Link: </a.css>'));
    await client.until('\r\n\r\n');
    api.destroy();
    expect(own(await client.until('}}\n')).status).toBe('502');
    expect(gateway.api.accepted()).toBe(1);
  });

  it('is closed by the gateway itself before the API would', async () => {
    const gateway = await startTestGateway({ limits: { upstreamKeepAlive: 50 } });
    const { client, api } = await gateway.pass(GET);
    await api.until('\r\n\r\n');
    api.write(OK);
    await client.until('ok');
    expect(await api.rest()).toBe('');
  });
});
