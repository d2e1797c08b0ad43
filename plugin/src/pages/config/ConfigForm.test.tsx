import { signIn, speak } from '../../test-support/renderApp';
import { locationService } from '@grafana/runtime';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PLUGIN_ID } from '../../api/pluginId';
import { alertmanagerRoute } from '../../test-support/alertRoutes';
import { exporterCollector } from '../../test-support/exporterAnswers';
import {
  BAD_GATEWAY,
  exporterFails,
  exporterRoute,
  fakeGrafana,
  ok,
  prometheusFails,
  prometheusRoute,
  WRONG_TOKEN,
  type Route,
} from '../../test-support/fakeGrafana';
import { row } from '../../test-support/fleetAnswers';
import { pluginMeta } from '../../test-support/pluginMeta';
import ConfigForm from './ConfigForm';

const SAVED = {
  exporterUrl: 'http://exporter:8001',
  prometheusUid: 'valtronics-prometheus',
  alertmanagerUid: 'valtronics-alertmanager',
  other: 'kept',
};

const exporter = exporterRoute((path) => {
  if (path === '/api/v1/collectors')
    return ok({ items: [exporterCollector('api', 'ok'), exporterCollector('redis', 'not_configured')] });
  return path === '/api/v1/openapi.json' ? ok({ info: { version: '1.2.3' } }) : undefined;
});
const scraping = prometheusRoute({
  instant: (query) =>
    query.includes('build_info') ? [row({ instance: 'exporter:8001', version: '1.2.3' }, 1)] : [row({}, 1)],
});
const alertmanager = alertmanagerRoute([], []);
const saving: Route = ({ url, method }) =>
  url === `/api/plugins/${PLUGIN_ID}/settings` && method === 'POST'
    ? ok({ message: 'Plugin settings updated' })
    : undefined;

async function show(role: 'Viewer' | 'Editor' | 'Admin' = 'Admin', onSaved = jest.fn()) {
  await speak('en-US');
  signIn(role);
  render(<ConfigForm meta={pluginMeta(SAVED)} onSaved={onSaved} />);
  return { onSaved, user: userEvent.setup() };
}

async function steps(): Promise<string[]> {
  const list = await screen.findByRole('list', { name: 'What works and what does not' });
  return [...list.children].map((step) => step.textContent);
}

const test = (): HTMLElement => screen.getByRole('button', { name: 'Test connection' });
const save = (): HTMLElement => screen.getByRole('button', { name: 'Save and test' });
const posts = (grafana: ReturnType<typeof fakeGrafana>) =>
  grafana.requests.filter(({ url, method }) => method === 'POST' && url.includes('/settings'));

beforeEach(() => locationService.push('/plugins/x?page=configuration'));
afterEach(cleanup);

describe('the connection test', () => {
  it('says that everything works', async () => {
    fakeGrafana(exporter, scraping, alertmanager);
    const { user } = await show();
    await user.click(test());
    expect(await steps()).toEqual([
      '●Grafana reaches the exporter: yes',
      '●The exporter accepts the token: yes',
      '●Version: 1.2.3',
      '●Collectors: 1 of 1 succeed: api',
      '●Prometheus answers: yes',
      '●Prometheus scrapes the exporter: yes, exporter:8001, version 1.2.3',
      '●Alertmanager answers through Grafana: yes',
    ]);
  });

  it('writes nothing', async () => {
    const grafana = fakeGrafana(exporter, scraping);
    const { user } = await show();
    await user.click(test());
    await steps();
    expect(posts(grafana)).toEqual([]);
  });

  it('says what to do when the exporter does not answer, and does not guess the rest', async () => {
    fakeGrafana(exporterFails(BAD_GATEWAY), scraping);
    const { user } = await show();
    await user.click(test());
    const [reachable, authorised] = await steps();
    expect(reachable).toMatch(
      /✕Grafana reaches the exporter: The exporter does not answer.*Check that it runs/,
    );
    expect(authorised).toContain('not tested: a step before it failed');
  });

  it('tells a refused token from an exporter that is not there', async () => {
    fakeGrafana(exporterFails(WRONG_TOKEN), scraping);
    const { user } = await show();
    await user.click(test());
    const [reachable, authorised] = await steps();
    expect(reachable).toContain('yes');
    expect(authorised).toMatch(/refuses the token.*VALTRONICS_TOKEN/);
  });

  it('recognises that something else answers', async () => {
    fakeGrafana(exporterFails(ok('<html>')), scraping);
    const { user } = await show();
    await user.click(test());
    expect((await steps())[0]).toContain('Something answers there that is not a Valtronics exporter');
  });

  it.each([
    [
      'failing',
      [exporterCollector('mqtt', 'failing', { lastError: 'refused' })],
      /0 of 1 succeed: mqtt.*mqtt: failing: refused/,
    ],
    ['missing', [exporterCollector('mqtt', 'not_configured')], /No source is configured.*VALTRONICS_API_URL/],
  ])('says which collectors are %s', async (_, items, words) => {
    const route = exporterRoute((path) =>
      ok(path === '/api/v1/collectors' ? { items } : { info: { version: '1' } }),
    );
    fakeGrafana(route, scraping);
    const { user } = await show();
    await user.click(test());
    expect((await steps())[3]).toMatch(words);
  });

  it.each([
    ['knows no target', [], /no target of the job valtronics-api/],
    [
      'cannot reach the target',
      [row({ instance: 'exporter:8001' }, 0)],
      /It knows the target exporter:8001 and cannot reach it/,
    ],
    [
      'scrapes something else',
      [row({ instance: 'other:80' }, 1)],
      /other:80 answers, but not as a Valtronics exporter/,
    ],
  ])('says that Prometheus %s', async (_, targets, words) => {
    const instant = (query: string) => {
      if (query.includes('up{')) return targets;
      return query.includes('build_info') ? [] : [row({}, 1)];
    };
    fakeGrafana(exporter, prometheusRoute({ instant }));
    const { user } = await show();
    await user.click(test());
    expect((await steps())[5]).toMatch(words);
  });

  it.each([
    [{ status: 404, body: { message: 'Data source not found' } }, /The Prometheus data source is not there/],
    [
      { status: 500, body: { message: 'dial tcp: refused' } },
      /Prometheus does not answer.*dial tcp: refused/,
    ],
  ])('says what is wrong with the data source', async (answer, words) => {
    fakeGrafana(exporter, prometheusFails(answer));
    const { user } = await show();
    await user.click(test());
    expect((await steps())[4]).toMatch(words);
  });

  it.each([
    [
      { status: 404, body: { message: 'data source not found' } },
      /▲Alert.*The Alertmanager data source is not there.*Choose it on the configuration page/,
    ],
    [
      { status: 502, body: { message: 'dial tcp: refused' } },
      /Alertmanager does not answer.*Check that it runs/,
    ],
    [{ status: 403, body: { message: 'no access' } }, /You may not do this with Alertmanager.*no access/],
  ])('says what is wrong with Alertmanager: %j', async (answer, words) => {
    const fails: Route = ({ url }) => (url.startsWith('/api/alertmanager/') ? answer : undefined);
    fakeGrafana(exporter, scraping, fails);
    const { user } = await show();
    await user.click(test());
    expect((await steps())[6]).toMatch(words);
  });

  it('tests a new address as far as it can before saving, and says what comes after', async () => {
    const grafana = fakeGrafana(exporter, scraping);
    const { user } = await show();
    await user.type(screen.getByRole('textbox', { name: /Address/ }), '/sub');
    await user.click(test());
    const found = await steps();
    expect(found[0]).toContain('will be tested after saving');
    expect(found[5]).toContain('yes, exporter:8001');
    expect(grafana.requests.some(({ url }) => url.includes('plugin-proxy'))).toBe(false);
  });

  it('runs by itself when the page was loaded anew after saving', async () => {
    locationService.push('/plugins/x?page=configuration&test=true');
    fakeGrafana(exporter, scraping);
    await show();
    expect(await steps()).toHaveLength(7);
    expect(locationService.getSearch().toString()).toBe('page=configuration');
  });
});

