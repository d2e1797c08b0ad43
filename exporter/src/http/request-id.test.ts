import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rawRequest, startTestServer, type TestServer } from '../../test/support/http.ts';
import { isRequestId } from '../base/request-id.ts';

describe('isRequestId', () => {
  it.each(['4bf92f3577b34da6', 'a.b_c-D', 'x'.repeat(64)])('takes %s', (id) =>
    expect(isRequestId(id)).toBe(true),
  );
  it.each(['', 'x'.repeat(65), 'a b', 'a"b', 'a\nb', 'a/b', 'a:b', '<x>', 'ä', '{}'])('refuses %j', (id) =>
    expect(isRequestId(id)).toBe(false),
  );
  it('takes nothing that a log could be forged with', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        if (isRequestId(id)) expect(JSON.stringify(id)).toBe(`"${id}"`);
      }),
    );
  });
});

describe('X-Request-Id', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it('comes back when it is sane', async () => {
    const answer = await rawRequest(`${server.url}/-/healthy`, { headers: { 'X-Request-Id': 'abc-1' } });
    expect(answer.headers['x-request-id']).toBe('abc-1');
  });

  it('is replaced when it is not, also on errors', async () => {
    const answer = await rawRequest(`${server.url}/nothing`, { headers: { 'X-Request-Id': 'a b' } });
    expect(answer.status).toBe(404);
    expect(answer.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });
});
