import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';

/** The id that the API was told, the client was told, and the observer. */
async function idsFor(...given: readonly string[]): Promise<string[]> {
  const gateway = await startTestGateway();
  const { client, api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a', ...given));
  const idsIn = (text: string): string[] =>
    text.split('\r\n').flatMap((line) => (/^x-request-id: (.*)$/i.exec(line) ?? []).slice(1));
  const passed = idsIn(await api.until('\r\n\r\n'));
  api.write(head('HTTP/1.1 200 OK', 'x-request-id: of-the-api', 'Content-Length: 0'));
  const answered = idsIn(await client.until('\r\n\r\n'));
  client.destroy();
  return [...passed, ...answered, ...(await gateway.observer.until(1)).map(({ requestId }) => requestId)];
}

describe('X-Request-ID', () => {
  it.each(['r-1', 'A.b_C-9', 'x'.repeat(64)])('%j is kept', async (id) => {
    expect(await idsFor(`x-request-id: ${id}`)).toEqual([id, id, id]);
  });

  it.each([
    ['nothing', []],
    ['an empty one', ['X-Request-ID:']],
    ['one that is too long', [`X-Request-ID: ${'x'.repeat(65)}`]],
    ['one with a blank', ['X-Request-ID: a b']],
    ['one that would break a log line', ['X-Request-ID: a"}{"b']],
    ['one with letters that are none of ASCII', ['X-Request-ID: caf\xe9']],
    ['two', ['X-Request-ID: a', 'X-Request-ID: b']],
  ])('%s is replaced by one that is new', async (_what, headers) => {
    const [passed, answered, observed, ...more] = await idsFor(...headers);
    expect(passed).toMatch(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect([answered, observed, more]).toEqual([passed, passed, []]);
  });
});
