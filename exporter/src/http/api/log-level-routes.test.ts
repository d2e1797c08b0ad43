import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '../../log/logger.ts';
import { httpDependencies, startTestServer, type TestServer } from '../../../test/support/http.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

describe('the level of the own log', () => {
  it('is shown, changed while the exporter runs, and the change is logged', async () => {
    const lines: string[] = [];
    const logger = createLogger('warn', { write: (line) => lines.push(line) });
    server = await startTestServer({
      dependencies: httpDependencies({ logger, logLevel: { get: logger.level, set: logger.setLevel } }),
    });
    const address = `${server.url}/api/v1/log-level`;
    const put = (body: string): Promise<Response> =>
      fetch(address, { method: 'PUT', body, headers: { 'Content-Type': 'application/json' } });
    expect(await (await fetch(address)).json()).toEqual({ level: 'warn' });
    expect(await (await put('{"level":"debug"}')).json()).toEqual({ level: 'debug' });
    expect(lines.some((line) => line.includes('"before":"warn","level":"debug"'))).toBe(true);
    logger.debug({}, 'now it speaks');
    expect(lines.at(-1)).toContain('now it speaks');
    expect((await put('{"level":"loud"}')).status).toBe(422);
  });

  it('has no other methods', async () => {
    server = await startTestServer({ dependencies: httpDependencies() });
    const { status, headers } = await fetch(`${server.url}/api/v1/log-level`, { method: 'DELETE' });
    expect([status, headers.get('Allow')]).toEqual([405, 'GET, HEAD, PUT']);
  });
});
