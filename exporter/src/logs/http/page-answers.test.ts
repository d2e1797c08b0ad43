import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { startLogApi } from '../../../test/support/log-api.ts';
import { LOGGED_AT } from '../../../test/support/log-entry.ts';

/** What the app's own tests read; `RECORD_ANSWERS=1` writes it anew. */
const RECORDED = new URL('../../../../plugin/src/test-support/recordedLogs.json', import.meta.url);

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const MINUTE = 60_000;

/** Names of runs are random. */
function withoutRun(answer: object): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll(/"[\da-f]{12}_/g, '"run_'));
}

it('answers as the app’s own tests read it', async () => {
  const api = await startLogApi({ dependencies: { sources: () => 2 } });
  try {
    api.add('MQTT client started');
    api.clock.advance(MINUTE);
    api.add('Connection refused by broker:1883', {
      ...{ level: 'ERROR', deviceId: 'MOCK-1011', traceId: TRACE, file: '/var/log/valtronics/api.log' },
    });
    api.add('GET /api/v1/devices?limit=5 200', {
      ...{ category: 'access', correlationId: 'r-17', service: 'gateway', dataset: 'nginx.access' },
      request: { method: 'GET', url: '/api/v1/devices?limit=5', status: 200, durationSeconds: 0.012 },
    });
    const first = await api.get('/logs/search?limit=2');
    const { nextCursor, tailCursor } = z
      .object({ nextCursor: z.string(), tailCursor: z.string() })
      .parse(first.body);
    const second = await api.get(`/logs/search?limit=2&cursor=${nextCursor}`);
    api.add('slow query: 812 ms', { level: 'WARNING', service: 'postgres' });
    const range = `from=${new Date(LOGGED_AT).toISOString()}&to=${new Date(LOGGED_AT + 5 * MINUTE).toISOString()}`;
    const { id = '' } = api.aggregate.search({ deviceId: 'MOCK-1011' }, 1).items[0] ?? {};
    const answers = withoutRun({
      first: first.body,
      second: second.body,
      tail: (await api.get(`/logs/search?limit=9&after=${tailCursor}`)).body,
      patterns: (await api.get(`/logs/patterns?limit=9&${range}`)).body,
      trends: (await api.get(`/logs/trends?step=60&${range}`)).body,
      health: (await api.get('/logs/health')).body,
      statistics: (await api.get('/logs/statistics')).body,
      context: (await api.get(`/logs/${id}?before=5&after=5`)).body,
      missing: (await api.get('/logs/nothing')).body,
    });
    if (process.env.RECORD_ANSWERS === '1') writeFileSync(RECORDED, `${JSON.stringify(answers, null, 2)}\n`);
    expect(answers).toEqual(JSON.parse(readFileSync(RECORDED, 'utf8')));
  } finally {
    await api.stop();
  }
});
