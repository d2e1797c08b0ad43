import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeApi, json, startFakeApi } from '../../../test/support/fake-api.ts';
import { watchApi, type WatchedApi } from '../../../test/support/watched-api.ts';
import { API_ALERTS_LAST_DAY } from '../../metrics/catalogue/platform.ts';
import type { ApiCollectorOptions } from './collector.ts';

let api: FakeApi;
let clock: number;
const open: WatchedApi[] = [];

function watch(options: Partial<ApiCollectorOptions> = {}): WatchedApi {
  const watched = watchApi(api.url, { clock: { wall: () => clock, monotonic: () => clock }, ...options });
  open.push(watched);
  return watched;
}

const alert = (id: number, severity = 'warning', type = 'threshold'): object => ({
  id,
  severity,
  alert_type: type,
  status: 'active',
});

beforeEach(async () => {
  api = await startFakeApi();
  clock = 1_000_000;
});
afterEach(async () => {
  for (const { collector } of open.splice(0)) await collector.stop?.();
  await api.stop();
});

describe('api collector and the alerts', () => {
  const pages = (ids: number[]) => (request: { url?: string | undefined }) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const [skip, limit] = [Number(query.get('skip')), Number(query.get('limit'))];
    return ids.slice(skip, skip + limit).map((id) => alert(id));
  };
  const serve = (ids: number[]): void =>
    api.set('/api/v1/alerts/', (request, response) => json(pages(ids)(request))(request, response));
  const descending = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => from - i);

  it('counts rows raised since it began, each once, over a restart too', async () => {
    serve([3, 2, 1]);
    const before = watch();
    await before.collect();
    expect(before.alerts.raisedRows).toEqual({});
    serve([5, 4, 3, 2, 1]);
    clock += 15_000;
    await before.collect();
    await before.collect();
    expect(before.alerts.raisedRows).toEqual({ 'warning threshold': 2 });
    await before.collector.stop?.();
    serve([8, 6, 5, 4, 3]);
    const after = watch({ state: before.state });
    await after.collect();
    expect(after.alerts.raisedRows).toEqual({ 'warning threshold': 2 });
    serve([8, 7, 6, 5, 4, 3]);
    clock += 15_000;
    await after.collect();
    expect(after.alerts.raisedRows).toEqual({ 'warning threshold': 3 });
  });

  it('pages on until it meets a known row, and says when it did not', async () => {
    serve([10]);
    const { collect, alerts, log } = watch({ alertPages: 3 });
    await collect();
    serve(descending(1510, 1501));
    clock += 15_000;
    await collect();
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1500 });
    serve(descending(9000, 9000));
    clock += 15_000;
    await collect();
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1500 });
    expect(log.lines.join('\n')).toContain('they are not counted');
    serve(descending(9002, 9002));
    clock += 15_000;
    await collect();
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1502 });
  });

  it('goes on from the newest row of a reset database', async () => {
    serve([50, 49]);
    const { collect, alerts, log } = watch();
    await collect();
    serve([2, 1]);
    clock += 15_000;
    await collect();
    serve([3, 2, 1]);
    clock += 15_000;
    await collect();
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1 });
    expect(log.lines.join('\n')).toContain('{"before":50,"after":2,"databases":2}');
  });

  /** Rows 1 to `count` of the replica, newest first, each raised a minute after the one before. */
  const replica = (name: string, count: number, bare = false): object[] =>
    descending(count, count).map((id) => ({
      ...alert(id),
      ...(bare
        ? {}
        : {
            title: name,
            device_id: 1,
            created_at: `2026-11-2${name}T00:${String(id % 60).padStart(2, '0')}:00`,
          }),
    }));
  /** Answers each request from the next of the lists. */
  function alternate(...lists: object[][]): void {
    let request = 0;
    api.set('/api/v1/alerts/', (incoming, response) => {
      const query = new URL(incoming.url ?? '', 'http://x').searchParams;
      const [skip, limit] = [Number(query.get('skip')), Number(query.get('limit'))];
      const list = lists[request++ % lists.length] ?? [];
      json(list.slice(skip, skip + limit))(incoming, response);
    });
  }

  it.each([
    ['two', [replica('1', 100), replica('2', 40)]],
    ['two, the smaller one first', [replica('2', 40), replica('1', 100)]],
    ['three', [replica('1', 100), replica('2', 40), replica('3', 700)]],
    ['two whose rows say nothing but their ids', [replica('1', 100, true), replica('2', 40, true)]],
  ])('counts nothing of %s replicas with databases of their own while nothing is new', async (_, lists) => {
    const { collect, alerts, log } = watch({ activeAlertsInterval: 10_000_000 });
    alternate(...lists);
    for (let look = 0; look < 20; look++) {
      await collect();
      clock += 15_000;
    }
    expect(alerts.raisedRows).toEqual({});
    expect(log.lines.filter((line) => line.includes('another database'))).toHaveLength(lists.length - 1);
  });

  it('counts what is new in each replica once, over a restart too', async () => {
    const before = watch({ activeAlertsInterval: 10_000_000 });
    alternate(replica('1', 300), replica('2', 40));
    for (let look = 0; look < 4; look++) {
      await before.collect();
      clock += 15_000;
    }
    await before.collector.stop?.();
    const after = watch({ activeAlertsInterval: 10_000_000, state: before.state });
    alternate(replica('1', 303), replica('2', 45));
    for (let look = 0; look < 6; look++) {
      await after.collect();
      clock += 15_000;
    }
    expect([before.alerts.raisedRows, after.alerts.raisedRows]).toEqual([{}, { 'warning threshold': 8 }]);
  });

  it('does not take the rows of another API for new ones', async () => {
    serve([50, 49]);
    const before = watch();
    await before.collect();
    await before.collector.stop?.();
    const other = await startFakeApi();
    other.set('/api/v1/alerts/', json([alert(900), alert(899)]));
    const after = watchApi(other.url, { state: before.state });
    await after.collect();
    expect(after.alerts.raisedRows).toEqual({});
    await after.collector.stop?.();
    await other.stop();
  });

  it('groups active rows over several pages that shift, and the rest by severity', async () => {
    const ids = descending(2500, 2500);
    let grown = 0;
    api.set('/api/v1/alerts/', (request, response) => {
      grown += 10;
      json(pages([...descending(2500 + grown, grown), ...ids])(request))(request, response);
    });
    api.set(
      '/api/v1/alerts/stats/active',
      json({ critical: 2, warning: 3000, info: 0, emergency: 1, total: 3003 }),
    );
    const { collect, alerts } = watch();
    await collect();
    expect(alerts.active).toEqual({
      'warning threshold': 2520,
      'warning other': 480,
      'critical other': 2,
      'emergency other': 1,
    });
  });

  it('ends the paging of a server that ignores skip', async () => {
    api.set('/api/v1/alerts/', json(descending(1000, 1000).map((id) => alert(id))));
    api.set('/api/v1/alerts/stats/active', json({ warning: 1000, total: 1000 }));
    const { collect, alerts } = watch();
    await collect();
    expect(alerts.active).toEqual({ 'warning threshold': 1000 });
    expect(api.requests.filter((request) => request.includes('status=active'))).toHaveLength(2);
  });

  it('survives rows and counts of odd shapes', async () => {
    api.set(
      '/api/v1/alerts/',
      json([alert(1, 'fatal', 'x'), { id: 2 }, { id: 'a' }, null, alert(3, '', '')]),
    );
    api.set(
      '/api/v1/alerts/stats/active',
      json({ fatal: 1, unknown: 2, info: null, warning: 'many', total: 3 }),
    );
    api.set('/api/v1/alerts/stats/summary', json({ by_status: { active: 3, odd: null } }));
    const { collect, alerts, metrics } = watch();
    await collect();
    expect(alerts.active).toEqual({ 'fatal x': 1, 'unknown unknown': 2 });
    expect(metrics.gauge(API_ALERTS_LAST_DAY, 'odd')).toBe(0);
    expect(metrics.counters.get('valtronics_rows_unusable_total api alert')).toBe(2);
  });

  it('caps the statuses of the summary', async () => {
    const statuses = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`s${i}`, 100 - i]));
    api.set('/api/v1/alerts/stats/summary', json({ by_status: statuses }));
    const { collect, metrics } = watch();
    await collect();
    expect(metrics.published.get(API_ALERTS_LAST_DAY.name)).toHaveLength(10);
    expect(metrics.gauge(API_ALERTS_LAST_DAY, 'other')).toBe(1701);
  });
});
