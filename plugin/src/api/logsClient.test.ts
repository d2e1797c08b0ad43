import { describe, expect, it } from '@jest/globals';
import { NO_LOG_FILTER, type LogFilter } from '../domain/logs/logFilter';
import { exporterFails, exporterRoute, fakeGrafana, ok } from '../test-support/fakeGrafana';
import { logLine, logPattern, logRoute } from '../test-support/logAnswers';
import { createLogsClient } from './logsClient';

const AT = Date.parse('2026-11-23T12:00:00Z');
const client = createLogsClient('http://exporter');
const QUERY = { filter: NO_LOG_FILTER };

describe('the client of lines', () => {
  it('reads a line with every field that it came with', async () => {
    fakeGrafana(
      logRoute({ lines: [logLine('a', AT, 'hello', { level: 'ERROR', spanId: '00f067aa0ba902b7' })] }),
    );
    const { items } = await client.search(QUERY, 10, undefined);
    expect(items).toMatchObject([
      { id: 'a', timestamp: AT, level: 'ERROR', message: 'hello', deviceId: null, raw: 'hello' },
    ]);
    expect(items[0]?.json).toMatchObject({ spanId: '00f067aa0ba902b7', dataset: 'valtronics.api' });
  });

  it('takes levels and categories that it does not know for what is known of nothing', async () => {
    fakeGrafana(logRoute({ lines: [logLine('a', AT, 'x', { level: 'NOTICE', category: 'billing' })] }));
    const { items } = await client.search(QUERY, 10, undefined);
    expect(items).toMatchObject([{ level: 'UNKNOWN', category: 'application' }]);
  });

  it('asks with every part of the filter and the time, and with nothing else', async () => {
    const grafana = fakeGrafana(logRoute({ lines: [] }));
    const filter: LogFilter = {
      ...{ text: 'a&b', services: ['x', 'y'], levels: ['ERROR'], category: 'access', device: 'd 1' },
      ...{ trace: 't', correlation: 'c', pattern: 'p', hidden: ['h1', 'h2'] },
    };
    await client.trends({ filter, span: { from: AT, to: AT + 1000 } }, 60_000);
    await client.search(QUERY, 10, { after: 'z' });
    const [all, none] = grafana.requests.map(({ url }) =>
      Object.fromEntries(new URL(url, 'http://grafana').searchParams),
    );
    expect(all).toEqual({
      ...{ q: 'a&b', service: 'x,y', level: 'ERROR', category: 'access', device: 'd 1', trace: 't' },
      ...{ correlation: 'c', pattern: 'p', exclude: 'h1,h2', step: '60' },
      ...{ from: '2026-11-23T12:00:00.000Z', to: '2026-11-23T12:00:01.000Z' },
    });
    expect(none).toEqual({ limit: '10', after: 'z' });
  });

  it('reads patterns with their worst level, and services worst first, silent ones last', async () => {
    const pattern = logPattern('p', 'x <*>', { levels: { INFO: 3, ERROR: 1 } });
    const health = {
      silent: { health_score: null, total_logs: 0, status: 'unknown', reason: '' },
      good: { health_score: 100, total_logs: 5, status: 'healthy', reason: '' },
      bad: { health_score: 40, total_logs: 5, status: 'unhealthy', reason: '' },
    };
    fakeGrafana(logRoute({ lines: [], patterns: [pattern], health }));
    expect((await client.patterns(QUERY, 5)).items).toMatchObject([
      { level: 'ERROR', services: ['valtronics-api'] },
    ]);
    expect((await client.health()).map(({ service }) => service)).toEqual(['bad', 'good', 'silent']);
  });

  it('knows a line that is not kept from an exporter that has no lines', async () => {
    fakeGrafana(logRoute({ lines: [] }));
    expect(await client.context('gone', 5)).toBeNull();
    fakeGrafana(
      exporterFails({ status: 404, body: { error: { code: 'not_found', message: 'no such path' } } }),
    );
    await expect(client.statistics()).rejects.toMatchObject({ problem: { kind: 'no-logs' } });
  });

  it('knows lines that are switched off', async () => {
    const message = 'logs are switched off: set VALTRONICS_LOGS_ENABLED=true';
    fakeGrafana(exporterFails({ status: 503, body: { error: { code: 'unavailable', message } } }));
    await expect(client.health()).rejects.toMatchObject({ problem: { kind: 'logs-off' } });
  });

  it.each([
    [{ items: 'x' }],
    [{ items: [{ id: 'a' }] }],
    [{ items: [{ ...logLine('a', AT, 'x'), timestamp: 'noon' }] }],
  ])('refuses an answer of another shape: %j', async (body) => {
    fakeGrafana(exporterRoute(() => ok(body)));
    await expect(client.search(QUERY, 10, undefined)).rejects.toMatchObject({ problem: { kind: 'unknown' } });
  });

  it('asks nobody without an address of the exporter', async () => {
    const grafana = fakeGrafana();
    await expect(createLogsClient('').health()).rejects.toMatchObject({
      problem: { kind: 'not-configured' },
    });
    expect(grafana.requests).toEqual([]);
  });
});
