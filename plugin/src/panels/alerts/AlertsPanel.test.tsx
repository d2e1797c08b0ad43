import '../../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  EventBusSrv,
  FieldType,
  LoadingState,
  type PanelData,
  type PanelProps,
  toDataFrame,
} from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { MemoryRouter } from 'react-router-dom';
import { readTimeRange } from '../../kit/time/timeRange';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../test-support/alertRoutes';
import {
  BAD_GATEWAY,
  exporterFails,
  fakeGrafana,
  FORBIDDEN,
  ok,
  prometheusRoute,
  type Route,
} from '../../test-support/fakeGrafana';
import { CONFIGURED, speak } from '../../test-support/renderApp';
import { AlertsPanel } from './AlertsPanel';
import { forgetAlertClients } from '../../api/clients';
import { forgetSettings } from './data/loadSettings';
import german from './locales/de-DE/valtronics-alerts-panel.json';
import { type AlertsOptions, defaultOptions } from './options/options';

configure({ asyncUtilTimeout: 15_000 });

const NOW = Date.now();
const MINUTE = 60_000;
const timeRange = readTimeRange(null, null);
const NO_DATA: PanelData = { state: LoadingState.Done, series: [], timeRange };
const settings: Route = ({ url }) =>
  url === '/api/plugins/valtronics-monitoring-app/settings'
    ? ok({ enabled: true, jsonData: CONFIGURED })
    : undefined;
const store = (...alerts: object[]): Route => storeRoute({ current: alerts });
const quiet = [alertmanagerRoute([], []), rulesRoute([])] as const;
const fired = (name: string, severity: string, more: Record<string, string> = {}) =>
  storedAlert(name, NOW - 12 * MINUTE, { severity, labels: { alertname: name, severity, ...more } });

function panel(options: Partial<AlertsOptions> = {}, data: PanelData = NO_DATA) {
  const props: PanelProps<AlertsOptions> = {
    id: 1,
    data,
    timeRange,
    timeZone: 'utc',
    options: { ...defaultOptions, ...options },
    transparent: false,
    width: 800,
    height: 400,
    fieldConfig: { defaults: {}, overrides: [] },
    renderCounter: 0,
    title: 'Alerts',
    eventBus: new EventBusSrv(),
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    replaceVariables: (text) => text.replace('$device', 'A'),
    onChangeTimeRange: () => undefined,
  };
  return (
    <MemoryRouter>
      <AlertsPanel {...props} />
    </MemoryRouter>
  );
}

const lines = async (): Promise<HTMLElement[]> =>
  within(await screen.findByRole('region', { name: 'Alerts' })).findAllByRole('listitem');

beforeEach(async () => {
  forgetSettings();
  forgetAlertClients();
  await speak('en-US');
  Object.assign(config.bootData.user, { orgRole: 'Viewer', isGrafanaAdmin: false, login: 'ana' });
});

