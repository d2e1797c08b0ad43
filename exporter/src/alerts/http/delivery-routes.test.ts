import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeStores } from '../../../test/support/alert-stores.ts';
import {
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../../../test/support/http.ts';
import { startFakeApi, text, type FakeApi } from '../../../test/support/fake-api.ts';
import { waitFor } from '../../../test/support/server.ts';
import { settingsSchema } from '../../config/schema.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { type Alerting, createAlerting } from '../alerting.ts';
import { alertRoutes } from './routes.ts';

/** Nothing waits for others of its kind. */
const AT_ONCE = { slack_group_wait: '0s', slack_group_interval: '0s' };

describeStores((stores) => {
  let api: FakeApi;
  let server: TestServer;
  let alerting: Alerting;

  async function start(settings: object): Promise<void> {
    const logger = recordingLogger();
    alerting = createAlerting({
      settings: settingsSchema.parse({ ...settings, store: { url: stores.place().url } }),
      stateFolder: stores.place().stateFolder,
      metrics: createMetrics({ defaultMetrics: false }),
      fleet: { ...httpDependencies({}).fleet, resolve: (id) => id },
      logger,
    });
    alerting.start();
    server = await startTestServer({
      dependencies: httpDependencies({ logger }),
      routes: alertRoutes({
        store: () => alerting.store,
        delivery: () => alerting.delivery,
        maintenance: () => alerting.maintenance,
        explained: () => alerting.explained,
        now: Date.now,
        logger,
      }),
    });
  }

  beforeEach(async () => {
    api = await startFakeApi();
    api.set('/slack', text('ok'));
  });
  afterEach(async () => {
    await server.stop();
    await alerting.stop();
    await api.stop();
  });

  async function call(method: 'GET' | 'POST', path: string, body?: object) {
    const answer = await rawRequest(`${server.url}/api/v1/alerts${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const parsed: unknown = JSON.parse(answer.text);
    return { status: answer.status, body: parsed };
  }

  const page = z.object({
    items: z.array(z.object({ id: z.number(), receiver: z.string(), state: z.string() })),
  });
  const deliveries = async (query = '') => page.parse((await call('GET', `/deliveries${query}`)).body).items;
  const bothTried = (): Promise<void> =>
    waitFor('both deliveries', async () => {
      const all = await deliveries();
      return all.length === 2 && all.every(({ state }) => state !== 'pending');
    });
  const FAN = { name: 'FanStuck', severity: 'critical', message: 'It hums' };

  describe('deliveries over HTTP', () => {
    it('show what each receiver was told, and let a dead letter be retried', async () => {
      await start({
        receivers: { ...AT_ONCE, slack_url: `${api.url}/slack`, webhook_url: `${api.url}/nowhere` },
      });
      await call('POST', '', FAN);
      await bothTried();
      expect((await deliveries()).map(({ receiver, state }) => `${receiver} ${state}`)).toEqual([
        'slack delivered',
        'webhook dead',
      ]);
      const [dead] = await deliveries('?state=dead');
      api.set('/nowhere', text('ok'));
      expect(await call('POST', `/deliveries/${dead?.id ?? 0}/retry`)).toEqual({
        status: 200,
        body: { state: 'pending' },
      });
      await waitFor('the other', async () => (await deliveries('?state=delivered')).length === 2);
      expect((await call('POST', `/deliveries/${dead?.id ?? 0}/retry`)).status).toBe(404);
      expect((await call('POST', '/deliveries/x/retry')).status).toBe(400);
      expect((await call('GET', '/deliveries?state=gone')).status).toBe(400);
    });

    it('are shown on the alert: what each receiver was told last', async () => {
      await start({
        receivers: { ...AT_ONCE, slack_url: `${api.url}/slack`, webhook_url: `${api.url}/nowhere` },
      });
      const fingerprint = z
        .object({ fingerprint: z.string() })
        .parse((await call('POST', '', FAN)).body).fingerprint;
      await bothTried();
      const at = expect.stringMatching(/^2\d{3}-.*Z$/);
      expect((await call('GET', '')).body).toMatchObject({
        items: [
          {
            notified: [
              { receiver: 'slack', state: 'delivered', at },
              { receiver: 'webhook', state: 'dead', at },
            ],
          },
        ],
      });
      await call('POST', `/${fingerprint}/resolve`, {});
      await waitFor('its end', async () => (await deliveries('?state=delivered')).length === 2);
      expect((await call('GET', `/${fingerprint}`)).body).toMatchObject({
        deliveries: [
          { receiver: 'webhook', kind: 'firing', state: 'dead', at },
          { receiver: 'slack', kind: 'firing', state: 'delivered', at },
          { receiver: 'webhook', kind: 'resolved', state: 'dead', at },
          { receiver: 'slack', kind: 'resolved', state: 'delivered', at },
        ],
      });
    });

    it('that are dead are retried all at once, or those of one receiver', async () => {
      await start({
        receivers: { ...AT_ONCE, slack_url: `${api.url}/gone`, webhook_url: `${api.url}/nowhere` },
      });
      await call('POST', '', FAN);
      await call('POST', '', { ...FAN, name: 'Other' });
      await waitFor('all', async () => (await deliveries('?state=dead')).length === 4);
      expect((await call('POST', '/deliveries/retry', { receiver: 'nobody' })).body).toEqual({ retried: 0 });
      api.set('/nowhere', text('ok'));
      expect((await call('POST', '/deliveries/retry', { receiver: 'webhook' })).body).toEqual({ retried: 2 });
      await waitFor('the webhook', async () => (await deliveries('?state=delivered')).length === 2);
      api.set('/gone', text('ok'));
      expect((await call('POST', '/deliveries/retry', {})).body).toEqual({ retried: 2 });
      await waitFor('Slack', async () => (await deliveries('?state=delivered')).length === 4);
      expect((await call('POST', '/deliveries/retry', { to: 'slack' })).status).toBe(422);
    });

    it('test every receiver and say what each answered', async () => {
      await start({
        receivers: { ...AT_ONCE, slack_url: `${api.url}/slack`, webhook_url: `${api.url}/nowhere` },
      });
      expect(await call('POST', '/test')).toMatchObject({
        status: 200,
        body: {
          items: [
            {
              receiver: 'webhook',
              delivered: false,
              answer: expect.stringContaining('the webhook answered 404'),
            },
            { receiver: 'slack', delivered: true, answer: '200 ok' },
          ],
        },
      });
      expect(await deliveries()).toEqual([]);
    });

    it('are none without receivers, and a 503 while alerts are switched off', async () => {
      await start({});
      expect((await call('POST', '/test')).body).toEqual({ items: [] });
      await server.stop();
      await alerting.stop();
      await start({ alerts: { enabled: 'false' } });
      expect((await call('POST', '/test')).status).toBe(503);
      expect((await call('GET', '/deliveries')).status).toBe(503);
      expect(alerting.platform).toBeUndefined();
    });
  });
});
