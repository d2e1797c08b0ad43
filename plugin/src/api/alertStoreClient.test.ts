import { describe, expect, it } from '@jest/globals';
import { storedAlert, storeRoute } from '../test-support/alertRoutes';
import {
  BAD_GATEWAY,
  exporterFails,
  exporterRoute,
  fakeGrafana,
  FORBIDDEN,
  ok,
  WRONG_TOKEN,
} from '../test-support/fakeGrafana';
import { createAlertStoreClient } from './alertStoreClient';
import { PLUGIN_ID } from './pluginId';
import { AbortedError } from './request';

const client = createAlertStoreClient('http://exporter:8001');
const ROOT = `/api/plugin-proxy/${PLUGIN_ID}/exporter/api/v1`;
const AT = '2026-11-23T05:00:00.000Z';
const ALERT = storedAlert('A', Date.parse(AT));
const WINDOW = {
  ...{ id: 'w', state: 'active', devices: ['D'], deviceTypes: [], locations: [] },
  ...{ startsAt: AT, endsAt: AT, createdAt: AT, createdBy: 'ana', comment: 'c', endedBy: null },
};

/** The exporter answers everything so. */
const answers = (body: unknown) => fakeGrafana(exporterRoute(() => ok(body)));

describe('reading', () => {
  it('gives all pages, up to a limit', async () => {
    const grafana = fakeGrafana(
      exporterRoute((_, query) => ok({ items: [ALERT], nextCursor: query.has('cursor') ? null : 'more' })),
    );
    const whole = await client.list({ state: 'active', device: 'D 1', text: '' }, 5000);
    expect(whole).toMatchObject({
      complete: true,
      alerts: [{ name: 'A', startsAt: Date.parse(AT) }, { name: 'A' }],
    });
    expect(grafana.requests.map(({ url }) => url)).toEqual([
      `${ROOT}/alerts?state=active&device=D+1&limit=1000`,
      `${ROOT}/alerts?state=active&device=D+1&limit=1000&cursor=more`,
    ]);
    expect(await client.list({}, 1)).toMatchObject({ complete: false, alerts: [{ name: 'A' }] });
  });

  it('asks for the history of a span by its ends', async () => {
    const grafana = answers({ items: [], nextCursor: null });
    await client.history({ from: 0, to: 1000 }, { name: 'A' }, 10);
    await client.history(undefined, {}, 10);
    expect(grafana.requests.map(({ url }) => decodeURIComponent(url))).toEqual([
      `${ROOT}/alerts/history?name=A&openSince=1970-01-01T00:00:00.000Z&to=1970-01-01T00:00:01.000Z&limit=10`,
      `${ROOT}/alerts/history?limit=10`,
    ]);
  });

  it('finds an alert with its life, or nothing', async () => {
    const events = [{ at: AT, action: 'raised', by: 'platform', comment: '' }];
    fakeGrafana(
      storeRoute({ details: { abc: { ...ALERT, events } } }),
      exporterFails({ status: 404, body: { error: { code: 'not_found', message: 'no such alert' } } }),
    );
    expect(await client.find('abc')).toMatchObject({
      alert: { name: 'A' },
      events: [{ action: 'raised' }],
      deliveries: [],
    });
    expect(await client.find('../other')).toBeUndefined();
  });

  it('reads figures in milliseconds', async () => {
    answers({
      ...{ total_alerts: 3, active_alerts: 1, acknowledged_alerts: 1, resolved_alerts: 1, alert_rate: 0.5 },
      ...{ severity_counts: { critical: 2 }, noisiest: [{ name: 'A', count: 2 }] },
      ...{ mean_time_to_acknowledge_seconds: 2, mean_time_to_resolve_seconds: null },
    });
    expect(await client.statistics()).toMatchObject({
      ...{ total: 3, bySeverity: { critical: 2 }, noisiest: [{ name: 'A', count: 2 }] },
      ...{ meanTimeToAcknowledge: 2000, meanTimeToResolve: null },
    });
  });
});

