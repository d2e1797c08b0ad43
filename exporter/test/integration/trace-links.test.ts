import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type TestExporter, startExporter } from '../support/exporter.ts';
import { type FakeApi, startFakeApi } from '../support/fake-api.ts';
import { type Jaeger, JAEGER_BUILD_TIMEOUT, startJaeger } from '../support/jaeger.ts';
import { JAVA, MAVEN, type OpenSearch, startOpenSearch } from '../support/opensearch.ts';
import { EXEMPLAR_STORAGE, scrapeEverySecond, startPrometheus } from '../support/prometheus.ts';
import { describeWith, GO, PROMETHEUS } from '../support/require.ts';
import { freePort, type RunningServer, temporaryFolder, waitFor } from '../support/server.ts';

const REQUEST_ID = 'order-66';
const PATH = '/api/v1/devices/stats';

const exemplarAnswer = z.object({
  data: z.array(
    z.object({
      seriesLabels: z.object({ endpoint: z.string() }),
      exemplars: z.array(z.object({ labels: z.object({ trace_id: z.string() }) })),
    }),
  ),
});
const traceAnswer = z.object({
  data: z.tuple([
    z.object({
      spans: z.array(
        z.object({
          operationName: z.string(),
          tags: z.array(z.object({ key: z.string(), value: z.unknown() })),
        }),
      ),
    }),
  ]),
});
const storeAnswer = z.object({
  hits: z.object({ hits: z.array(z.object({ _source: z.record(z.string(), z.unknown()) })) }),
});

async function ask<Shape>(schema: z.ZodType<Shape>, url: string): Promise<Shape> {
  return schema.parse(await (await fetch(url)).json());
}

describeWith([GO, JAVA, MAVEN, PROMETHEUS], 'one request through the gateway', () => {
  const folder = temporaryFolder('trace-links');
  let store: OpenSearch;
  let jaeger: Jaeger;
  let api: FakeApi;
  let exporter: TestExporter;
  let prometheus: RunningServer;
  let answer: Response;

  beforeAll(async () => {
    store = await startOpenSearch();
    jaeger = await startJaeger({ elasticsearchUrl: store.url });
    api = await startFakeApi();
    const gateway = await freePort();
    const accessLog = join(folder.path, 'gateway.log');
    exporter = await startExporter({
      VALTRONICS_API_URL: api.url,
      VALTRONICS_API_REQUESTS_SOURCE: 'gateway',
      VALTRONICS_GATEWAY_LISTEN: `127.0.0.1:${gateway}`,
      VALTRONICS_GATEWAY_ACCESS_LOG: accessLog,
      VALTRONICS_LOG_SOURCES: `valtronics-gateway=${accessLog}`,
      VALTRONICS_ELASTICSEARCH_URL: store.url,
      VALTRONICS_JAEGER_URL: jaeger.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlp,
    });
    answer = await fetch(`http://127.0.0.1:${gateway}${PATH}`, { headers: { 'X-Request-ID': REQUEST_ID } });

    prometheus = await startPrometheus({
      folder: folder.path,
      config: scrapeEverySecond('valtronics-api', new URL(exporter.url).host),
      args: [EXEMPLAR_STORAGE],
    });
  }, JAEGER_BUILD_TIMEOUT);
  afterAll(async () => {
    await prometheus.stop();
    await exporter.stop();
    await api.stop();
    await jaeger.stop();
    await store.stop();
    await folder.remove();
  });

  /** Trace ids that Prometheus has beside the durations of the route. */
  async function exemplars(): Promise<string[]> {
    const query = new URLSearchParams({
      query: 'valtronics_api_request_duration_seconds_bucket',
      start: String(Date.now() / 1000 - 600),
      end: String(Date.now() / 1000 + 60),
    });
    const url = `http://127.0.0.1:${prometheus.port}/api/v1/query_exemplars?${query.toString()}`;
    const { data } = await ask(exemplarAnswer, url);
    return data
      .filter(({ seriesLabels }) => seriesLabels.endpoint === PATH)
      .flatMap((series) => series.exemplars.map(({ labels }) => labels.trace_id));
  }

  it('is found from a dot on a chart in Jaeger, and from there in the log store, by one correlation id', async () => {
    expect([answer.status, answer.headers.get('X-Request-ID')]).toEqual([200, REQUEST_ID]);

    await waitFor('the exemplar', async () => (await exemplars()).length > 0);
    const [traceId = ''] = await exemplars();

    await waitFor('the trace', async () => (await fetch(`${jaeger.url}/api/traces/${traceId}`)).ok);
    const [trace] = (await ask(traceAnswer, `${jaeger.url}/api/traces/${traceId}`)).data;
    expect(trace.spans.map(({ operationName }) => operationName)).toContain(`GET ${PATH}`);
    expect(trace.spans.flatMap(({ tags }) => tags)).toContainEqual(
      expect.objectContaining({ key: 'valtronics.correlation_id', value: REQUEST_ID }),
    );

    // As the data source of Jaeger asks the one of the log store (tracesToLogsV2).
    const search = `${store.url}/valtronics-logs-*/_search?q=${encodeURIComponent(`trace.id:"${traceId}"`)}`;
    const lines = async () => (await ask(storeAnswer, search)).hits.hits.map(({ _source }) => _source);
    await waitFor('the log entry', async () => (await fetch(search)).ok && (await lines()).length > 0);
    expect(await lines()).toEqual([
      expect.objectContaining({
        trace: { id: traceId },
        service: expect.objectContaining({ name: 'valtronics-gateway' }),
        http: expect.objectContaining({ request: expect.objectContaining({ id: REQUEST_ID }) }),
      }),
    ]);
  });
});
