import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { get as secureGet } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeCertificate } from '../../../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../../../test/support/require.ts';
import { json, startFakeApi, type FakeApi } from '../../../test/support/fake-api.ts';
import { freePort, temporaryFolder, waitFor } from '../../../test/support/server.ts';
import { systemClock } from '../../base/clock.ts';
import { silentLogger } from '../../log/logger.ts';
import { API_REQUESTS } from '../../metrics/catalogue/platform.ts';
import { createMetrics, type OwnedMetrics } from '../../metrics/registry.ts';
import { NO_TRACER } from '../../trace/tracer.ts';
import { createMeasuredGateway, type MeasuredGateway } from './measured-gateway.ts';
import type { GatewayPlan } from './plan.ts';

let folder: ReturnType<typeof temporaryFolder>;
let metrics: OwnedMetrics;
const undo: (() => Promise<unknown>)[] = [];

async function api(options: Parameters<typeof startFakeApi>[0] = {}): Promise<FakeApi> {
  const fake = await startFakeApi(options);
  undo.push(() => fake.stop());
  return fake;
}

async function planFor(upstream: string, changes: Partial<GatewayPlan> = {}): Promise<GatewayPlan> {
  return {
    ...{ listen: `127.0.0.1:${await freePort()}`, upstream, upstreamCaFile: undefined },
    ...{ webConfigFile: undefined, accessLog: join(folder.path, 'access.log'), trustedProxies: [] },
    ...{ connections: 100, inFlight: 100, maxEndpoints: 10, countsRequests: true },
    ...changes,
  };
}

function gatewayOf(plan: GatewayPlan): MeasuredGateway {
  const gateway = createMeasuredGateway({
    ...{ plan, metrics, tracer: NO_TRACER, logger: silentLogger(), clock: systemClock },
    mask: (line) => line.replaceAll('hunter2', '***'),
  });
  undo.push(() => gateway.stop());
  return gateway;
}

const endpoints = (): (string | undefined)[] =>
  metrics.samples(API_REQUESTS).map(({ labels }) => labels['endpoint']);

beforeEach(() => {
  folder = temporaryFolder('measured-gateway');
  metrics = createMetrics({ defaultMetrics: false });
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await folder.remove();
});

describe('a gateway with what surrounds it', () => {
  it('knows the routes of the API from its own document', async () => {
    const platform = await api();
    platform.set('/api/v1/openapi.json', json({ paths: { '/api/v1/things/{thing}': {} } }));
    platform.set('/api/v1/things/7', json('seven'));
    const plan = await planFor(platform.url);
    await gatewayOf(plan).start();
    await waitFor('the document', () => platform.requests.includes('GET /api/v1/openapi.json'));
    await waitFor('the route', async () => {
      await (await fetch(`http://${plan.listen}/api/v1/things/7`)).text();
      return endpoints().includes('/api/v1/things/{thing}');
    });
  });

  it('writes no secret down', async () => {
    const platform = await api();
    const plan = await planFor(platform.url);
    const gateway = gatewayOf(plan);
    await gateway.start();
    await (await fetch(`http://${plan.listen}/api/v1/devices/stats?token=hunter2`)).text();
    await gateway.stop();
    const log = readFileSync(plan.accessLog ?? '', 'utf8');
    expect(log).toContain('/api/v1/devices/stats?token=***');
    expect(log.trimEnd().split('\n')).toHaveLength(1);
  });

  describeWith([OPENSSL], 'with certificates', () => {
    it('speaks TLS on both sides', async () => {
      const { key, cert, keyPath, certPath, remove } = await makeCertificate(1);
      undo.push(remove);
      const platform = await api({ tls: { key, cert } });
      platform.set('/api/v1/who', json('secure'));
      const webConfigFile = join(folder.path, 'web.yml');
      writeFileSync(webConfigFile, `tls_server_config: {cert_file: ${certPath}, key_file: ${keyPath}}`);
      const plan = await planFor(platform.url, { upstreamCaFile: certPath, webConfigFile });
      await gatewayOf(plan).start();
      const body = await new Promise((resolve, reject) => {
        secureGet(`https://${plan.listen}/api/v1/who`, { ca: cert, agent: false }, (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => (text += part));
          answer.once('end', () => resolve(text));
        }).once('error', reject);
      });
      expect(body).toBe('"secure"');
    });
  });

  it('leaves nothing behind where it cannot begin', async () => {
    const holder = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    const plan = await planFor((await api()).url, { listen: `127.0.0.1:${port}` });
    await expect(gatewayOf(plan).start()).rejects.toThrow('VALTRONICS_GATEWAY_LISTEN');
    await new Promise((resolve) => holder.close(resolve));
    await expect(gatewayOf({ ...plan, accessLog: folder.path }).start()).rejects.toThrow(/^cannot write to/);
    await expect(fetch(`http://${plan.listen}/`)).rejects.toThrow();
    await gatewayOf(plan).start();
    expect((await fetch(`http://${plan.listen}/api/v1/devices/stats`)).status).toBe(200);
  });
});
