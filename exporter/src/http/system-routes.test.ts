import { afterEach, describe, expect, it } from '@jest/globals';
import {
  collectorState,
  httpDependencies,
  rawRequest,
  startTestServer,
  type TestServer,
} from '../../test/support/http.ts';
import type { CollectorState, HttpDependencies } from './dependencies.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

async function start(changes: Partial<HttpDependencies> = {}): Promise<string> {
  server = await startTestServer({ dependencies: httpDependencies(changes) });
  return server.url;
}

describe('/-/healthy', () => {
  it('is 200 whatever the sources do, with any query', async () => {
    const url = await start({ collectors: () => [collectorState({ attempted: false, success: false })] });
    const answer = await rawRequest(`${url}/-/healthy?probe=1`);
    expect([answer.status, answer.text]).toEqual([200, '{"status":"healthy"}']);
  });
});

describe('/-/ready', () => {
  it('is 503 with those it waits for, and 200 once each was tried, successful or not', async () => {
    let collectors: CollectorState[] = [
      collectorState({ name: 'api', success: false, attempted: false }),
      collectorState({ name: 'mqtt' }),
      collectorState({ name: 'redis', success: false, attempted: false }),
    ];
    const url = await start({ collectors: () => collectors });
    const before = await rawRequest(`${url}/-/ready`);
    expect(before.status).toBe(503);
    expect(JSON.parse(before.text)).toEqual({
      error: {
        code: 'not_ready',
        message: 'waiting for the first attempt of api, redis',
        details: { waiting: ['api', 'redis'] },
      },
    });
    collectors = collectors.map((collector) => ({ ...collector, attempted: true }));
    const after = await rawRequest(`${url}/-/ready`);
    expect([after.status, after.text]).toEqual([200, '{"status":"ready"}']);
  });

  it('is 200 when nothing is configured', async () => {
    const url = await start({ collectors: () => [] });
    expect((await rawRequest(`${url}/-/ready`)).status).toBe(200);
  });
});

describe('/-/reload', () => {
  it('reloads by POST only', async () => {
    let reloads = 0;
    const reload = (): Promise<void> => {
      reloads += 1;
      return Promise.resolve();
    };
    const url = await start({ reload });
    expect((await rawRequest(`${url}/-/reload`)).status).toBe(405);
    expect(reloads).toBe(0);
    const answer = await rawRequest(`${url}/-/reload`, { method: 'POST' });
    expect([answer.status, answer.text, reloads]).toEqual([200, '{"status":"reloaded"}', 1]);
  });

  it('takes an empty form, as curl -d "" sends it', async () => {
    const url = await start();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '0' };
    expect((await rawRequest(`${url}/-/reload`, { method: 'POST', headers })).status).toBe(200);
  });

  it('says why it failed', async () => {
    const url = await start({ reload: () => Promise.reject(new Error('listen: "x" is no address')) });
    const answer = await rawRequest(`${url}/-/reload`, { method: 'POST' });
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text)).toEqual({
      error: {
        code: 'reload_failed',
        message: 'the old configuration stays in force: listen: "x" is no address',
      },
    });
  });
});
