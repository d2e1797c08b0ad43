import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { alertmanagerRoute, prometheusRule, rulesRoute, storeRoute } from '../../../test-support/alertRoutes';
import { BAD_GATEWAY, exporterFails, fakeGrafana, prometheusRoute } from '../../../test-support/fakeGrafana';
import { row } from '../../../test-support/fleetAnswers';
import { address, renderApp } from '../../../test-support/renderApp';
import { standStill } from '../../../test-support/standStill';

const NOW = Date.now();
standStill(NOW);
const SINCE = new Date(NOW - 12.5 * 60_000).toISOString();

const RULES = [
  prometheusRule('DevicesOffline', 'job:ratio > 0.2', {
    state: 'firing',
    alerts: [
      {
        ...{ labels: { alertname: 'DevicesOffline', severity: 'warning', job: 'api' }, annotations: {} },
        ...{ state: 'firing', activeAt: SINCE, value: '3.1e-01' },
      },
    ],
  }),
  prometheusRule('Burn', '(a > 14.4 and b > 14.4) or c > 6', { duration: 120 }),
  prometheusRule('Burn', 'd > 3', { duration: 900, labels: { severity: 'critical' } }),
  prometheusRule('Gone', 'absent(up)', { duration: 0, health: 'err', lastError: 'many-to-many matching' }),
  prometheusRule('New', 'e > 1', {
    lastEvaluation: '0001-01-01T00:00:00Z',
    state: 'unknown',
    health: 'unknown',
  }),
];

const values = prometheusRoute({
  instant: (query) => {
    if (query.includes('valtronics_rule_place'))
      return [row({ valtronics_rule_place: '0' }, 0.31), row({ valtronics_rule_place: '1' }, 2)];
    if (query === 'job:ratio') return [row({ job: 'api' }, 0.31), row({ job: 'edge' }, 0.1)];
    if (query === 'job:ratio > 0.2') return [row({ job: 'api' }, 0.31), row({ job: 'new' }, 0.25)];
    return [];
  },
});

const others = [alertmanagerRoute([], []), storeRoute({})];

Object.assign(Element.prototype, { scrollIntoView: jest.fn() });

afterEach(cleanup);

const ruleRow = (name: RegExp) => screen.findByRole('row', { name });

