import '../../test-support/grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FieldType, LoadingState, type PanelData, toDataFrame } from '@grafana/data';
import { config } from '@grafana/runtime';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { storedAlert, storeRoute } from '../../test-support/alertRoutes';
import { fakeGrafana, ok, prometheusRoute, type Route } from '../../test-support/fakeGrafana';
import {
  NO_DATA,
  NOW,
  MINUTE,
  settings,
  store,
  quiet,
  fired,
  panel,
  lines,
  loadWindow,
} from './panel.fixture';

beforeEach(loadWindow);

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

  it('takes over what somebody else has acknowledged', async () => {
    const acknowledgement = { by: 'bo', at: new Date(NOW).toISOString(), comment: 'mine' };
    const taken = storedAlert('Disk', NOW - 60_000, { state: 'acknowledged', acknowledgement });
    const grafana = fakeGrafana(settings, acknowledged, store(taken), ...quiet);
    render(panel());
    await lines();
    await userEvent.click(screen.getByRole('button', { name: 'Take over Disk' }));
    expect(await screen.findByText(/acknowledged by bo: "mine"/)).toBeInTheDocument();
    await userEvent.type(screen.getByRole('textbox', { name: /Comment/ }), 'bo is off');
    await userEvent.click(screen.getByRole('button', { name: 'Take over' }));
    expect(await screen.findByText('Not taken over: resolved already')).toBeInTheDocument();
    const sent = grafana.requests.find(({ url }) => url.endsWith('/acknowledge'));
    expect(sent?.data).toMatchObject({ comment: 'bo is off', replace: true });
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

  it('are asked for once by all panels of a dashboard', async () => {
    const asked = async (panels: number): Promise<number> => {
      await loadWindow();
      const grafana = fakeGrafana(settings, storeRoute({}), ...quiet, prometheusRoute({ instant: () => [] }));
      const all = Array.from({ length: panels }, (_, index) => (
        <div key={index}>{panel({ mode: 'changes' })}</div>
      ));
      const { unmount } = render(all);
      await waitFor(() => expect(screen.getAllByText('No alert changed in this time')).toHaveLength(panels));
      unmount();
      return grafana.requests.length;
    };
    expect(await asked(4)).toBe(await asked(1));
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