describe('alerts of Valtronics', () => {
  it('are listed without a query, the worst first, with since when and a link', async () => {
    fakeGrafana(
      settings,
      store(fired('Battery', 'warning', { device_id: 'A' }), fired('Disk', 'critical')),
      ...quiet,
    );
    render(panel({ labels: ['device_id'] }));
    const [first, second] = await lines();
    expect(first).toHaveTextContent(/critical.*Disk.*12 min/);
    expect(second).toHaveTextContent(/warning.*Battery.*A.*12 min/);
    expect(screen.getByRole('link', { name: 'A' })).toHaveAttribute(
      'href',
      '/a/valtronics-monitoring-app/fleet/A',
    );
    expect(screen.getByRole('link', { name: 'Disk' }).getAttribute('href')).toContain(
      '/alerts?q=Disk&alert=',
    );
    expect(screen.getByRole('list', { name: 'Alerts by severity' })).toHaveTextContent(
      '✕ 1 critical▲ 1 warning',
    );
  });

  it('are calm words when there is none', async () => {
    fakeGrafana(settings, store(), ...quiet);
    render(panel());
    expect(await screen.findByText('Nothing fires')).toBeInTheDocument();
  });

  it('say so while they are asked for', () => {
    fakeGrafana(settings, store(), ...quiet);
    render(panel());
    expect(screen.getByRole('status')).toHaveTextContent('Asking for alerts…');
  });

  it('stay when a source is missing, and say which', async () => {
    const broken: Route = ({ url }) => (url.startsWith('/api/alertmanager/') ? BAD_GATEWAY : undefined);
    fakeGrafana(settings, store(fired('Disk', 'critical')), broken, rulesRoute([]));
    render(panel());
    expect(await lines()).toHaveLength(1);
    expect(screen.getByRole('alert')).toHaveTextContent(/Alertmanager does not answer.*Check that it runs/);
  });

  it('are not said to be none when nobody could be asked', async () => {
    fakeGrafana(settings, exporterFails(BAD_GATEWAY), ...quiet);
    render(panel());
    expect(await screen.findByText('The exporter does not answer')).toBeInTheDocument();
    expect(screen.queryByText('Nothing fires')).not.toBeInTheDocument();
  });

  it('explain what to do for a user who may not see the app', async () => {
    fakeGrafana(({ url }) => (url.startsWith('/api/plugins/') ? FORBIDDEN : undefined));
    render(panel());
    expect(await screen.findByText('You may not see the Valtronics app')).toBeInTheDocument();
    expect(screen.getByText(/Ask an administrator/)).toBeInTheDocument();
  });

  it('are filtered by labels with a variable of the dashboard', async () => {
    fakeGrafana(
      settings,
      store(fired('Battery', 'warning', { device_id: 'A' }), fired('Disk', 'critical')),
      ...quiet,
    );
    render(panel({ matchers: 'device_id="$device"' }));
    expect(await lines()).toHaveLength(1);
    expect(screen.getByText('1 hidden')).toBeInTheDocument();
  });

  it('say what is wrong with the filter', async () => {
    fakeGrafana(settings, store(fired('Disk', 'critical')), ...quiet);
    render(panel({ matchers: 'device_id=~"("' }));
    expect(await screen.findByText('The label filter cannot be read')).toBeInTheDocument();
  });

  it('have headings, one for those without the label too', async () => {
    fakeGrafana(
      settings,
      store(fired('Battery', 'warning', { zone: '<b>x</b>' }), fired('Disk', 'critical')),
      ...quiet,
    );
    render(panel({ groupBy: 'zone' }));
    expect((await lines()).map(({ textContent }) => textContent)).toEqual([
      '<b>x</b> 1',
      expect.stringContaining('Battery'),
      'without zone 1',
      expect.stringContaining('Disk'),
    ]);
  });

  it('draw few elements for ten thousand', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      storedAlert('Disk', NOW - MINUTE, {
        fingerprint: String(index).padStart(16, '0'),
        labels: { alertname: 'Disk', device_id: String(index) },
      }),
    );
    fakeGrafana(settings, store(...many), ...quiet);
    const { container } = render(panel());
    const [first] = await lines();
    expect(first).toHaveAttribute('aria-setsize', '10000');
    expect(container.querySelectorAll('*').length).toBeLessThan(1000);
  });

  it('speak German', async () => {
    await initPluginTranslations('valtronics-alerts-panel');
    i18next.addResourceBundle('de-DE', 'valtronics-alerts-panel', german);
    await i18next.changeLanguage('de-DE');
    fakeGrafana(settings, store(), ...quiet);
    render(panel());
    expect(await screen.findByText('Kein Alarm')).toBeInTheDocument();
  });
});

