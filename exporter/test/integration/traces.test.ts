import { createServer, type Server } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { JAEGER_BUILD_TIMEOUT, type Jaeger, startJaeger } from '../support/jaeger.ts';
import { type Reloadable, reloadable } from '../support/reloadable.ts';
import { describeWith, GO } from '../support/require.ts';
import { waitFor } from '../support/server.ts';

const page = z.object({
  items: z.array(
    z.object({
      traceId: z.string(),
      operation: z.string(),
      spanCount: z.number(),
      errorCount: z.number(),
      status: z.string(),
      error: z.string().nullable(),
      correlationId: z.string().nullable(),
    }),
  ),
  source: z.string(),
  kept: z.number(),
  oldest: z.string().nullable(),
  problem: z.string().nullable(),
});
const opened = z.object({
  data: z.array(
    z.object({
      traceID: z.string(),
      spans: z.array(z.object({ operationName: z.string(), spanID: z.string() })),
      warnings: z.array(z.string()).nullable(),
    }),
  ),
});

let exporter: Reloadable;
beforeEach(() => {
  exporter = reloadable();
});
afterEach(() => exporter.remove());

const search = async (query = '') => page.parse((await exporter.ask(`/api/v1/traces${query}`)).body);
const find = async (id: string) => opened.parse((await exporter.ask(`/api/v1/traces/${id}`)).body).data[0];
const SCRAPES = '?operation=GET%20%2Fmetrics';

/** A scrape of the exporter, and its trace. */
async function scraped() {
  await exporter.scrape();
  await waitFor('the trace of the scrape', async () => (await search(SCRAPES)).items.length > 0);
  const [trace] = (await search(SCRAPES)).items;
  if (trace === undefined) throw new Error('there is no trace');
  return trace;
}

describe('traces of the exporter', () => {
  it('are kept in memory where that is asked for, and found again', async () => {
    await exporter.start({ VALTRONICS_TRACES_BUFFER: '50' });
    const trace = await scraped();
    expect(trace).toMatchObject({ status: 'ok', errorCount: 0, correlationId: expect.any(String) });
    expect(await search(`?correlation=${trace.correlationId ?? ''}`)).toMatchObject({
      ...{ items: [{ traceId: trace.traceId }], source: 'buffer', problem: null },
    });
    const { spans = [] } = (await find(trace.traceId)) ?? {};
    expect(spans).toHaveLength(trace.spanCount);
    expect(spans.map(({ operationName }) => operationName)).toContain('refresh fleet');
    expect((await exporter.ask('/api/v1/traces/services')).body).toMatchObject({
      items: [{ service: 'valtronics-exporter', operations: expect.arrayContaining(['GET /metrics']) }],
    });
    expect((await exporter.ask('/api/v1/traces/map')).body).toMatchObject({
      edges: [{ client: 'client', server: 'valtronics-exporter' }],
    });
    const text = await exporter.scrape();
    expect(text).toContain(
      'traces_service_graph_request_total{client="client",server="valtronics-exporter"}',
    );
    expect(text).toMatch(/traces_span_metrics_calls_total\{[^}]*span_name="GET \/metrics"/);
  });

  it('are none where tracing is off, and from a reload on', async () => {
    await exporter.start({});
    await exporter.scrape();
    expect(await search()).toEqual({ items: [], source: 'off', kept: 0, oldest: null, problem: null });
    await exporter.reload({ VALTRONICS_TRACES_BUFFER: '50' });
    await scraped();
    await exporter.reload({ VALTRONICS_TRACES_BUFFER: undefined });
    expect((await search()).source).toBe('off');
  });

  it('stay through a reload, with the map; a smaller memory keeps the newest', async () => {
    await exporter.start({ VALTRONICS_TRACES_BUFFER: '50' });
    const { traceId } = await scraped();
    await exporter.reload({ VALTRONICS_MAX_DEVICES: '7' });
    expect((await find(traceId))?.traceID).toBe(traceId);
    expect((await exporter.ask('/api/v1/traces/map')).body).toMatchObject({
      edges: [{ client: 'client', server: 'valtronics-exporter' }],
    });
    await exporter.scrape();
    await waitFor('the newer trace', async () => (await search(SCRAPES)).items.length > 1);
    await exporter.reload({ VALTRONICS_TRACES_BUFFER: '1' });
    expect(await search()).toMatchObject({ kept: 1 });
    expect((await search()).items[0]?.traceId).not.toBe(traceId);
  });

  it('say that nothing is kept here where spans are only sent on', async () => {
    await exporter.start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    await exporter.scrape();
    expect(await search()).toMatchObject({
      ...{ items: [], source: 'off', problem: expect.stringContaining('VALTRONICS_JAEGER_URL') },
    });
  });

  it('come from memory with the reason while Jaeger is down', async () => {
    await exporter.start({ VALTRONICS_TRACES_BUFFER: '50', VALTRONICS_JAEGER_URL: 'http://127.0.0.1:9' });
    const { traceId } = await scraped();
    expect(await search()).toMatchObject({
      ...{ source: 'buffer', problem: expect.stringMatching(/^Jaeger at 127\.0\.0\.1:9 cannot be reached/) },
    });
    expect((await find(traceId))?.warnings).toEqual([expect.stringContaining('cannot be reached')]);
    expect(await exporter.ask(`/api/v1/traces/${'a'.repeat(32)}`)).toMatchObject({ status: 503 });
  });
});

