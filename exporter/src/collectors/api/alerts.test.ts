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
    expect(alerts.raisedRows).toEqual({ 'warning threshold': 1500 + 2100 });
    expect(log.lines.join('\n')).toContain('some are not counted');
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
    expect(log.lines.join('\n')).toContain('{"before":50,"after":2}');
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
