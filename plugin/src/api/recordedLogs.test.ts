import { describe, expect, it } from '@jest/globals';
import { NO_LOG_FILTER } from '../domain/logs/logFilter';
import { exporterRoute, fakeGrafana, ok } from '../test-support/fakeGrafana';
import recorded from '../test-support/recordedLogs.json';
import { createLogsClient } from './logsClient';

// A test of the exporter holds these answers against what it answers now.

const client = createLogsClient('http://exporter');
const QUERY = { filter: NO_LOG_FILTER };
const MINUTE = 60_000;
const NOON = Date.parse('2026-11-29T12:00:00Z');

const exporter = exporterRoute((path, query) => {
  switch (path) {
    case '/api/v1/logs/search':
      if (query.has('after')) return ok(recorded.tail);
      return ok(query.has('cursor') ? recorded.second : recorded.first);
    case '/api/v1/logs/patterns':
      return ok(recorded.patterns);
    case '/api/v1/logs/trends':
      return ok(recorded.trends);
    case '/api/v1/logs/health':
      return ok(recorded.health);
    case '/api/v1/logs/statistics':
      return ok(recorded.statistics);
    case '/api/v1/logs/e1':
      return ok(recorded.context);
    default:
      return { status: 404, body: recorded.missing };
  }
});

describe('what an exporter answers', () => {
  it('are lines, page by page, and those that came since', async () => {
    fakeGrafana(exporter);
    const first = await client.search(QUERY, 2, undefined);
    expect(first).toMatchObject({ source: 'buffer', oldest: NOON, problem: null, missed: 0 });
    expect(first.items).toMatchObject([
      { id: 'e2', category: 'access', correlationId: 'r-17', service: 'gateway', traceId: null },
      { id: 'e1', level: 'ERROR', deviceId: 'MOCK-1011', timestamp: NOON + MINUTE },
    ]);
    const second = await client.search(QUERY, 2, { cursor: first.nextCursor ?? '' });
    expect(second.items).toMatchObject([{ id: 'e0', message: 'MQTT client started' }]);
    expect(second.nextCursor).toBeNull();
    const tail = await client.search(QUERY, 2, { after: first.tailCursor ?? '' });
    expect(tail.items).toMatchObject([{ level: 'WARNING', service: 'postgres' }]);
  });

  it('are patterns with their worst level, class, services and course', async () => {
    fakeGrafana(exporter);
    const { items, total } = await client.patterns(QUERY, 9);
    expect(total).toBe(4);
    expect(items.find(({ level }) => level === 'ERROR')).toMatchObject({
      ...{
        template: 'Connection refused by broker:<*>',
        count: 1,
        share: 0.25,
        errorClass: 'connection_error',
      },
      ...{ isNew: false, services: ['valtronics-api'], firstSeen: NOON + MINUTE },
    });
    for (const { course, count } of items) {
      expect(course).toHaveLength(24);
      expect(course.reduce((sum, part) => sum + part, 0)).toBe(count);
    }
  });

  it('are counts by level, minute by minute', async () => {
    fakeGrafana(exporter);
    const { step, buckets } = await client.trends(QUERY, MINUTE);
    expect(step).toBe(MINUTE);
    expect(buckets.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4].map((minute) => NOON + minute * MINUTE));
    expect(buckets[1]?.levels).toEqual({ ERROR: 1, INFO: 1, WARNING: 1 });
  });

  it('are services with their health and why', async () => {
    fakeGrafana(exporter);
    const [worst] = await client.health();
    expect(worst).toMatchObject({ service: 'valtronics-api', score: 50, status: 'unhealthy' });
    expect(worst?.reason).toContain('Connection refused by broker:<*>');
    expect(await client.statistics()).toEqual({
      ...{ total: 4, sources: 2, services: ['gateway', 'postgres', 'valtronics-api'] },
    });
  });

  it('is a line with what stands around it, or that it is not there', async () => {
    fakeGrafana(exporter);
    const context = await client.context('e1', 5);
    expect(context?.line).toMatchObject({ id: 'e1', message: 'Connection refused by broker:1883' });
    expect(context?.line.json).not.toHaveProperty('before');
    expect(await client.context('nothing', 5)).toBeNull();
  });
});