describe('the list of rules', () => {
  it('says of each how it stands, where its limit is and how far it is from it', async () => {
    fakeGrafana(rulesRoute(RULES), values, ...others);
    await renderApp('alerts?tab=rules');
    expect(await screen.findByText('0.31')).toBeVisible();
    expect(await ruleRow(/^DevicesOffline/)).toHaveTextContent(
      /firing 1.*warning.*> 0.2.*0.31.*5 min.*\d+ s ago · 2 ms/,
    );
    const [first, second] = screen.getAllByRole('row', { name: /^Burn/ });
    expect(first).toHaveTextContent(/not firing.*> 14.4, > 6.*2.*2 min/);
    expect(second).toHaveTextContent(/critical.*> 3/);
    expect(await screen.findByRole('row', { name: /^Gone/ })).toHaveTextContent(/error.*–.*at once/);
    expect(await screen.findByRole('row', { name: /^New/ })).toHaveTextContent(
      /not evaluated.*It was never evaluated/,
    );
    expect(await screen.findByText('5 of 5 rules')).toBeVisible();
  });

  it('is grouped, engine by engine', async () => {
    const grafana = prometheusRule('Managed', '{"query":"x > 5"}', { labels: {} });
    const own = {
      ...{ group: 'mine', name: 'Fan', expression: 'fan > 1', forSeconds: 60, labels: {}, annotations: {} },
      ...{ state: 'unknown', health: 'err', lastError: 'needs 3d of history', lastEvaluation: null },
      ...{ evaluationSeconds: null, instances: [] },
    };
    fakeGrafana(
      rulesRoute(RULES, [grafana]),
      values,
      alertmanagerRoute([], []),
      storeRoute({ rules: [own] }),
    );
    await renderApp('alerts?tab=rules');
    expect(await screen.findByRole('rowheader', { name: 'own · Prometheus' })).toBeVisible();
    expect(await screen.findByRole('rowheader', { name: 'managed · Grafana' })).toBeVisible();
    expect(await screen.findByRole('rowheader', { name: 'mine · Exporter' })).toBeVisible();
    expect(await screen.findByRole('row', { name: /^Fan/ })).toHaveTextContent('not evaluated');
    await userEvent.click(screen.getByRole('button', { name: 'Fan' }));
    expect(await screen.findByText('needs 3d of history')).toBeVisible();
    expect(await screen.findByText(/the condition holds for no series now/)).toBeVisible();
  });

  it('obeys the address', async () => {
    fakeGrafana(rulesRoute(RULES), values, ...others);
    await renderApp('alerts?tab=rules&state=firing,error&q=o');
    expect(await screen.findByText('2 of 5 rules')).toBeVisible();
    expect(screen.queryByRole('row', { name: /^Burn/ })).toBeNull();
  });

  it('writes the search into the address, and has a way back from nothing', async () => {
    fakeGrafana(rulesRoute(RULES), values, ...others);
    await renderApp('alerts?tab=rules');
    await userEvent.type(await screen.findByRole('searchbox'), 'zzz');
    expect(address()).toContain('q=zzz');
    expect(await screen.findByText(/No rule is like that/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(await screen.findByText('5 of 5 rules')).toBeVisible();
    expect(address()).not.toContain('q=');
  });

  it('stays without its values when they cannot be asked for', async () => {
    const down = () => ({ status: 500, body: {} });
    fakeGrafana(
      rulesRoute(RULES),
      (request) => (request.url.includes('/resources/') ? down() : undefined),
      ...others,
    );
    await renderApp('alerts?tab=rules');
    expect(await screen.findByText(/Present values are missing: Prometheus does not answer/)).toBeVisible();
    expect(await ruleRow(/^DevicesOffline/)).toHaveTextContent('There is no value now');
  });
});

describe('an open rule', () => {
  it('shows what is compared, what would fire now, and what the engine knows of it', async () => {
    fakeGrafana(rulesRoute(RULES), values, ...others);
    await renderApp('alerts?tab=rules&rule=DevicesOffline');
    expect(await screen.findByRole('region', { name: 'Expression' })).toHaveTextContent('job:ratio > 0.2');
    expect(await screen.findByText('Fires when it is > 0.2')).toBeVisible();
    expect(await screen.findByText('0.1')).toBeVisible();
    const instances = within(await screen.findByRole('region', { name: 'What would fire now' }));
    expect(instances.getByRole('row', { name: /api/ })).toHaveTextContent(/fires for 1[2-5] min/);
    expect(instances.getByRole('row', { name: /new/ })).toHaveTextContent('new: fires in 5 min if it lasts');
    expect(await screen.findByText('DevicesOffline in short')).toBeVisible();
    expect(await screen.findByText(/names no runbook/)).toBeVisible();
  });

  it('is told apart from another of the same name, and is closed again', async () => {
    fakeGrafana(rulesRoute(RULES), values, ...others);
    await renderApp('alerts?tab=rules');
    const [, second] = await screen.findAllByRole('button', { name: 'Burn' });
    if (second === undefined) throw new Error('there are two rules of that name');
    await userEvent.click(second);
    expect(address()).toContain('rule=Burn%7E2');
    expect(await screen.findByRole('region', { name: 'Expression' })).toHaveTextContent('d > 3');
    await userEvent.click(second);
    expect(address()).not.toContain('rule=');
    expect(screen.queryByRole('region', { name: 'Expression' })).toBeNull();
  });

  it('shows every part of its condition', async () => {
    fakeGrafana(rulesRoute(RULES), values, ...others);
    await renderApp('alerts?tab=rules&rule=Burn');
    expect(await screen.findAllByText('Fires when it is > 14.4')).toHaveLength(2);
    expect(await screen.findByText('Fires when it is > 6')).toBeVisible();
    await waitFor(() => expect(screen.getAllByText(/the expression finds no series/)).toHaveLength(3));
  });

  it('says why it cannot be evaluated', async () => {
    fakeGrafana(rulesRoute(RULES), values, ...others);
    await renderApp('alerts?tab=rules&rule=Gone');
    expect(await screen.findByText('many-to-many matching')).toBeVisible();
  });

  it('says why its instances cannot be asked for', async () => {
    const wrong = { status: 400, body: { status: 'error', error: 'parse error' } };
    fakeGrafana(
      rulesRoute(RULES),
      (request) => (request.url.includes('/resources/') ? wrong : undefined),
      ...others,
    );
    await renderApp('alerts?tab=rules&rule=DevicesOffline');
    expect(
      await screen.findByText(/Prometheus gave an answer that cannot be used: parse error/),
    ).toBeVisible();
  });
});

describe('when rules are missing', () => {
  it('says what to do where nobody evaluates one', async () => {
    fakeGrafana(rulesRoute([]), values, ...others);
    await renderApp('alerts?tab=rules');
    expect(await screen.findByText('Nobody evaluates an alert rule')).toBeVisible();
    expect(await screen.findByText(/provisioning\/prometheus\/rules/)).toBeVisible();
  });

  it('keeps the others’ rules when an engine is down', async () => {
    const grafana = prometheusRule('Managed', 'x');
    const down = { status: 502, body: { message: 'connection refused' } };
    fakeGrafana(
      ({ url }) => (url.startsWith('/api/prometheus/valtronics') ? down : undefined),
      rulesRoute([], [grafana]),
      values,
      alertmanagerRoute([], []),
      exporterFails(BAD_GATEWAY),
    );
    await renderApp('alerts?tab=rules');
    expect(await screen.findByText('Prometheus does not answer')).toBeVisible();
    expect(await screen.findByText('The exporter does not answer')).toBeVisible();
    expect(await ruleRow(/^Managed/)).toBeVisible();
  });
});
