import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { manualClock } from '../../../../test/support/clock.ts';
import {
  type FakeLogStore,
  startFakeLogStore,
  type StoreReply,
} from '../../../../test/support/fake-log-store.ts';
import { recordingLogger } from '../../../../test/support/http.ts';
import { waitFor } from '../../../../test/support/server.ts';
import { createStoreClient, type StoreClient } from '../store-client.ts';
import { setUpStore } from './set-up.ts';
import { createUpkeep } from './upkeep.ts';

let store: FakeLogStore;
let client: StoreClient;
/** Answers by method and path; the rest is 200. */
let replies: Record<string, StoreReply>;
const signal = new AbortController().signal;

beforeEach(async () => {
  store = await startFakeLogStore();
  client = createStoreClient({ url: store.url });
  replies = {};
  store.onCall = ({ method, url }) => replies[`${method} ${url}`] ?? { status: 200 };
});
afterEach(async () => {
  client.close();
  await store.close();
});

const root = (version: object): StoreReply => ({ status: 200, body: { version } });
const elasticsearch = root({ number: '9.1.0' });
const opensearch = root({ number: '3.0.0', distribution: 'opensearch' });
const ISM = '/_plugins/_ism/policies/valtronics-logs';
const missing: StoreReply = { status: 400, body: { error: 'no handler found for uri' } };
const calls = (): string[] => store.calls.map(({ method, url }) => `${method} ${url}`);
const templateSchema = z.object({
  template: z.object({ settings: z.object({ index: z.object({ lifecycle: z.unknown().optional() }) }) }),
});
function lifecycle(): unknown {
  const call = store.calls.find(({ url }) => url === '/_index_template/valtronics-logs');
  return templateSchema.parse(JSON.parse(call?.body ?? '')).template.settings.index.lifecycle;
}

describe('setUpStore', () => {
  it('gives Elasticsearch an ILM policy, and its indices that policy', async () => {
    replies = { 'GET /': elasticsearch };
    expect(await setUpStore(client, 7, signal)).toEqual({
      ...{ distribution: 'elasticsearch', version: '9.1.0', retention: 'ilm', problems: [] },
    });
    expect(calls()).toEqual([
      ...['GET /', 'PUT /_ilm/policy/valtronics-logs', 'PUT /_index_template/valtronics-logs'],
      'PUT /_ingest/pipeline/valtronics-logs',
    ]);
    expect(store.calls[1]?.body).toContain('"min_age":"7d"');
    expect(lifecycle()).toEqual({ name: 'valtronics-logs' });
  });

  it('gives OpenSearch an ISM policy, and its indices nothing that it does not know', async () => {
    replies = { 'GET /': opensearch };
    expect(await setUpStore(client, 30, signal)).toMatchObject({
      distribution: 'opensearch',
      retention: 'ism',
    });
    expect(calls()[1]).toBe(`PUT ${ISM}`);
    expect(store.calls[1]?.body).toContain('"min_index_age":"30d"');
    expect(lifecycle()).toBeUndefined();
  });

  it('replaces the ISM policy that is there, by its version', async () => {
    replies = {
      ...{ 'GET /': opensearch, [`PUT ${ISM}`]: { status: 409 } },
      [`GET ${ISM}`]: { status: 200, body: { _id: 'valtronics-logs', _seq_no: 12, _primary_term: 3 } },
    };
    expect(await setUpStore(client, 30, signal)).toMatchObject({ retention: 'ism', problems: [] });
    expect(calls()).toContain(`PUT ${ISM}?if_seq_no=12&if_primary_term=3`);
  });

  it('deletes by itself where the store has no policies', async () => {
    replies = { 'GET /': opensearch, [`PUT ${ISM}`]: missing };
    expect(await setUpStore(client, 30, signal)).toMatchObject({ retention: 'plain', problems: [] });
    const serverless: StoreReply = { status: 410, body: { error: 'api_not_available_exception' } };
    replies = { 'GET /': elasticsearch, 'PUT /_ilm/policy/valtronics-logs': serverless };
    expect(await setUpStore(client, 30, signal)).toMatchObject({ retention: 'plain', problems: [] });
  });

  it('leaves VictoriaLogs alone', async () => {
    const victoria = createStoreClient({ url: `${store.url}/insert/elasticsearch` });
    expect(await setUpStore(victoria, 30, signal)).toEqual({
      ...{ distribution: 'victorialogs', version: '', retention: 'own', problems: [] },
    });
    expect(store.calls).toEqual([]);
    victoria.close();
  });

  it('says what the store refuses, and puts the rest in place', async () => {
    const refused: StoreReply = { status: 403, body: { error: 'action [cluster:admin] is unauthorized' } };
    replies = { 'GET /': refused, 'PUT /_index_template/valtronics-logs': refused };
    const { distribution, problems } = await setUpStore(client, 30, signal);
    expect(distribution).toBe('unknown');
    expect(problems).toEqual([
      'the log store refuses the index template with 403: {"error":"action [cluster:admin] is unauthorized"}',
    ]);
    expect(calls()).toContain('PUT /_ingest/pipeline/valtronics-logs');
  });

  it.each(['GET /', 'PUT /_index_template/valtronics-logs'])(
    'is tried again after a 503 to %s',
    async (call) => {
      replies = { 'GET /': elasticsearch, [call]: { status: 503 } };
      await expect(setUpStore(client, 30, signal)).rejects.toThrow(/answers 503/);
    },
  );
});

describe('createUpkeep', () => {
  it('deletes old indices where the store does not', async () => {
    const clock = manualClock(Date.UTC(2026, 10, 29));
    const logger = recordingLogger();
    const indices = ['2026.10.01', '2026.11.28'].map((day) => ({ index: `valtronics-logs-${day}` }));
    replies = {
      ...{ 'GET /': opensearch, [`PUT ${ISM}`]: missing },
      'GET /_cat/indices/valtronics-logs-*?format=json&h=index': { status: 200, body: indices },
    };
    const upkeep = createUpkeep({ client, retentionDays: 30, clock, logger });
    expect(upkeep.report()).toBeUndefined();
    await upkeep.prepare(signal);
    expect(upkeep.report()).toMatchObject({ retention: 'plain' });
    await waitFor('a deletion', () => logger.lines.length === 2);
    await upkeep.stop();
    expect(calls().filter((call) => call.startsWith('DELETE'))).toEqual([
      'DELETE /valtronics-logs-2026.10.01',
    ]);
  });

  it('says what it could not do', async () => {
    const logger = recordingLogger();
    replies = { 'GET /': elasticsearch, 'PUT /_index_template/valtronics-logs': { status: 400, body: 'no' } };
    const upkeep = createUpkeep({ client, retentionDays: 30, clock: manualClock(), logger });
    await upkeep.prepare(signal);
    await upkeep.stop();
    expect(logger.lines.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'the log store is set up'],
      ['warn', 'a part of the log store is not set up'],
    ]);
  });
});
