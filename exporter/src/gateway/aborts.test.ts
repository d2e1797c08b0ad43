import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';

describe('a client that leaves', () => {
  it('before the answer ends the request to the API', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a'));
    await api.until('\r\n\r\n');
    client.destroy();
    expect(await api.rest()).toBe('');
    expect(await gateway.observer.until(1)).toMatchObject([
      { status: 499, aborted: true, failure: undefined },
    ]);
  });

  it('within its body ends it unfinished', async () => {
    for (const [framing, part] of [
      ['Content-Length: 9', 'half'],
      ['Transfer-Encoding: chunked', '4\r\nhalf\r\n'],
    ] as const) {
      const gateway = await startTestGateway();
      const { client, api } = await gateway.pass(head('POST / HTTP/1.1', 'Host: a', framing) + part);
      await api.until(part);
      client.destroy();
      expect(await api.rest()).toBe('');
      expect(await gateway.observer.until(1)).toMatchObject([
        { status: 499, aborted: true, requestBytes: 4 },
      ]);
    }
  });

  it('within the answer ends it at the API', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a'));
    await api.until('\r\n\r\n');
    api.write(`${head('HTTP/1.1 200 OK', 'Content-Length: 9')}half`);
    await client.until('half');
    client.destroy();
    await api.closed;
    expect(await gateway.observer.until(1)).toMatchObject([{ status: 200, aborted: true, responseBytes: 4 }]);
    expect(gateway.observer.failures).toEqual([]);
  });
});
