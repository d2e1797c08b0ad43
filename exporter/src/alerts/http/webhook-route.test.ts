import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { storeRoutes } from '../../../test/support/alert-api.ts';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import {
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../../../test/support/http.ts';
import { system } from '../alert.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';

describeStores((stores) => {
  let store: AlertStore;
  let server: TestServer;
  let logger: ReturnType<typeof recordingLogger>;
  let now = T0;

  beforeEach(async () => {
    logger = recordingLogger();
    now = T0 + 10_000;
    store = createAlertStore({
      database: stores.open(logger),
      externalLabels: ['cluster'],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 50,
    });
    server = await startTestServer({
      dependencies: httpDependencies({ logger }),
      routes: storeRoutes(
        () => store,
        () => now,
        logger,
      ),
    });
  });
  afterEach(async () => {
    await server.stop();
    await store.close();
  });

  /** An alert as Alertmanager 0.25 posts it. */
  function notified(name: string, changes: object = {}) {
    return {
      status: 'firing',
      labels: { alertname: name, cluster: 'demo', severity: 'critical', instance: 'a:9100' },
      annotations: { summary: 'short', description: 'CPU is at 97 %' },
      startsAt: '2026-11-23T14:00:00.123456789Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus:9090/graph?g0.expr=up',
      fingerprint: 'dcba9876543210ff',
      ...changes,
    };
  }

  function notification(alerts: readonly object[], changes: object = {}) {
    return {
      version: '4',
      groupKey: '{}:{alertname="HighCPUUsage"}',
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'web.hook',
      groupLabels: { alertname: 'HighCPUUsage' },
      commonLabels: {},
      commonAnnotations: {},
      externalURL: 'http://alertmanager:9093',
      alerts,
      ...changes,
    };
  }

  async function post(body: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await rawRequest(`${server.url}/api/v1/alerts/webhook`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const parsed: unknown = JSON.parse(answer.text);
    return { status: answer.status, body: parsed };
  }

  const alerts = async () => (await store.list('history', { limit: 100 })).items;

  describe('a notification of Alertmanager', () => {
    it('is stored', async () => {
      expect(await post(notification([notified('HighCPUUsage'), notified('B')]))).toEqual({
        status: 200,
        body: { stored: 2, resolved: 0, ignored: 0, truncated: 0 },
      });
      expect((await alerts())[1]).toMatchObject({
        name: 'HighCPUUsage',
        severity: 'critical',
        source: 'alertmanager',
        message: 'CPU is at 97 %',
        startsAt: T0 + 123,
        generatorUrl: 'http://prometheus:9090/graph?g0.expr=up',
        labels: { cluster: 'demo', instance: 'a:9100' },
      });
    });

    it('twice is one alert, and its end is its resolution', async () => {
      await post(notification([notified('A')]));
      await post(notification([notified('A', { annotations: { description: 'CPU is at 99 %' } })]));
      expect(await alerts()).toMatchObject([{ state: 'active', message: 'CPU is at 99 %' }]);
      const end = { status: 'resolved', endsAt: '2026-11-23T14:00:05Z' };
      expect(await post(notification([notified('A', end)]))).toMatchObject({
        body: { stored: 0, resolved: 1 },
      });
      expect(await post(notification([notified('A', end)]))).toMatchObject({ body: { resolved: 0 } });
      expect(await alerts()).toMatchObject([{ state: 'resolved', resolution: { at: T0 + 5000 } }]);
    });

    it('meets the alert of another source in one row, and does not end it', async () => {
      const labels = { instance: 'a:9100' };
      const firing = [alertContent({ name: 'A', severity: 'critical', labels, source: 'platform' })];
      await store.report({ source: 'platform', firing, gone: [], comment: '', by: system('x'), now: T0 });
      await post(notification([notified('A')]));
      await post(notification([notified('A', { status: 'resolved', endsAt: '2026-11-23T14:00:05Z' })]));
      expect(await alerts()).toMatchObject([
        { source: 'platform', state: 'active', message: 'CPU is at 93 %' },
      ]);
    });

    it('keeps an acknowledgement, and brings back what still fires after somebody resolved it', async () => {
      await post(notification([notified('A')]));
      const fingerprint = (await alerts())[0]?.fingerprint ?? '';
      await store.acknowledge(fingerprint, decision(now));
      await post(notification([notified('A')]));
      expect((await store.find(fingerprint))?.state).toBe('acknowledged');
      await store.resolve(fingerprint, decision(now));
      await post(notification([notified('A')]));
      expect((await alerts()).map(({ state }) => state)).toEqual(['active', 'resolved']);
    });

    it('never brings the Watchdog in', async () => {
      expect(await post(notification([notified('Watchdog'), notified('A')]))).toMatchObject({
        status: 200,
        body: { stored: 1, ignored: 1 },
      });
      expect((await alerts()).map(({ name }) => name)).toEqual(['A']);
    });

    it('that left alerts out is stored, said and logged', async () => {
      expect(await post(notification([notified('A')], { truncatedAlerts: 7 }))).toMatchObject({
        body: { stored: 1, truncated: 7 },
      });
      expect(logger.lines).toContainEqual(
        expect.objectContaining({ level: 'warn', fields: { truncated: 7, received: 1 } }),
      );
    });

    it('may lack what older or newer versions lack or have', async () => {
      const { labels, startsAt, endsAt, status } = notified('A');
      const bare = {
        version: '4',
        alerts: [{ labels: { ...labels, empty: '' }, startsAt, endsAt, status }],
        later: true,
      };
      expect((await post(bare)).status).toBe(200);
      expect(await alerts()).toMatchObject([{ message: '', annotations: {} }]);
      expect((await alerts())[0]?.labels).not.toHaveProperty('empty');
    });
  });

  describe('a notification that cannot be taken', () => {
    it.each([
      ['of version 3', notification([notified('A')], { version: '3' }), 422, 'only version 4'],
      ['without a version', notification([notified('A')], { version: undefined }), 422, 'only version 4'],
      ['without alerts', notification([], { alerts: undefined }), 422, 'alerts'],
      [
        'with one bad alert',
        notification([notified('A'), notified('B', { startsAt: 'x' })]),
        422,
        'alerts.1.startsAt',
      ],
      ['with a bad status', notification([notified('A', { status: 'maybe' })]), 422, 'alerts.0.status'],
      [
        'with labels that are none',
        notification([notified('A', { labels: { a: 1 } })]),
        422,
        'alerts.0.labels.a',
      ],
      ['cut off', JSON.stringify(notification([notified('A')])).slice(0, -20), 400, 'not valid JSON'],
      ['that is no object', '"x"', 422, ''],
    ])('%s is refused and nothing of it stored', async (_what, body, status, words) => {
      expect(await post(body)).toMatchObject({
        status,
        body: { error: { message: expect.stringContaining(words) } },
      });
      expect(await alerts()).toEqual([]);
    });

    it('since it is huge, is refused', async () => {
      const huge = notified('A', { annotations: { description: 'x'.repeat(9 * 1024 * 1024) } });
      expect((await post(notification([huge]))).status).toBe(413);
      const many = Array.from({ length: 10_001 }, () => ({ ...notified('A'), annotations: {} }));
      expect((await post(notification(many))).status).toBe(422);
      expect(await alerts()).toEqual([]);
    });

    it('since the store is full, is refused, and what there is room for and what is over is stored', async () => {
      const many = Array.from({ length: 50 }, (_, i) => notified(`A${i}`));
      expect((await post(notification(many))).status).toBe(200);
      const end = { status: 'resolved', endsAt: '2026-11-23T14:00:05Z' };
      const next = [notified('A0', end), notified('B'), notified('C'), notified('A1', { annotations: {} })];
      expect(await post(notification(next))).toMatchObject({
        status: 503,
        body: { error: { message: expect.stringContaining('50 open alerts and refused 1: resolve some') } },
      });
      expect((await alerts()).filter(({ state }) => state !== 'resolved')).toHaveLength(50);
      expect((await alerts())[0]).toMatchObject({ name: 'B', state: 'active' });
      expect((await alerts()).find(({ name }) => name === 'A0')?.state).toBe('resolved');
      expect((await alerts()).find(({ name }) => name === 'A1')?.message).toBe('');
    });
  });

  describe('a sender that is not like others', () => {
    const fired = (startsAt: string) => notification([notified('A', { startsAt })]);
    const ended = (startsAt: string, endsAt: string) =>
      notification([notified('A', { startsAt, endsAt, status: 'resolved' })]);

    it('with a clock ten minutes behind can end what somebody had resolved and it fired again', async () => {
      now = T0 + 600_000;
      await post(fired('2026-11-23T14:00:00Z'));
      await store.resolve((await alerts())[0]?.fingerprint ?? '', decision(now + 60_000));
      now = T0 + 720_000;
      await post(fired('2026-11-23T14:02:00Z'));
      expect((await alerts()).map(({ state }) => state)).toEqual(['active', 'resolved']);
      now = T0 + 780_000;
      expect(await post(ended('2026-11-23T14:02:00Z', '2026-11-23T14:03:00Z'))).toMatchObject({
        body: { resolved: 1 },
      });
      expect((await alerts()).map(({ state }) => state)).toEqual(['resolved', 'resolved']);
    });

    it('that tells an end late ends no alert that began since', async () => {
      await post(fired('2026-11-23T14:00:05Z'));
      expect(await post(ended('2026-11-23T13:00:00Z', '2026-11-23T13:30:00Z'))).toMatchObject({
        body: { resolved: 0 },
      });
      expect(await alerts()).toMatchObject([{ state: 'active' }]);
    });

    it('that says no end ends it now', async () => {
      await post(fired('2026-11-23T14:00:00Z'));
      await post(ended('2026-11-23T14:00:00Z', '0001-01-01T00:00:00Z'));
      expect(await alerts()).toMatchObject([{ state: 'resolved', resolution: { at: now } }]);
    });

    it('that says no beginning began now, and can end it by any clock', async () => {
      await post(fired('0001-01-01T00:00:00Z'));
      expect(await alerts()).toMatchObject([{ startsAt: now }]);
      await post(ended('0001-01-01T00:00:00Z', '2026-11-23T13:00:00Z'));
      expect(await alerts()).toMatchObject([{ state: 'resolved' }]);
    });

    it('with a link that a browser would run has it shown by nobody', async () => {
      await post(notification([notified('A', { generatorURL: 'javascript:alert(1)' })]));
      const answer = await rawRequest(`${server.url}/api/v1/alerts`);
      expect(JSON.parse(answer.text)).toMatchObject({ items: [{ generatorUrl: null }] });
    });

    it('with labels that JavaScript’s objects have keeps them as data', async () => {
      const body = JSON.stringify(notification([notified('A')])).replace(
        '"alertname":"A"',
        '"alertname":"A","__proto__":"p","constructor":"c","hasOwnProperty":"h"',
      );
      expect(await post(body)).toMatchObject({ status: 200 });
      const labels = '"__proto__":"p","constructor":"c","hasOwnProperty":"h"';
      expect(JSON.stringify((await alerts())[0]?.labels)).toContain(labels);
      const answer = await rawRequest(`${server.url}/api/v1/alerts?q=p`);
      expect(answer.text).toContain(labels);
      const other = await post(body.replace('"__proto__":"p"', '"__proto__":"q"'));
      expect(other).toMatchObject({ body: { stored: 1 } });
      expect(await alerts()).toHaveLength(2);
    });
  });
});
