import { afterEach, expect, it } from '@jest/globals';
import { httpDependencies, rawRequest, startTestServer, type TestServer } from '../../test/support/http.ts';
import { waitFor } from '../../test/support/server.ts';
import { HTTP_DURATION, HTTP_IN_FLIGHT, HTTP_REQUESTS } from '../metrics/catalogue/http.ts';
import { createMetrics } from '../metrics/registry.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

it('counts answers by route, method and status, and what is no route as one', async () => {
  const metrics = createMetrics({ defaultMetrics: false });
  server = await startTestServer({ dependencies: httpDependencies({ metrics }) });
  const ask = async (path: string, method = 'GET'): Promise<unknown> =>
    rawRequest(`${server?.url ?? ''}${path}`, { method });
  await Promise.all([
    ask('/metrics'),
    ask('/api/v1/devices/MOCK-1000'),
    ask('/api/v1/devices/unknown'),
    ask('/secret', 'PROPFIND'),
    ask('/metrics', 'DELETE'),
  ]);
  const counted = () =>
    metrics
      .samples(HTTP_REQUESTS)
      .map(({ labels: { method, path, status } }) => `${method} ${path} ${status}`);
  await waitFor('all answers', () => metrics.samples(HTTP_IN_FLIGHT)[0]?.value === 0);
  expect(counted().sort()).toEqual([
    'DELETE /metrics 405',
    'GET /api/v1/devices/{device_id} 200',
    'GET /api/v1/devices/{device_id} 404',
    'GET /metrics 200',
    'other other 404',
  ]);
  expect(metrics.samples(HTTP_DURATION).length).toBeGreaterThan(0);
});
