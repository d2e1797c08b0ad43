import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { API_PROBE_DURATION } from '../../src/metrics/catalogue/platform.ts';
import { renderExposition } from '../../src/metrics/exposition.ts';
import { EXPOSITIONS, negotiate } from '../../src/metrics/negotiate.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { EXEMPLAR_STORAGE, scrapeEverySecond, startPrometheus } from '../support/prometheus.ts';
import { describeWith, PROMETHEUS } from '../support/require.ts';
import { freePort, type RunningServer, temporaryFolder, waitFor } from '../support/server.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = '00f067aa0ba902b7';

const answer = z.object({
  data: z.array(
    z.object({
      seriesLabels: z.record(z.string(), z.string()),
      exemplars: z.array(z.object({ labels: z.record(z.string(), z.string()), value: z.string() })),
    }),
  ),
});

describeWith([PROMETHEUS], 'a real Prometheus with exemplar storage', () => {
  const folder = temporaryFolder('exemplars');
  let metrics: Server;
  let prometheus: RunningServer;

  beforeEach(async () => {
    const registry = createMetrics({ defaultMetrics: false });
    const cell = registry.histogram(API_PROBE_DURATION, { endpoint: '/api/v1/devices/' });
    cell.observe(0.3);
    cell.exemplar(0.3, { traceId: TRACE, spanId: SPAN });
    const target = await freePort();
    metrics = createServer((request, response) => {
      const exposition = EXPOSITIONS[negotiate(request.headers.accept)];
      void registry.snapshot().then((families) => {
        response.setHeader('Content-Type', exposition.contentType);
        response.end(renderExposition(exposition, families));
      });
    });
    await new Promise<void>((resolve) => metrics.listen(target, '127.0.0.1', resolve));
    prometheus = await startPrometheus({
      folder: folder.path,
      config: scrapeEverySecond('valtronics', `127.0.0.1:${target}`),
      args: [EXEMPLAR_STORAGE],
    });
  });
  afterEach(async () => {
    await prometheus.stop();
    metrics.closeAllConnections();
    await new Promise((resolve) => metrics.close(resolve));
    await folder.remove();
  });

  it('scrapes the exemplar of a bucket and gives it back', async () => {
    const query = new URLSearchParams({
      query: API_PROBE_DURATION.name + '_bucket',
      start: String(Date.now() / 1000 - 3600),
      end: String(Date.now() / 1000 + 3600),
    });
    const url = `http://127.0.0.1:${prometheus.port}/api/v1/query_exemplars?${query.toString()}`;
    const ask = async () => answer.parse(await (await fetch(url)).json()).data;
    await waitFor('an exemplar', async () => (await ask()).length > 0);
    expect(await ask()).toEqual([
      {
        seriesLabels: expect.objectContaining({ le: '0.5', endpoint: '/api/v1/devices/' }),
        exemplars: [{ labels: { trace_id: TRACE, span_id: SPAN }, value: '0.3' }],
      },
    ]);
  });
});