describe('deciding', () => {
  it('sends at most a thousand at once, and brings the outcomes together', async () => {
    const keys = Array.from({ length: 1001 }, (_, n) => String(n));
    const grafana = answers({ items: [{ fingerprint: 'x', alert: null, error: 'resolved already' }] });
    expect(await client.acknowledge(keys, 'mine')).toEqual([
      { fingerprint: 'x', alert: null, error: 'resolved already' },
      { fingerprint: 'x', alert: null, error: 'resolved already' },
    ]);
    expect(grafana.requests).toMatchObject([
      {
        url: `${ROOT}/alerts/acknowledge`,
        method: 'POST',
        data: { fingerprints: keys.slice(0, 1000), comment: 'mine' },
      },
      { data: { fingerprints: ['1000'], comment: 'mine' } },
    ]);
  });

  it('takes over from somebody else only when it is to', async () => {
    const grafana = answers({ items: [] });
    await client.acknowledge(['x'], 'mine now', true);
    expect(grafana.requests).toMatchObject([
      { data: { fingerprints: ['x'], comment: 'mine now', replace: true } },
    ]);
  });

  it('gives the alert as it is now', async () => {
    answers({ items: [{ fingerprint: 'x', alert: { ...ALERT, state: 'resolved' }, error: null }] });
    expect(await client.resolve(['x'], '')).toMatchObject([{ alert: { state: 'resolved' }, error: null }]);
  });

  it('tests the chain and tries dead letters again', async () => {
    answers({ items: [{ receiver: 'slack', delivered: true, answer: 'ok', durationSeconds: 1 }] });
    expect(await client.test()).toMatchObject([{ receiver: 'slack', delivered: true }]);
    const grafana = answers({ retried: 2 });
    expect([await client.retry('slack'), await client.retry()]).toEqual([2, 2]);
    expect(grafana.requests).toMatchObject([{ data: { receiver: 'slack' } }, { data: {} }]);
  });
});

describe('maintenance', () => {
  it('is read, made and ended', async () => {
    const grafana = answers(WINDOW);
    const draft = { devices: ['D'], deviceTypes: [], locations: [], endsAt: 1000, comment: 'c' };
    expect(await client.createMaintenance(draft)).toMatchObject({ id: 'w', endsAt: Date.parse(AT) });
    await client.createMaintenance({ ...draft, startsAt: 0 });
    await client.endMaintenance('a/b');
    expect(grafana.requests).toMatchObject([
      { url: `${ROOT}/maintenance`, method: 'POST', data: { ...draft, endsAt: '1970-01-01T00:00:01.000Z' } },
      { data: { startsAt: '1970-01-01T00:00:00.000Z' } },
      { url: `${ROOT}/maintenance/a%2Fb/end`, method: 'POST' },
    ]);
    answers({ items: [WINDOW] });
    expect(await client.maintenance()).toMatchObject([{ id: 'w', endedBy: null }]);
  });
});

describe('when the store cannot be asked', () => {
  const off = {
    status: 503,
    body: { error: { code: 'off', message: 'set VALTRONICS_ALERTS_ENABLED=true' } },
  };

  it.each([
    [BAD_GATEWAY, 'exporter-down'],
    [FORBIDDEN, 'not-allowed'],
    [WRONG_TOKEN, 'unauthorised'],
    [off, 'alerts-off'],
    [ok('<html>'), 'unknown'],
    [ok({ items: [{ ...ALERT, state: 'asleep' }], nextCursor: null }), 'unknown'],
  ])('%j is %s', async (answer, kind) => {
    fakeGrafana(exporterFails(answer));
    await expect(client.list({}, 10)).rejects.toMatchObject({ problem: { kind, source: 'exporter' } });
  });

  it('names the place that it cannot read', async () => {
    answers({ items: [{ ...ALERT, labels: { a: 1 } }], nextCursor: null });
    await expect(client.list({}, 10)).rejects.toMatchObject({
      problem: { detail: 'alerts.items[0].labels.a is not a text' },
    });
  });

  it('asks nothing without an address', async () => {
    const grafana = fakeGrafana();
    const none = createAlertStoreClient('');
    for (const asked of [none.list({}, 1), none.acknowledge(['x'], ''), none.maintenance()])
      await expect(asked).rejects.toMatchObject({ problem: { kind: 'not-configured' } });
    expect(grafana.requests).toEqual([]);
  });

  it('stops when it is told to', async () => {
    answers({ items: [], nextCursor: null });
    const controller = new AbortController();
    const answer = client.list({}, 10, controller.signal);
    controller.abort();
    await expect(answer).rejects.toBeInstanceOf(AbortedError);
  });
});
