import { afterEach, describe, expect, it } from '@jest/globals';
import { httpDependencies, startTestServer, type TestServer } from '../../test/support/http.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function collectionsFor(path: string): Promise<number> {
  let collections = 0;
  const source = {
    collect: (budget: number) => {
      expect(budget).toBe(2000);
      collections += 1;
      return Promise.resolve();
    },
  };
  server = await startTestServer({ dependencies: httpDependencies({ source }) });
  await (await fetch(`${server.url}${path}`)).arrayBuffer();
  return collections;
}

describe('freshValues', () => {
  it.each([
    '/',
    '/api/v1/devices',
    '/api/v1/devices/MOCK-1000',
    '/api/v1/summary',
    '/api/v1/collectors',
    '/api/v1/health',
  ])('collects before it answers %s', async (path) => {
    expect(await collectionsFor(path)).toBe(1);
  });

  it.each(['/-/healthy', '/-/ready', '/api/v1/openapi.json', '/nothing'])(
    'collects nothing for %s',
    async (path) => {
      expect(await collectionsFor(path)).toBe(0);
    },
  );
});
