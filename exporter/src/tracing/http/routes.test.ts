import { afterEach, describe, expect, it } from '@jest/globals';
import { rawRequest, startTestServer, type TestServer } from '../../../test/support/http.ts';
import type { TraceAnswers } from '../answers.ts';
import type { TraceQuery } from '../store/trace-query.ts';
import type { TraceSummary } from '../store/trace-summary.ts';
import { traceRoutes } from './routes.ts';

const ID = '0af7651916cd43dd8448eb211c80319c';
const START = Date.UTC(2026, 10, 29, 12);

const SUMMARY: TraceSummary = {
  ...{ traceId: ID, service: 'valtronics-gateway', operation: 'GET /api/v1/devices/', kind: 'server' },
  ...{ start: START, durationMs: 12.5, status: 'error', error: 'refused', spanCount: 2, errorCount: 1 },
  ...{ services: ['valtronics-gateway'], method: 'GET', route: '/api/v1/devices/', httpStatus: 502 },
  ...{ deviceId: null, correlationId: 'abc' },
};

/** Answers that note what was asked. */
function answersOf(changes: Partial<TraceAnswers> = {}) {
  const queries: TraceQuery[] = [];
  const windows: object[] = [];
  const answers: TraceAnswers = {
    search: (query) => {
      queries.push(query);
      return Promise.resolve({ items: [SUMMARY], source: 'buffer', oldest: START, kept: 1, problem: null });
    },
    services: () =>
      Promise.resolve({ items: [{ service: 'a', operations: ['b'] }], source: 'jaeger', problem: null }),
    find: (traceID) =>
      Promise.resolve({
        trace: {
          traceID,
          spans: [
            {
              ...{ traceID, spanID: '00f067aa0ba902b7', operationName: 'scrape', references: [] },
              ...{ startTime: START * 1000, duration: 1500, processID: 'p1', warnings: null, logs: [] },
              tags: [{ key: 'span.kind', type: 'string', value: 'internal' }],
            },
          ],
          processes: { p1: { serviceName: 'valtronics-exporter', tags: [] } },
          warnings: null,
        },
      }),
    map: (window) => {
      windows.push(window);
      return { nodes: [], edges: [], windowSeconds: 3600, source: 'buffer' };
    },
    ...changes,
  };
  return { queries, windows, answers };
}

let server: TestServer;
afterEach(() => server.stop());

async function start(answers: TraceAnswers | undefined): Promise<void> {
  server = await startTestServer({ routes: traceRoutes({ answers: () => answers }) });
}

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const { status, text } = await rawRequest(`${server.url}/api/v1/traces${path}`);
  return { status, body: JSON.parse(text) };
}

describe('traces over HTTP', () => {
  it('are searched by what is asked', async () => {
    const { answers, queries } = answersOf();
    await start(answers);
    expect(await get('')).toEqual({
      status: 200,
      body: {
        items: [{ ...SUMMARY, start: '2026-11-29T12:00:00.000Z' }],
        ...{ source: 'buffer', oldest: '2026-11-29T12:00:00.000Z', kept: 1, problem: null },
      },
    });
    const asked =
      'service=a&operation=b&minDurationMs=2.5&errors=true&device=d&correlation=c&limit=3&order=slowest';
    await get(`?${asked}&from=2026-11-29T12:00:00Z&to=2026-11-29T13:00:00Z`);
    expect(queries).toEqual([
      { errors: false, limit: 100, order: 'newest' },
      {
        ...{ service: 'a', operation: 'b', minDurationMs: 2.5, errors: true, deviceId: 'd' },
        ...{ correlationId: 'c', from: START, to: START + 3_600_000, limit: 3, order: 'slowest' },
      },
    ]);
  });

  it.each(['?limit=0', '?minDurationMs=fast', '?errors=yes', '?from=today', '?order=best', '?tag=x'])(
    'refuse %s',
    async (query) => {
      await start(answersOf().answers);
      expect(await get(query)).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
    },
  );

  it('have services', async () => {
    await start(answersOf().answers);
    expect(await get('/services')).toEqual({
      status: 200,
      body: { items: [{ service: 'a', operations: ['b'] }], source: 'jaeger', problem: null },
    });
  });

  it('have a map of a window', async () => {
    const { answers, windows } = answersOf();
    await start(answers);
    expect(await get('/map')).toMatchObject({ status: 200, body: { windowSeconds: 3600 } });
    await get('/map?from=2026-11-29T12:00:00Z');
    expect(windows).toEqual([{}, { from: START }]);
  });

  it('are given in Jaeger’s JSON, a short id filled up', async () => {
    await start(answersOf().answers);
    expect(await get(`/${ID.toUpperCase()}`)).toMatchObject({
      status: 200,
      body: { data: [{ traceID: ID, spans: [{ traceID: ID }] }], total: 1, errors: null },
    });
    expect(await get('/8448eb211c80319c')).toMatchObject({
      body: { data: [{ traceID: '00000000000000008448eb211c80319c' }] },
    });
  });

  it.each(['no-id', '0'.repeat(32), `${ID}0`])('refuse the id %s', async (id) => {
    await start(answersOf().answers);
    expect(await get(`/${id}`)).toMatchObject({ status: 400 });
  });

  it('say why one may be missing', async () => {
    await start(answersOf({ find: () => Promise.resolve({ missing: 'it was sampled away' }) }).answers);
    expect(await get(`/${ID}`)).toEqual({
      status: 404,
      body: { error: { code: 'trace_not_found', message: 'it was sampled away' } },
    });
  });

  it('say that Jaeger does not answer', async () => {
    await start(answersOf({ find: () => Promise.reject(new Error('Jaeger refused')) }).answers);
    expect(await get(`/${ID}`)).toMatchObject({
      status: 503,
      body: { error: { message: 'Jaeger refused' } },
    });
  });

  it('say that they are switched off', async () => {
    await start(undefined);
    expect(await get('')).toMatchObject({ status: 200, body: { items: [], source: 'off', problem: null } });
    expect(await get('/services')).toEqual({
      status: 200,
      body: { items: [], source: 'off', problem: null },
    });
    expect(await get('/map')).toMatchObject({ status: 200, body: { nodes: [], edges: [], source: 'off' } });
    expect(await get(`/${ID}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'trace_not_found', message: expect.stringContaining('switched off') } },
    });
  });

  it('are in the OpenAPI document', async () => {
    await start(undefined);
    const { text } = await rawRequest(`${server.url}/api/v1/openapi.json`);
    for (const path of ['', '/services', '/map', '/{traceId}'])
      expect(text).toContain(`"/api/v1/traces${path}":{"get"`);
    for (const name of ['TracePage', 'TraceServices', 'ServiceMap', 'JaegerTraces'])
      expect(text).toContain(`"${name}":{`);
  });
});
