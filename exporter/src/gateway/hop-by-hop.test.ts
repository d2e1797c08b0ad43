import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';

/** What is meant for one hop alone; `X-Mine` because `Connection` names it. */
const OF_ONE_HOP = [
  ...['Connection: close, X-Mine, Host, content-length', 'connection: X-Other', 'X-Mine: 1', 'x-OTHER: 2'],
  ...['Keep-Alive: timeout=5', 'Proxy-Connection: keep-alive', 'Proxy-Authenticate: Basic', 'Upgrade: h2c'],
  ...['Proxy-Authorization: Basic eA==', 'Proxy-Authentication-Info: x', 'HTTP2-Settings: AAMAAABkAAQAAP__'],
];

describe('what is meant for one hop', () => {
  it('does not reach the API, whatever Connection names', async () => {
    const gateway = await startTestGateway();
    const { api } = await gateway.pass(
      head('GET / HTTP/1.1', 'Host: a', ...OF_ONE_HOP, 'TE: gzip;q=0.5', 'X-Request-ID: r-1', 'X-Stays: 3'),
    );
    expect(await api.until('\r\n\r\n')).toBe(
      head(
        ...['GET / HTTP/1.1', 'Host: a', 'X-Request-ID: r-1', 'X-Stays: 3', 'X-Forwarded-For: 127.0.0.1'],
        ...['X-Forwarded-Proto: http', 'X-Forwarded-Host: a', 'Via: 1.1 valtronics-gateway'],
      ),
    );
  });

  it('does not reach the client, and the connection to it stays', async () => {
    const gateway = await startTestGateway();
    const { client, api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a', 'X-Request-ID: r-1'));
    await api.until('\r\n\r\n');
    api.write(head('HTTP/1.1 200 OK', 'Date: x', ...OF_ONE_HOP, 'X-Stays: 3', 'Content-Length: 0'));
    expect(await client.until('\r\n\r\n')).toBe(
      head(
        ...['HTTP/1.1 200 OK', 'Date: x', 'X-Stays: 3', 'Content-Length: 0', 'X-Request-ID: r-1'],
        ...['Connection: keep-alive', 'Keep-Alive: timeout=75'],
      ),
    );
    client.write(head('GET /2 HTTP/1.1', 'Host: a'));
    expect(await (await gateway.api.accept()).until('\r\n')).toBe('GET /2 HTTP/1.1\r\n');
  });

  it('cannot take away what the gateway adds, nor change where a body ends', async () => {
    const gateway = await startTestGateway();
    const { api } = await gateway.pass(
      `${head(
        ...['POST / HTTP/1.1', 'Host: a', 'Content-Length: 3', 'X-Request-ID: r-1'],
        'Connection: X-Forwarded-For, X-Request-ID, Via, Content-Length, Transfer-Encoding',
      )}abc`,
    );
    const passed = await api.until('abc');
    for (const line of ['Content-Length: 3', 'X-Forwarded-For: 127.0.0.1', 'X-Request-ID: r-1'])
      expect(passed).toContain(`\r\n${line}\r\n`);
  });

  it('is told to the API as of the gateway: Via behind what others added', async () => {
    const gateway = await startTestGateway();
    const { api } = await gateway.pass(
      head('GET / HTTP/1.0', 'Via: 1.1 fred, 1.0 p.example', 'Expect: 100-continue'),
    );
    const passed = await api.until('\r\n\r\n');
    expect(passed).toContain('\r\nVia: 1.1 fred, 1.0 p.example\r\n');
    expect(passed).toContain('\r\nVia: 1.0 valtronics-gateway\r\n');
    expect(passed).not.toContain('Expect');
  });
});