describe('saving', () => {
  it('writes the settings and keeps what it does not show; an untouched token stays', async () => {
    const grafana = fakeGrafana(saving);
    const { user, onSaved } = await show();
    expect(save()).toBeDisabled();
    const field = screen.getByRole('textbox', { name: /Address/ });
    await user.clear(field);
    await user.type(field, 'https://new:1');
    await user.click(save());
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(posts(grafana)[0]?.data).toEqual({
      enabled: true,
      pinned: true,
      jsonData: { ...SAVED, exporterUrl: 'https://new:1', annotateAcknowledged: false },
    });
  });

  it('writes whether acknowledgements become annotations', async () => {
    const grafana = fakeGrafana(saving);
    const { user, onSaved } = await show();
    await user.click(screen.getByRole('switch', { name: /Write one when alerts are acknowledged/ }));
    await user.click(save());
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(posts(grafana)[0]?.data).toMatchObject({ jsonData: { annotateAcknowledged: true } });
  });

  it('writes a new token as a secret only', async () => {
    const grafana = fakeGrafana(saving);
    const { user, onSaved } = await show();
    await user.click(screen.getByRole('button', { name: 'Reset' }));
    await user.type(screen.getByLabelText(/Token/), 'secret-token');
    await user.click(save());
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(posts(grafana)[0]?.data).toEqual({
      enabled: true,
      pinned: true,
      jsonData: { ...SAVED, annotateAcknowledged: false },
      secureJsonData: { token: 'secret-token' },
    });
  });

  it('says why it failed', async () => {
    fakeGrafana(() => ({ status: 403, body: { message: 'permission denied' } }));
    const { user, onSaved } = await show();
    await user.type(screen.getByRole('textbox', { name: /Address/ }), '/x');
    await user.click(save());
    const alert = await screen.findByTestId(/data-testid Alert error/);
    expect(within(alert).getByText('permission denied')).toBeVisible();
    expect(onSaved).not.toHaveBeenCalled();
  });

  it.each([
    ['exporter', /This is no address/],
    ['ftp://exporter', /must begin with http/],
    ['http://user:pass@exporter', /leave user and password out/],
  ])('refuses the address %s', async (text, words) => {
    fakeGrafana();
    const { user } = await show();
    const field = screen.getByRole('textbox', { name: /Address/ });
    await user.clear(field);
    await user.type(field, text);
    expect(screen.getByText(words)).toBeVisible();
    expect(save()).toBeDisabled();
    expect(test()).toBeDisabled();
  });
});

describe('roles', () => {
  it.each(['Viewer', 'Editor'] as const)('lets a %s change nothing', async (role) => {
    fakeGrafana();
    await show(role);
    expect(screen.getByText('Only an administrator may change these settings')).toBeVisible();
    expect(screen.getByRole('textbox', { name: /Address/ })).toBeDisabled();
    expect(save()).toBeDisabled();
  });
});
