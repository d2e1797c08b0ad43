import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';

const EXPECTING = ['POST / HTTP/1.1', 'Host: a', 'Expect: 100-continue', 'Content-Length: 3'];

describe('what comes before the answer', () => {
  it('100 is the API’s to say, and the body waits for it', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head(...EXPECTING));
    expect(await api.until('\r\n\r\n')).toContain('\r\nExpect: 100-continue\r\n');
    api.write(head('HTTP/1.1 100 Continue'));
    expect(await client.until('\r\n\r\n')).toBe(head('HTTP/1.1 100 Continue'));
    client.write('abc');
    expect(await api.bytes(3)).toBe('abc');
    api.write(head('HTTP/1.1 200 OK', 'Content-Length: 0'));
    expect(await client.until('\r\n\r\n')).toContain('\r\nConnection: keep-alive\r\n');
  });

  it('an answer without 100 reaches the client, whose connection ends: nobody knows whether the body follows', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head(...EXPECTING));
    await api.until('\r\n\r\n');
    api.write(`${head('HTTP/1.1 417 Expectation Failed', 'Content-Length: 2')}no`);
    expect(await client.rest()).toMatch(
      /^HTTP\/1\.1 417 Expectation Failed\r\n.*\r\nConnection: close\r\n.*no$/s,
    );
    expect(await api.rest()).toBe('');
  });

  it('another expectation is the API’s to refuse', async () => {
    const gateway = await startTestGateway();
    const { api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a', 'Expect: the-best'));
    expect(await api.until('\r\n\r\n')).toContain('\r\nExpect: the-best\r\n');
  });

  it('every interim answer is passed on in its order, with its headers, but not those of its hop', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a'));
    await api.until('\r\n\r\n');
    const hints = ['HTTP/1.1 103 Early Hints', 'link: </a.css>; rel=preload', 'Link: </caf\xe9.js>'];
    api.write(head('HTTP/1.1 102 Processing') + head(...hints, 'Connection: X-Mine', 'X-Mine: 1'));
    expect(await client.until('</caf\xe9.js>\r\n\r\n')).toBe(
      head('HTTP/1.1 102 Processing') + head(...hints),
    );
    api.write(head('HTTP/1.1 100 Continue', 'X-Odd: 1') + head('HTTP/1.1 204 No Content'));
    expect(await client.until('\r\n\r\n')).toBe(head('HTTP/1.1 100 Continue', 'X-Odd: 1'));
    expect(await client.until('\r\n')).toBe('HTTP/1.1 204 No Content\r\n');
  });

  it('a client of HTTP/1.0 hears only the answer', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('GET / HTTP/1.0', 'Connection: keep-alive'));
    await api.until('\r\n\r\n');
    api.write(
      head('HTTP/1.1 103 Early Hints', 'Link: </a.css>') + head('HTTP/1.1 200 OK', 'Content-Length: 0'),
    );
    expect(await client.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});