describe('what Editors do', () => {
  const acknowledged: Route = ({ url, method }) =>
    method === 'POST' && url.endsWith('/api/v1/alerts/acknowledge')
      ? ok({ items: [{ fingerprint: 'disk000000000000', alert: null, error: 'resolved already' }] })
      : undefined;

  beforeEach(() => {
    Object.assign(config.bootData.user, { orgRole: 'Editor' });
  });

  it('is not offered to Viewers, nor where the options leave it out', async () => {
    fakeGrafana(settings, store(fired('Disk', 'critical')), ...quiet);
    const { unmount } = render(panel({ showActions: false }));
    await lines();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    unmount();
    Object.assign(config.bootData.user, { orgRole: 'Viewer' });
    render(panel());
    await lines();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('is sent with its comment, and a refusal stands beside the alert', async () => {
    const grafana = fakeGrafana(settings, acknowledged, store(fired('Disk', 'critical')), ...quiet);
    render(panel());
    await lines();
    await userEvent.click(screen.getByRole('button', { name: 'Acknowledge Disk' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /Comment/ }), 'power cut');
    await userEvent.click(screen.getByRole('button', { name: 'Acknowledge' }));
    expect(await screen.findByText('Not acknowledged: resolved already')).toBeInTheDocument();
    const sent = grafana.requests.find(({ url }) => url.endsWith('/acknowledge'));
    expect(sent?.data).toEqual({ fingerprints: ['disk000000000000'], comment: 'power cut' });
  });

  it('asks for the alerts again', async () => {
    const grafana = fakeGrafana(settings, acknowledged, store(fired('Disk', 'critical')), ...quiet);
    render(panel());
    await lines();
    const before = grafana.requests.length;
    await userEvent.click(screen.getByRole('button', { name: 'Acknowledge Disk' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /Comment/ }), 'x');
    await userEvent.click(screen.getByRole('button', { name: 'Acknowledge' }));
    await waitFor(() => expect(grafana.requests.length).toBeGreaterThan(before + 2));
  });

  it('is a silence with the labels of the alert', async () => {
    fakeGrafana(settings, store(fired('Disk', 'critical', { service: 'api' })), ...quiet);
    render(panel());
    await lines();
    await userEvent.click(screen.getByRole('button', { name: 'Silence Disk' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByDisplayValue('api')).toBeInTheDocument();
  });
});

describe('changes', () => {
  it('are what happened in the time of the dashboard', async () => {
    const history = [
      storedAlert('Disk', NOW - 20 * MINUTE, {
        state: 'resolved',
        resolution: { by: 'ana', at: new Date(NOW - 5 * MINUTE).toISOString(), comment: 'new disk' },
      }),
    ];
    fakeGrafana(
      settings,
      storeRoute({ history: (query) => (query.get('state') === null ? history : []) }),
      prometheusRoute({ instant: () => [] }),
    );
    render(panel({ mode: 'changes' }));
    const [first, second] = await lines();
    expect(first).toHaveTextContent(/Disk.*resolved by ana: new disk.*5 min/);
    expect(second).toHaveTextContent(/Disk.*fired.*20 min/);
  });

  it('are calm words with the time when there is none', async () => {
    fakeGrafana(settings, storeRoute({}), prometheusRoute({ instant: () => [] }));
    render(panel({ mode: 'changes' }));
    expect(await screen.findByText('No alert changed in this time')).toBeInTheDocument();
  });
});

describe('alerts of a query', () => {
  const frame = toDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: [NOW, NOW] },
      { name: 'alertname', type: FieldType.string, values: ['Disk', '<img src=x onerror=alert(1)>'] },
      { name: 'severity', type: FieldType.string, values: ['critical', 'page'] },
      { name: 'Value', type: FieldType.number, values: [1, 1] },
    ],
  });
  const query = (data: Partial<PanelData>) => panel({ source: 'query' }, { ...NO_DATA, ...data });

  it('need nothing of the app, and names stay text', async () => {
    const grafana = fakeGrafana();
    const { container } = render(query({ series: [frame] }));
    const [first, second] = await lines();
    expect(first).toHaveTextContent(/critical.*Disk.*–/);
    expect(second).toHaveTextContent(/page.*<img src=x onerror=alert\(1\)>/);
    expect(container.querySelector('img')).toBeNull();
    expect(grafana.requests).toEqual([]);
  });

  it('say what the query needs when it holds none', () => {
    const other = toDataFrame({ fields: [{ name: 'Value', type: FieldType.number, values: [1] }] });
    render(query({ series: [other] }));
    expect(screen.getByText('The answer of the query holds no alerts')).toBeInTheDocument();
  });

  it('say that the query failed, and keep the old ones beside it', async () => {
    const error = { state: LoadingState.Error, errors: [{ message: 'connection refused' }] };
    const { unmount } = render(query(error));
    expect(screen.getByText('connection refused')).toBeInTheDocument();
    unmount();
    render(query({ ...error, series: [frame] }));
    expect(await lines()).toHaveLength(2);
    expect(screen.getByRole('alert')).toHaveTextContent('connection refused');
  });

  it('are awaited', () => {
    render(query({ state: LoadingState.Loading }));
    expect(screen.getByText('Asking for alerts…')).toBeInTheDocument();
  });

  it('are none', () => {
    render(query({}));
    expect(screen.getByText('Nothing fires')).toBeInTheDocument();
  });
});
