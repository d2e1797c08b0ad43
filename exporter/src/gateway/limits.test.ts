import { describe, expect, it } from '@jest/globals';
import { manualClock } from '../../test/support/clock.ts';
import { head, startTestGateway } from '../../test/support/gateway.ts';

const GET = head('GET / HTTP/1.1', 'Host: a', 'X-Request-ID: r-1');

describe('a client that is slow', () => {
  it.each([
    ['sends nothing', ''],
    ['sends half a line', 'GET / HT'],
    ['sends half a head', 'GET / HTTP/1.1\r\nHost: a\r\nX:'],
  ])('and %s loses its connection', async (_what, bytes) => {
    const gateway = await startTestGateway({ limits: { clientHead: 100 } });
    const client = await gateway.connect();
    client.write(bytes);
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n.*slow_request/s);
    expect(gateway.observer.refusals).toEqual(['slow']);
    expect(gateway.api.accepted()).toBe(0);
  });

  it('and does not send its body is answered with 408, and the API let go', async () => {
    const gateway = await startTestGateway({ limits: { clientIdle: 100 } });
    const { client, api } = await gateway.pass(
      `${head('POST / HTTP/1.1', 'Host: a', 'Content-Length: 9')}half`,
    );
    expect(await api.until('half')).toContain('Content-Length: 9');
    expect(await client.rest()).toMatch(
      /^HTTP\/1\.1 408 .*\r\nX-Valtronics-Gateway-Error: slow_request\r\n/s,
    );
    expect(await api.rest()).toBe('');
    expect(gateway.observer.refusals).toEqual(['slow']);
    expect(await gateway.observer.until(1)).toMatchObject([
      { status: 408, aborted: false, failure: undefined },
    ]);
  });

  it('and does not take its answer loses its connection, and the API is not kept waiting for ever', async () => {
    const gateway = await startTestGateway({ limits: { clientIdle: 200 } });
    const client = await gateway.connect();
    client.socket.pause();
    client.write(GET);
    const api = await gateway.api.accept();
    await api.until('\r\n\r\n');
    api.write(`${head('HTTP/1.1 200 OK', 'Content-Length: 99999999')}${'x'.repeat(30_000_000)}`);
    const [request] = await gateway.observer.until(1);
    expect(request).toMatchObject({ status: 200 });
    // What did not fit in between was not read: the gateway has no more of it than its buffers hold.
    expect(request?.responseBytes).toBeLessThan(20_000_000);
    await api.closed;
    expect(gateway.observer.refusals).toEqual(['slow']);
  });

  it('because the API does not read is not the slow one', async () => {
    const clock = manualClock();
    const gateway = await startTestGateway({ clock, limits: { clientIdle: 100, upstreamHead: 300 } });
    const client = await gateway.connect();
    client.write(head('POST / HTTP/1.1', 'Host: a', 'Content-Length: 99999999'));
    const api = await gateway.api.accept();
    await api.until('\r\n\r\n');
    api.socket.pause();
    client.write('x'.repeat(30_000_000));
    // However long the machine pauses, it is one step.
    const passing = setInterval(() => clock.advance(25), 25);
    expect(await client.until('}}\n')).toMatch(/^HTTP\/1\.1 504 /);
    clearInterval(passing);
    expect(gateway.observer.refusals).toEqual([]);
  });

  it('and waits between requests is let go in the end', async () => {
    const gateway = await startTestGateway({ limits: { keepAlive: 50 } });
    const { client, api } = await gateway.pass(GET);
    await api.until('\r\n\r\n');
    api.write(head('HTTP/1.1 204 No Content'));
    await client.until('\r\n\r\n');
    expect(await client.rest()).toBe('');
    expect(gateway.observer.refusals).toEqual([]);
  });
});

describe('more than the gateway bears', () => {
  it('requests at a time is answered with 503 and when to come back', async () => {
    const gateway = await startTestGateway({ limits: { inFlight: 2 } });
    const first = await gateway.pass(GET);
    await gateway.pass(GET);
    const client = await gateway.connect();
    client.write(`${head('POST / HTTP/1.1', 'Host: a', 'X-Request-ID: r-3', 'Content-Length: 4')}body`);
    const answer = await client.until('}}\n');
    expect(answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    for (const line of ['Retry-After: 1', 'X-Request-ID: r-3', 'Connection: keep-alive'])
      expect(answer).toContain(`\r\n${line}\r\n`);
    expect(gateway.observer.refusals).toEqual(['busy']);
    expect(gateway.api.accepted()).toBe(2);
    // Once there is room, the same connection is served.
    await first.api.until('\r\n\r\n');
    first.api.write(head('HTTP/1.1 204 No Content'));
    await first.client.until('\r\n\r\n');
    await gateway.observer.until(2);
    client.write(GET);
    expect(await first.api.until('\r\n\r\n')).toMatch(/^GET \/ /);
  });

  it('connections is closed at once', async () => {
    const gateway = await startTestGateway({ limits: { connections: 1 } });
    await gateway.pass(GET);
    const client = await gateway.connect();
    client.write(GET);
    expect(await client.rest()).toBe('');
    expect(gateway.observer.refusals).toEqual(['connections']);
  });
});

describe('a body that the API does not want', () => {
  it('is taken from the client and thrown away, and the connection serves on', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(
      `${head('POST / HTTP/1.1', 'Host: a', 'Content-Length: 8')}half`,
    );
    await api.until('half');
    api.write(head('HTTP/1.1 413 Content Too Large', 'Content-Length: 0'));
    expect(await client.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 413 .*keep-alive/s);
    await api.closed;
    client.write(`rest${GET}`);
    const next = await gateway.api.accept();
    expect(await next.until('\r\n\r\n')).toMatch(/^GET \/ /);
  });
});
