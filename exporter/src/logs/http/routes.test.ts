import { afterEach, describe, expect, it } from '@jest/globals';
import { LOGGED_AT, logEntry } from '../../../test/support/log-entry.ts';
import { type LogApi, type LogApiOptions, startLogApi } from '../../../test/support/log-api.ts';

let api: LogApi;
afterEach(() => api.stop());

const start = async (options?: LogApiOptions): Promise<void> => {
  api = await startLogApi(options);
};
const ERROR = { level: 'ERROR' } as const;
const messagesOf = (body: Record<string, unknown>): string[] =>
  (JSON.stringify(body['items']).match(/"message":"[^"]*"/g) ?? []).map((text) => text.slice(11, -1));

describe('what lines say, over HTTP', () => {
  it('are the errors, trends and totals under the seed’s names', async () => {
    await start();
    api.add('Connection refused', ERROR);
    api.add('fine');
    expect(await api.get('/logs/errors?hours=24')).toMatchObject({
      status: 200,
      body: {
        ...{ period: '24h', total_errors: 1, error_patterns: { connection_error: 1, other: 0 } },
        errors_by_service: { 'valtronics-api': { count: 1, rate: 1 / 24 } },
        top_errors: [{ message: 'Connection refused', count: 1 }],
        ...{ counted: 'lines', oldest: '2026-11-29T12:00:00.000Z' },
      },
    });
    expect((await api.get('/logs/trends?hours=2')).body).toMatchObject({
      period: '2h',
      hourly_stats: { '2026-11-29-12': { ERROR: 1, INFO: 1, 'valtronics-api': 2 } },
      level_trends: { ERROR: { total: 1 } },
      service_trends: { 'valtronics-api': { total: 2, avg: 2, max: 2, min: 2 } },
      buckets: [
        { at: '2026-11-29T10:00:00.000Z', total: 0 },
        { at: '2026-11-29T11:00:00.000Z', total: 0 },
        { at: '2026-11-29T12:00:00.000Z', total: 2, levels: { ERROR: 1, INFO: 1 } },
      ],
    });
    expect((await api.get('/logs/statistics')).body).toMatchObject({
      ...{ total_logs: 2, error_logs: 1, info_logs: 1 },
      buffer: { size: 2, capacity: 100, oldest: '2026-11-29T12:00:00.000Z' },
    });
  });

  it('are totals that say how many sources there are, where that is known', async () => {
    await start({ dependencies: { sources: () => 0 } });
    expect((await api.get('/logs/statistics')).body).toMatchObject({ total_logs: 0, sources: 0 });
    await api.stop();
    await start();
    expect((await api.get('/logs/statistics')).body).toMatchObject({ sources: null });
  });

  it('is health with the reason', async () => {
    await start();
    api.add('Connection refused', ERROR);
    api.add('fine');
    expect((await api.get('/logs/health')).body).toEqual({
      'valtronics-api': {
        ...{ health_score: 50, total_logs: 2, error_rate: 0.5, status: 'unhealthy', window_minutes: 15 },
        reason: '50 % errors, mostly «Connection refused»',
        top_error: { pattern: expect.any(String), template: 'Connection refused', count: 1 },
      },
    });
  });

  it('are narrowed by the same filters: lines, patterns and trend', async () => {
    await start();
    api.add('wanted 1', { deviceId: 'd-1', level: 'WARNING' });
    api.add('wanted 2', { deviceId: 'd-1', level: 'CRITICAL' });
    api.add('unwanted', { deviceId: 'd-1' });
    api.add('wanted 3', { deviceId: 'd-2', level: 'WARNING' });
    const filter = 'device=d-1&level=warning,critical&q=WANTED&from=2026-11-29T12:00:00Z';
    expect(messagesOf((await api.get(`/logs/search?${filter}`)).body)).toEqual(['wanted 2', 'wanted 1']);
    expect(messagesOf((await api.get(`/logs/recent?${filter}`)).body)).toEqual(['wanted 2', 'wanted 1']);
    const { pattern = '' } = api.aggregate.search({ deviceId: 'd-1' }, 3).items[1] ?? {};
    const hidden = `/logs/search?device=d-1&exclude=${pattern}`;
    expect(messagesOf((await api.get(hidden)).body)).toEqual(['unwanted']);
    expect((await api.get(`/logs/patterns?${filter}`)).body).toMatchObject({
      items: [{ template: 'wanted <*>', count: 2, share: 1, levels: { WARNING: 1, CRITICAL: 1 } }],
      ...{ total: 1, counted: 'lines' },
    });
    expect((await api.get(`/logs/trends?${filter}&step=60`)).body).toMatchObject({
      service_trends: { 'valtronics-api': { total: 2 } },
    });
  });

  it.each([
    '/logs/errors?hours=0',
    '/logs/errors?hours=169',
    '/logs/errors?hours=x',
    '/logs/health?minutes=61',
    '/logs/trends?step=0',
    '/logs/trends?from=2026-11-29T12:00:00Z&to=2026-11-29T11:00:00Z',
    '/logs/trends?from=2026-11-01T12:00:00Z&to=2026-11-29T11:00:00Z&step=1',
    '/logs/search?level=LOUD',
    '/logs/search?from=yesterday',
    '/logs/search?limit=1001',
    '/logs/search?cursor=x',
    '/logs/search?after=x',
    '/logs/search?nonsense=1',
    '/logs/patterns?newSince=today',
    '/logs/a%2Fb',
    '/logs/abc?before=501',
  ])('refuses %s', async (path) => {
    await start();
    expect(await api.get(path)).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
  });

  it('is a 503 while logs are switched off', async () => {
    await start({ dependencies: { answers: () => undefined } });
    for (const path of ['errors', 'health', 'trends', 'recent', 'patterns', 'statistics', 'search', 'an-id'])
      expect(await api.get(`/logs/${path}`)).toMatchObject({
        status: 503,
        body: { error: { message: expect.stringContaining('VALTRONICS_LOGS_ENABLED') } },
      });
  });
});

describe('a line over HTTP', () => {
  it('has the names of the contract', async () => {
    await start();
    const { pattern } = api.aggregate.add(
      api.aggregate.mine(
        logEntry({
          ...{ id: 'line-1', message: 'it broke', raw: 'ERROR: it broke', ...ERROR, file: '/var/log/a.log' },
          ...{ deviceId: 'd-1', traceId: 'a'.repeat(32), correlationId: 'r-1', format: 'uvicorn' },
          error: { type: 'ValueError', message: 'no', stack: 'Traceback' },
          request: { method: 'GET', status: 500 },
        }),
      ),
    );
    expect(await api.get('/logs/line-1')).toEqual({
      status: 200,
      body: {
        ...{ id: 'line-1', timestamp: '2026-11-29T12:00:00.000Z', level: 'ERROR', service: 'valtronics-api' },
        ...{ category: 'application', message: 'it broke', deviceId: 'd-1', traceId: 'a'.repeat(32) },
        ...{ correlationId: 'r-1', pattern, file: '/var/log/a.log', raw: 'ERROR: it broke' },
        ...{ timeSource: 'line', created: '2026-11-29T12:00:00.250Z', levelText: null, logger: null },
        ...{ dataset: 'valtronics.api', spanId: null, truncated: false, parsed: true },
        request: { method: 'GET', status: 500 },
        error: { type: 'ValueError', message: 'no', stack: 'Traceback' },
        ...{ before: [], after: [] },
      },
    });
    expect(await api.get('/logs/line-2')).toMatchObject({
      status: 404,
      body: { error: { message: expect.stringContaining('no line line-2') } },
    });
  });

  it('comes with what stands around it', async () => {
    await start();
    for (const n of [1, 2, 3, 4, 5]) api.add(`line ${n}`, { id: `l${n}`, file: '/a.log' });
    const { body } = await api.get('/logs/l3?before=1&after=9');
    expect(messagesOf({ items: body['before'] })).toEqual(['line 2']);
    expect(messagesOf({ items: body['after'] })).toEqual(['line 4', 'line 5']);
  });

  it('is shown as it was written to those alone who may see it', async () => {
    await start({ token: 'a-long-token', dependencies: { rawFor: () => 'editor' } });
    const error = { type: 'ValueError', message: '', stack: 'a secret stack' };
    api.add('shown', { id: 'line-1', raw: 'secret shown', error });
    const as = (role?: string) => ({
      Authorization: 'Bearer a-long-token',
      ...(role === undefined ? {} : { 'X-Grafana-Context': JSON.stringify({ Login: 'ana', OrgRole: role }) }),
    });
    for (const [role, seen] of [
      ['Viewer', false],
      ['Editor', true],
      ['Admin', true],
      ['', false],
      [undefined, true],
    ] as const) {
      const { body } = await api.get('/logs/line-1', as(role));
      expect(body['raw']).toBe(seen ? 'secret shown' : null);
      const found = await api.get('/logs/search?q=secret', as(role));
      expect(messagesOf(found.body)).toEqual(seen ? ['shown', ''] : []);
      const { body: patterns } = await api.get('/logs/patterns', as(role));
      expect(JSON.stringify(patterns).includes('"example":null')).toBe(!seen);
      expect(JSON.stringify(body).includes('a secret stack')).toBe(seen);
    }
    expect((await api.get('/logs/line-1')).status).toBe(401);
  });
});

describe('a search over HTTP', () => {
  it('comes in pages, and is followed by a tail', async () => {
    await start();
    for (const n of [1, 2, 3]) api.add(`line ${n}`);
    const first = await api.get('/logs/search?limit=2');
    expect(first.body).toMatchObject({ source: 'buffer', oldest: '2026-11-29T12:00:00.000Z', problem: null });
    expect(messagesOf(first.body)).toEqual(['line 3', 'line 2']);
    const second = await api.get(`/logs/search?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect(messagesOf(second.body)).toEqual(['line 1']);
    expect(second.body).toMatchObject({ nextCursor: null });
    api.add('line 4');
    api.add('noise');
    api.add('line 5');
    const tail = await api.get(`/logs/search?q=line&after=${String(first.body['tailCursor'])}`);
    expect(messagesOf(tail.body)).toEqual(['line 4', 'line 5']);
    expect(tail.body).toMatchObject({ missed: 0, nextCursor: null });
  });

  it('asks the store where there is one, and the buffer when that fails', async () => {
    let broken = false;
    const asked: unknown[] = [];
    const fail = () => Promise.reject(new Error('Elasticsearch does not answer'));
    await start({
      dependencies: {
        store: () => ({
          search: (...given) => {
            asked.push(given);
            return broken
              ? fail()
              : Promise.resolve({ items: [logEntry({ message: 'stored' })], nextCursor: 'further' });
          },
          find: (id) => Promise.resolve(id === 'old' ? logEntry({ id, message: 'stored' }) : undefined),
          oldest: () => Promise.resolve(LOGGED_AT - 1000),
        }),
      },
    });
    api.add('kept');
    const stored = await api.get('/logs/search?device=d-1&limit=7');
    expect(stored.body).toMatchObject({
      ...{ source: 'elasticsearch', oldest: '2026-11-29T11:59:59.000Z', nextCursor: 'further' },
      items: [{ message: 'stored' }],
    });
    expect(asked).toEqual([[expect.objectContaining({ deviceId: 'd-1' }), 7, undefined]]);
    expect((await api.get('/logs/old')).body).toMatchObject({ message: 'stored', before: [] });
    expect(messagesOf((await api.get('/logs/recent')).body)).toEqual(['kept']);
    const after = await api.get(`/logs/search?after=${String(stored.body['tailCursor'])}`);
    expect(after.body).toMatchObject({ items: [] });
    broken = true;
    expect((await api.get('/logs/search')).body).toMatchObject({
      ...{ source: 'buffer', problem: 'Elasticsearch does not answer' },
      items: [{ message: 'kept' }],
    });
    expect((await api.get('/logs/search?cursor=further')).status).toBe(503);
  });
});
