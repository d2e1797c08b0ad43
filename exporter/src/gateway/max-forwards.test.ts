import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';

const asked = (method: string, ...headers: readonly string[]): string =>
  head(`${method} / HTTP/1.1`, 'Host: a', 'X-Request-ID: r-1', ...headers);

describe('Max-Forwards', () => {
  it.each([
    ['OPTIONS', '7', 'max-FORWARDS: 6'],
    ['TRACE', '1', 'max-FORWARDS: 0'],
    ['OPTIONS', '9'.repeat(400), 'max-FORWARDS: 254'],
    ['GET', '0', 'max-FORWARDS: 0'],
    ['POST', 'many', 'max-FORWARDS: many'],
  ])('of %s %s goes on as it must', async (method, said, passed) => {
    const gateway = await startTestGateway();
    const { api } = await gateway.pass(asked(method, `max-FORWARDS: ${said}`));
    expect((await api.until('\r\n\r\n')).split('\r\n')).toContain(passed);
  });

  it('ends OPTIONS here, with the methods, and the connection stays', async () => {
    const gateway = await startTestGateway();
    const client = await gateway.connect();
    for (const target of ['*', '/api/v1/devices/']) {
      client.write(head(`OPTIONS ${target} HTTP/1.1`, 'Host: a', 'Max-Forwards: 0'));
      const answer = await client.until('\r\n\r\n');
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Length: 0\r\n/);
      expect(answer).toMatch(/\r\nAllow: .*\bPATCH\b/);
      expect(answer).not.toMatch(/TRACE|CONNECT|Gateway-Error/);
    }
    expect(gateway.api.accepted()).toBe(0);
    expect(await gateway.observer.until(2)).toMatchObject([{ status: 200 }, { status: 200, upstream: 0 }]);
    expect(gateway.observer.refusals).toEqual([]);
  });

  it('ends TRACE here, and sends nothing of it back', async () => {
    const gateway = await startTestGateway();
    const client = await gateway.connect();
    client.write(asked('TRACE', 'Max-Forwards: 0', 'Cookie: secret=1'));
    const answer = await client.until('}}\n');
    expect(answer).toMatch(/^HTTP\/1\.1 405 .*\r\nAllow: .*trace_not_answered/s);
    expect(answer).not.toContain('secret');
    expect(gateway.api.accepted()).toBe(0);
  });

  it.each(['-1', '1.5', 'x', ''])('that is no number (%j) is refused', async (said) => {
    const gateway = await startTestGateway();
    const client = await gateway.connect();
    client.write(asked('OPTIONS', `Max-Forwards: ${said}`));
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 400 .*Max-Forwards is no number/s);
    expect(gateway.observer.refusals).toEqual(['malformed']);
  });
});
