import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';

const get = (path: string, ...headers: readonly string[]): string =>
  head(`GET ${path} HTTP/1.1`, 'Host: a', ...headers);
const answer = (body: string): string => head('HTTP/1.1 200 OK', `Content-Length: ${body.length}`) + body;

describe('requests that a client sends without waiting', () => {
  it('are passed on one behind the other, and answered in order', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(
      `${head('POST /1 HTTP/1.1', 'Host: a', 'Content-Length: 2')}xy${get('/2')}${get('/3')}`,
    );
    expect(await api.until('xy')).toMatch(/^POST \/1 /);
    expect(gateway.inFlight()).toBe(3);
    api.write(head('HTTP/1.1 103 Early Hints', 'Link: </a>') + answer('one'));
    expect(await client.until('one')).toMatch(/^HTTP\/1\.1 103 .*one$/s);
    for (const [path, body] of [
      ['/2', 'two'],
      ['/3', 'three'],
    ] as const) {
      expect(await api.until('\r\n\r\n')).toMatch(new RegExp(`^GET ${path} `));
      api.write(answer(body));
      expect(await client.until(body)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    }
    expect(gateway.api.accepted()).toBe(1);
  });

  it('are forgotten when the client leaves', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(get('/1') + get('/2') + get('/3'));
    await api.until('\r\n\r\n');
    client.destroy();
    expect(await api.rest()).toBe('');
    const requests = await gateway.observer.until(3);
    expect(gateway.inFlight()).toBe(0);
    expect(gateway.api.accepted()).toBe(1);
    expect(requests.map(({ path, status }) => [path, status])).toEqual([
      ...[
        ['/1', 499],
        ['/2', 499],
        ['/3', 499],
      ],
    ]);
  });

  it('are not served behind one that closes the connection', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(get('/1', 'Connection: close') + get('/2'));
    await api.until('\r\n\r\n');
    api.write(answer('one'));
    expect((await client.rest()).match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(gateway.api.accepted()).toBe(1);
    expect(await gateway.observer.until(1)).toHaveLength(1);
  });

  it('are answered before one that is malformed', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(`${get('/1')}no HTTP\r\n\r\n`);
    await api.until('\r\n\r\n');
    api.write(answer('one'));
    expect(await client.until('one')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(gateway.observer.refusals).toEqual(['malformed']);
  });
});