describeWith([GO], 'traces in a real Jaeger', () => {
  let jaeger: Jaeger;
  /** Jaeger as versions were that had no `/api/v3`. */
  let older: Server;
  beforeAll(async () => {
    jaeger = await startJaeger();
    older = createServer((request, response) => {
      if (request.url?.includes('/api/v3/') === true) {
        response.writeHead(404).end('404 page not found\n');
        return;
      }
      void fetch(new URL(request.url ?? '/', jaeger.url)).then(async (answer) => {
        const headers = { 'Content-Type': answer.headers.get('content-type') ?? '' };
        response.writeHead(answer.status, headers).end(await answer.text());
      });
    });
    await new Promise<void>((resolve) => older.listen(0, '127.0.0.1', resolve));
  }, JAEGER_BUILD_TIMEOUT);
  afterAll(async () => {
    older.closeAllConnections();
    await new Promise((resolve) => older.close(resolve));
    await jaeger.stop();
  });

  const olderUrl = (): string => {
    const address = older.address();
    if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
    return `http://127.0.0.1:${address.port}/jaeger`;
  };

  it('are the same as in memory, over the newer and the older interface', async () => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlp, VALTRONICS_API_URL: 'http://127.0.0.1:9' };
    await exporter.start({ ...settings, VALTRONICS_TRACES_BUFFER: '50' });
    const { traceId } = await scraped();
    const inMemory = (await search(`?errors=true`)).items.find((item) => item.traceId === traceId);
    const spans = (await find(traceId))?.spans;
    expect(inMemory).toMatchObject({ status: 'error', error: expect.any(String) });
    for (const url of [jaeger.url, olderUrl()]) {
      await exporter.reload({ VALTRONICS_JAEGER_URL: url });
      const found = async (query: string) =>
        (await search(query)).items.find((item) => item.traceId === traceId);
      // A store may show a part of a trace first.
      await waitFor('the trace in Jaeger', async () => isDeepStrictEqual(await found(''), inMemory));
      for (const query of [
        '',
        '?errors=true',
        `${SCRAPES}&service=valtronics-exporter`,
        `?correlation=${inMemory?.correlationId ?? ''}`,
        '?order=slowest',
      ])
        expect([query, await found(query)]).toEqual([query, inMemory]);
      expect(await search()).toMatchObject({ source: 'jaeger', problem: null });
      expect((await find(traceId))?.spans).toEqual(spans);
      expect((await exporter.ask('/api/v1/traces/services')).body).toMatchObject({
        source: 'jaeger',
        items: expect.arrayContaining([
          {
            service: 'valtronics-exporter',
            operations: expect.arrayContaining(['GET /metrics']),
          },
        ]),
      });
      expect(await exporter.ask(`/api/v1/traces/${'a'.repeat(32)}`)).toMatchObject({
        ...{ status: 404, body: { error: { message: expect.stringContaining('does not have it') } } },
      });
    }
  });
});
