import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
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

const TOKEN = 'a-long-token';
const UNKNOWN = '0'.repeat(16);
const MINE = { Authorization: `Bearer ${TOKEN}` };

describeStores((stores) => {
  let store: AlertStore | undefined;
  let server: TestServer;
  let token: string | undefined;
  let logger: ReturnType<typeof recordingLogger>;
  let now = T0;

  beforeEach(async () => {
    logger = recordingLogger();
    token = undefined;
    now = T0;
    store = createAlertStore({
      database: stores.open(logger),
      externalLabels: ['cluster'],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 50,
    });
    server = await startTestServer({
      dependencies: httpDependencies({ token: () => token, logger }),
      routes: storeRoutes(
        () => store,
        () => now,
        logger,
      ),
    });
  });
  afterEach(async () => {
    await server.stop();
    await store?.close();
  });

  interface Answer {
    readonly status: number;
    readonly body: Record<string, unknown>;
  }

  const object = z.record(z.string(), z.unknown());

  async function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const { status, text } = await rawRequest(`${server.url}/api/v1/alerts${path}`, { headers });
    return { status, body: object.parse(JSON.parse(text)) };
  }

  async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await rawRequest(`${server.url}/api/v1/alerts${path}`, {
      method: 'POST',
      headers: { ...(text === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(text === undefined ? {} : { body: text }),
    });
    return { status: answer.status, body: object.parse(JSON.parse(answer.text)) };
  }

  /** Raises alerts past the API and returns their fingerprints. */
  async function raise(...names: string[]): Promise<string[]> {
    const firing = names.map((name) => alertContent({ name }));
    const report = { source: 'api', firing, gone: [], comment: '', by: system('t'), now: T0 } as const;
    return (await store?.report(report))?.alerts.map(({ fingerprint }) => fingerprint) ?? [];
  }

  const stored = async (): Promise<number> => (await store?.statistics(T0))?.total ?? -1;
  const FAN = { name: 'FanStuck', severity: 'critical', message: 'It hums', labels: { device_id: 'd-1' } };

  describe('an alert over HTTP', () => {
    it('is raised, taken on, resolved and remembered', async () => {
      const raised = await post('', { ...FAN, annotations: { runbook_url: 'http://r' } });
      expect(raised).toEqual({
        status: 200,
        body: {
          fingerprint: expect.stringMatching(/^[\da-f]{16}$/),
          name: 'FanStuck',
          severity: 'critical',
          source: 'api',
          state: 'active',
          message: 'It hums',
          labels: { alertname: 'FanStuck', severity: 'critical', device_id: 'd-1' },
          annotations: { runbook_url: 'http://r' },
          generatorUrl: null,
          startsAt: '2026-11-23T14:00:00.000Z',
          lastSeen: '2026-11-23T14:00:00.000Z',
          count: 1,
          expiresAt: null,
          acknowledgement: null,
          resolution: null,
          maintenance: [],
        },
      });
      const path = `/${String(raised.body['fingerprint'])}`;
      now = T0 + 60_000;
      expect(await post(`${path}/acknowledge`, { comment: ' mine ' })).toMatchObject({
        status: 200,
        body: {
          state: 'acknowledged',
          acknowledgement: { by: 'loopback', at: '2026-11-23T14:01:00.000Z', comment: 'mine' },
        },
      });
      expect(await get('?state=acknowledged')).toMatchObject({ body: { items: [{ name: 'FanStuck' }] } });
      now = T0 + 120_000;
      expect(await post(`${path}/resolve`, undefined)).toMatchObject({
        status: 200,
        body: { state: 'resolved', resolution: { by: 'loopback', comment: '' } },
      });
      expect(await get(path)).toMatchObject({
        status: 200,
        body: {
          events: [
            { action: 'resolved', kind: 'loopback' },
            { action: 'acknowledged', comment: 'mine' },
            { action: 'raised', at: '2026-11-23T14:00:00.000Z' },
          ],
        },
      });
      expect((await get('/statistics')).body).toEqual({
        total_alerts: 1,
        active_alerts: 0,
        acknowledged_alerts: 0,
        resolved_alerts: 1,
        severity_counts: {},
        alert_rate: 1 / 24,
        mean_time_to_acknowledge_seconds: 60,
        mean_time_to_resolve_seconds: 120,
        noisiest: [{ name: 'FanStuck', count: 1 }],
      });
    });

    it('carries the name of the Grafana user who changed it', async () => {
      token = TOKEN;
      const [fingerprint = ''] = await raise('A');
      const headers = { ...MINE, 'X-Grafana-Context': '{"Login":"ana","OrgRole":"Editor"}' };
      await post(`/${fingerprint}/acknowledge`, { comment: 'mine' }, headers);
      await post(`/${fingerprint}/resolve`, { comment: 'done' }, MINE);
      expect((await get(`/${fingerprint}`, MINE)).body).toMatchObject({
        acknowledgement: { by: 'ana' },
        events: [
          { action: 'resolved', by: 'token', kind: 'token' },
          { action: 'acknowledged', by: 'ana', kind: 'grafana' },
          { action: 'raised', by: 't', kind: 'system' },
        ],
      });
    });

    it('acknowledged by two people tells the second, and keeps both in the history when it is taken over', async () => {
      token = TOKEN;
      const [fingerprint = ''] = await raise('A');
      const as = (login: string) => ({ ...MINE, 'X-Grafana-Context': `{"Login":"${login}"}` });
      const path = `/${fingerprint}/acknowledge`;
      await post(path, { comment: 'on it' }, as('ana'));
      expect(await post(path, { comment: 'me too' }, as('bo'))).toMatchObject({
        status: 409,
        body: { error: { message: expect.stringContaining('ana has acknowledged it at 2026-11-23T14:0') } },
      });
      expect((await get(`/${fingerprint}`, MINE)).body).toMatchObject({ acknowledgement: { by: 'ana' } });
      expect(await post(path, { comment: 'mine now', replace: true }, as('bo'))).toMatchObject({
        status: 200,
      });
      expect((await get(`/${fingerprint}`, MINE)).body).toMatchObject({
        acknowledgement: { by: 'bo' },
        events: [
          { action: 'acknowledged', by: 'bo', comment: 'mine now' },
          { action: 'acknowledged', by: 'ana', comment: 'on it' },
          { action: 'raised' },
        ],
      });
    });

    it('is nobody’s to forge: without the token nothing is read or stored', async () => {
      token = TOKEN;
      const [fingerprint = ''] = await raise('A');
      const forged = { 'X-Grafana-Context': '{"Login":"admin"}' };
      expect((await get('')).status).toBe(401);
      for (const path of ['', '/webhook', `/${fingerprint}/acknowledge`, `/${fingerprint}/resolve`])
        expect((await post(path, FAN, forged)).status).toBe(401);
      expect((await store?.find(fingerprint))?.state).toBe('active');
      expect(await stored()).toBe(1);
    });

    it('that is unknown is not found, and that is resolved is not changed', async () => {
      const [fingerprint = ''] = await raise('A');
      await store?.resolve(fingerprint, decision(T0));
      expect((await get(`/${UNKNOWN}`)).status).toBe(404);
      expect((await post(`/${UNKNOWN}/acknowledge`, { comment: '' })).status).toBe(404);
      expect((await post(`/${UNKNOWN}/resolve`, {})).status).toBe(404);
      expect((await get('/XYZ')).status).toBe(400);
      expect(await post(`/${fingerprint}/acknowledge`, { comment: '' })).toMatchObject({
        status: 409,
        body: { error: { code: 'conflict', message: expect.stringContaining('is resolved') } },
      });
      expect((await post(`/${fingerprint}/resolve`, {})).status).toBe(409);
    });
  });

  describe('a list over HTTP', () => {
    it('comes in pages', async () => {
      await raise('A', 'B', 'C');
      const first = await get('?limit=2');
      expect(first.body).toMatchObject({ items: [{ name: 'C' }, { name: 'B' }] });
      const cursor = String(first.body['nextCursor']);
      expect((await get(`?limit=2&cursor=${cursor}`)).body).toMatchObject({
        items: [{ name: 'A' }],
        nextCursor: null,
      });
    });

    it('takes the filters', async () => {
      await raise('A');
      await post('', FAN);
      for (const query of [
        'severity=critical',
        'name=FanStuck',
        'device=d-1',
        'severity=critical&source=api',
      ])
        expect((await get(`?${query}`)).body).toMatchObject({ items: [{ name: 'FanStuck' }] });
      expect((await get('?source=platform')).body).toMatchObject({ items: [] });
      expect((await get('/history?from=2026-11-23T14:00:00Z')).body['items']).toHaveLength(2);
      expect((await get('/history?to=2026-11-23T15:00:00%2B01:00')).body['items']).toHaveLength(0);
    });

    it('finds in the history what was there at some moment of a time', async () => {
      const [over = ''] = await raise('Over', 'Open');
      await store?.resolve(over, decision(T0 + 60_000));
      const there = async (since: number): Promise<unknown> =>
        (await get(`/history?openSince=${new Date(since).toISOString()}`)).body['items'];
      expect(await there(T0 + 60_000)).toMatchObject([{ name: 'Open' }, { name: 'Over' }]);
      expect(await there(T0 + 60_001)).toMatchObject([{ name: 'Open' }]);
    });

    it.each([
      '?state=gone',
      '?limit=0',
      '?cursor=x',
      '?source=x',
      '/history?from=yesterday',
      '/history?openSince=today',
      '?openSince=2026-11-23T14:00:00Z',
      '?nonsense=1',
      '?device=a&device=b',
    ])('refuses %s', async (query) => expect((await get(query)).status).toBe(400));
  });

  describe('a bad report', () => {
    it.each([
      ['no name', { ...FAN, name: '' }],
      ['the Watchdog', { ...FAN, name: 'Watchdog' }],
      ['a label that repeats the name', { ...FAN, labels: { alertname: 'B' } }],
      ['a label name that is none', { ...FAN, labels: { 'a b': 'c' } }],
      [
        'too many labels',
        { ...FAN, labels: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, 'x'])) },
      ],
      ['a field of its own', { ...FAN, startsAt: 'now' }],
      ['no message', { ...FAN, message: undefined }],
      ['nothing', undefined],
      ['a list', [FAN]],
    ])('with %s is refused and leaves nothing', async (_what, body) => {
      expect(await post('', body)).toMatchObject({ status: 422, body: { error: { code: 'unprocessable' } } });
      expect(await stored()).toBe(0);
    });

    it('that is no JSON, or not declared as JSON, is refused', async () => {
      expect((await post('', '{')).status).toBe(400);
      expect((await post('', JSON.stringify(FAN), { 'Content-Type': 'text/plain' })).status).toBe(415);
      expect((await post('', FAN, { Origin: 'http://evil.example' })).status).toBe(403);
    });

    it('about a comment that is missing or far too long is refused', async () => {
      const [fingerprint = ''] = await raise('A');
      expect((await post(`/${fingerprint}/acknowledge`, {})).status).toBe(422);
      expect((await post(`/${fingerprint}/acknowledge`, { comment: 'x'.repeat(5000) })).status).toBe(422);
      expect((await store?.find(fingerprint))?.state).toBe('active');
    });
  });

  describe('a store that cannot be used', () => {
    it('is a 503 that says why, and no other route suffers', async () => {
      await store?.close();
      expect(await get('')).toMatchObject({
        status: 503,
        body: { error: { code: 'unavailable', message: expect.stringContaining('is closed') } },
      });
      expect((await post('', FAN)).status).toBe(503);
      expect((await rawRequest(`${server.url}/metrics`)).status).toBe(200);
    });

    it('or is switched off, is a 503 that names the setting', async () => {
      await store?.close();
      store = undefined;
      expect(await get('/statistics')).toMatchObject({
        status: 503,
        body: { error: { message: expect.stringContaining('VALTRONICS_ALERTS_ENABLED') } },
      });
    });
  });
});
