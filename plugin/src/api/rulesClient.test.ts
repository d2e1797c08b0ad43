import { describe, expect, it } from '@jest/globals';
import { prometheusRule, rulesRoute, storeRoute } from '../test-support/alertRoutes';
import {
  BAD_GATEWAY,
  exporterFails,
  fakeGrafana,
  FORBIDDEN,
  ok,
  WRONG_TOKEN,
} from '../test-support/fakeGrafana';
import { AbortedError } from './request';
import { createRulesClient } from './rulesClient';

const client = createRulesClient('valtronics-prometheus', 'http://exporter:8001');
const SINCE = '2026-11-23T05:00:00Z';
const instance = (state: string, labels: object = { alertname: 'A' }) => ({
  ...{ state, labels, annotations: {}, value: '2', activeAt: SINCE },
});
const OWN = {
  ...{ group: 'g', name: 'Own', expression: 'x > 1', forSeconds: 60, labels: {}, annotations: {} },
  ...{ state: 'firing', health: 'ok', lastError: null, lastEvaluation: SINCE, evaluationSeconds: 0.1 },
  instances: [{ labels: { alertname: 'Own' }, state: 'firing', value: '2', since: SINCE }],
};

describe('the rules client', () => {
  it('reads the rules of each engine', async () => {
    const firing = prometheusRule('A', 'x > 1', { state: 'firing', alerts: [instance('firing')] });
    fakeGrafana(rulesRoute([firing], [prometheusRule('B', 'y')]), storeRoute({ rules: [OWN] }));
    expect(await client.prometheus()).toMatchObject([
      {
        ...{ origin: 'prometheus', group: 'own', name: 'A', expression: 'x > 1', holdSeconds: 300 },
        instances: [{ state: 'firing', value: '2', since: Date.parse(SINCE) }],
      },
    ]);
    expect(await client.grafana()).toMatchObject([{ origin: 'grafana', group: 'managed', name: 'B' }]);
    expect(await client.exporter()).toMatchObject([
      { origin: 'exporter', name: 'Own', holdSeconds: 60, instances: [{ state: 'firing' }] },
    ]);
  });

  it('leaves out what raises nothing', async () => {
    const alerts = [instance('Normal'), instance('Alerting (NoData)'), instance('Pending')];
    fakeGrafana(
      rulesRoute([prometheusRule('r', 'x', { type: 'recording' }), prometheusRule('A', 'x', { alerts })]),
    );
    const [rule, ...others] = await client.prometheus();
    expect(others).toEqual([]);
    expect(rule?.instances.map(({ state }) => state)).toEqual(['firing', 'pending']);
  });

  it("does not show Grafana's labels for itself", async () => {
    const labels = { severity: 'info', __grafana_origin: 'x' };
    fakeGrafana(
      rulesRoute([], [prometheusRule('A', 'x', { labels, alerts: [instance('Alerting', labels)] })]),
    );
    const [rule] = await client.grafana();
    expect(rule?.labels).toEqual({ severity: 'info' });
    expect(rule?.instances[0]?.labels).toEqual({ severity: 'info' });
  });

  it('knows a rule that was never evaluated', async () => {
    fakeGrafana(rulesRoute([prometheusRule('A', 'x', { lastEvaluation: '0001-01-01T00:00:00Z' })]));
    expect(await client.prometheus()).toMatchObject([{ lastEvaluation: null }]);
  });

  it("has none of Grafana's where its alerting is off, and says when they may not be read", async () => {
    fakeGrafana();
    expect(await client.grafana()).toEqual([]);
    fakeGrafana(() => FORBIDDEN);
    await expect(client.grafana()).rejects.toMatchObject({
      problem: { kind: 'not-allowed', source: 'grafana' },
    });
    fakeGrafana(() => BAD_GATEWAY);
    await expect(client.grafana()).rejects.toMatchObject({ problem: { kind: 'unknown', source: 'grafana' } });
  });

  it.each([
    [{ status: 404, body: { message: 'Data source not found' } }, 'not-configured'],
    [FORBIDDEN, 'not-allowed'],
    [BAD_GATEWAY, 'prometheus-down'],
    [ok({ data: { groups: [{ name: 5 }] } }), 'unknown'],
    [ok('<html>'), 'unknown'],
  ])('%j of Prometheus is %s', async (answer, kind) => {
    fakeGrafana(() => answer);
    await expect(client.prometheus()).rejects.toMatchObject({ problem: { kind, source: 'prometheus' } });
  });

  it.each([
    [WRONG_TOKEN, 'unauthorised'],
    [BAD_GATEWAY, 'exporter-down'],
    [ok({ items: [{ ...OWN, instances: [{ ...OWN.instances[0], state: 'odd' }] }] }), 'unknown'],
  ])('%j of the exporter is %s', async (answer, kind) => {
    fakeGrafana(exporterFails(answer));
    await expect(client.exporter()).rejects.toMatchObject({ problem: { kind, source: 'exporter' } });
  });

  it('asks no exporter without an address', async () => {
    const grafana = fakeGrafana();
    await expect(createRulesClient('x', '').exporter()).rejects.toMatchObject({
      problem: { kind: 'not-configured' },
    });
    expect(grafana.requests).toEqual([]);
  });

  it('stops when it is told to', async () => {
    fakeGrafana(rulesRoute([]));
    const controller = new AbortController();
    const answers = [client.prometheus(controller.signal), client.grafana(controller.signal)];
    controller.abort();
    for (const answer of answers) await expect(answer).rejects.toBeInstanceOf(AbortedError);
  });
});
