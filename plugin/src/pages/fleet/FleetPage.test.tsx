import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CHANGE_QUERIES } from '../../features/fleet/fleetQueries';
import { exporterCollector, exporterDevice } from '../../test-support/exporterAnswers';
import {
  BAD_GATEWAY,
  exporterFails,
  exporterRoute,
  fakeGrafana,
  FORBIDDEN,
  ok,
  prometheusFails,
  prometheusRoute,
  WRONG_TOKEN,
} from '../../test-support/fakeGrafana';
import { fleetAnswers, row, type TestDevice } from '../../test-support/fleetAnswers';
import { renderApp } from '../../test-support/renderApp';
import { standStill } from '../../test-support/standStill';

standStill(Date.now());

const FLEET: readonly TestDevice[] = [
  { id: 'MOCK-1', status: 'online', name: 'Pump', location: 'Hall' },
  { id: 'MOCK-2', status: 'error', name: 'Press', since: 720 },
  { id: 'MOCK-3', status: 'offline', seen: 960, since: 660, type: 'gateway' },
  { id: 'MOCK-4', status: 'warning' },
  { id: 'MOCK-5', status: 'unknown', seen: null },
];
const FINE: readonly TestDevice[] = [
  { id: 'A', status: 'online' },
  { id: 'B', status: 'maintenance', since: 60 },
];

const collectors = (...items: object[]) =>
  exporterRoute((path) => (path === '/api/v1/collectors' ? ok({ items }) : undefined));
const working = collectors(exporterCollector('api', 'ok'));

afterEach(cleanup);

describe('what needs somebody', () => {
  it('counts error and offline, tells the others apart, and names the worst with the time', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet');
    expect(await screen.findByRole('heading', { name: '2 devices need you' })).toBeVisible();
    expect(await screen.findByText(/1 are fine|1 is fine/)).toBeVisible();
    const worst = screen.getByRole('list', { name: /worst first/ });
    const [first, second] = within(worst).getAllByRole('listitem');
    expect(first).toHaveTextContent(/error.*MOCK-2.*Press.*12 min/);
    expect(second).toHaveTextContent(/offline.*MOCK-3.*silent 16 min/);
  });

  it('does not call a device silent that said itself that it is offline', async () => {
    fakeGrafana(
      prometheusRoute({ instant: fleetAnswers([{ id: 'A', status: 'offline', seen: 725, since: 720 }]) }),
    );
    await renderApp('fleet');
    const worst = await screen.findByRole('list', { name: /worst first/ });
    expect(worst).toHaveTextContent(/A12 min/);
    expect(worst).not.toHaveTextContent('silent');
  });

  it('speaks of one device in the singular', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers([{ id: 'A', status: 'error' }]) }));
    await renderApp('fleet');
    expect(await screen.findByRole('heading', { name: '1 device needs you' })).toBeVisible();
  });

  it('is calm when all is fine', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FINE) }));
    await renderApp('fleet');
    expect(await screen.findByRole('heading', { name: 'All 2 devices are fine.' })).toBeVisible();
    expect(await screen.findByText(/Last change/)).toBeVisible();
    expect(screen.queryByRole('list', { name: /worst first/ })).toBeNull();
  });

  it('says that none needs somebody when some are to be watched', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers([...FINE, { id: 'C', status: 'warning' }]) }));
    await renderApp('fleet');
    expect(await screen.findByRole('heading', { name: 'No devices need you' })).toBeVisible();
  });

  it('counts alerts of devices where rules name devices', async () => {
    const alerts = (query: string) => (query.includes('ALERTS') ? [row({ device_id: 'MOCK-2' }, 2)] : []);
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET, alerts) }));
    await renderApp('fleet');
    expect(await screen.findByText('2 alerts')).toBeVisible();
    expect(await screen.findByRole('columnheader', { name: 'Alerts' })).toBeVisible();
  });

  it('has no column for alerts where none is known', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet');
    await screen.findByRole('table');
    expect(screen.queryByRole('columnheader', { name: 'Alerts' })).toBeNull();
  });

  it('shows the newest value of what says most', async () => {
    const range = (query: string) =>
      query.includes('valtronics_device_telemetry')
        ? [
            {
              metric: { device_id: 'MOCK-2', metric_name: 'battery', unit: '%' },
              values: [[1, '50']] as const,
            },
            {
              metric: { device_id: 'MOCK-2', metric_name: 'pressure', unit: 'hPa' },
              values: [
                [1, '960'],
                [2, '969'],
              ] as const,
            },
          ]
        : [];
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET), range }));
    await renderApp('fleet');
    expect(await screen.findByText(/pressure 969 hPa/)).toBeVisible();
    expect(screen.queryByText(/battery/)).toBeNull();
  });
});

describe('what changed', () => {
  const changes = (query: string) => {
    if (query === CHANGE_QUERIES.before) return [row({}, 5)];
    if (query === CHANGE_QUERIES.changed)
      return [row({ device_id: 'MOCK-3' }, 1), row({ device_id: 'MOCK-1' }, 4)];
    if (query === CHANGE_QUERIES.removed) return [row({ device_id: 'OLD-1' }, 1)];
    return [];
  };

  it('counts the changes of an hour and names them on demand', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET, changes) }));
    await renderApp('fleet');
    expect(await screen.findByText('1 went offline, 1 came back, 0 new, 1 removed')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'show' }));
    expect(
      within(screen.getByRole('region', { name: '1 removed' })).getByRole('link', { name: 'OLD-1' }),
    ).toBeVisible();
  });

  it('says why it does not know', async () => {
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet');
    expect(await screen.findByText('– Prometheus knows nothing of an hour before')).toBeVisible();
  });
});

describe('when something is missing', () => {
  it('shows what to do in three steps when nothing is configured, to an administrator with the way', async () => {
    fakeGrafana(prometheusFails({ status: 404, body: { message: 'Data source not found' } }));
    await renderApp('fleet', { jsonData: {}, role: 'Admin' });
    expect(await screen.findByRole('heading', { name: 'Nothing is configured yet' })).toBeVisible();
    expect(screen.getAllByRole('listitem')).toHaveLength(3);
    expect(await screen.findByRole('link', { name: 'Test connection' })).toHaveAttribute(
      'href',
      '/plugins/valtronics-monitoring-app?page=configuration',
    );
  });

  it('sends a viewer to an administrator', async () => {
    fakeGrafana(prometheusFails({ status: 404, body: {} }));
    await renderApp('fleet', { jsonData: {}, role: 'Viewer' });
    expect(await screen.findByText(/Ask an administrator/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Test connection' })).toBeNull();
  });

  it('shows the exporter’s own list when Prometheus is down', async () => {
    const devices = exporterRoute((path) =>
      path === '/api/v1/devices'
        ? ok({
            items: [
              exporterDevice('X', 'error', {
                values: [{ metric: 'pressure', unit: 'hPa', value: 969, at: '2026-11-23T02:00:00Z' }],
              }),
            ],
            nextCursor: null,
          })
        : undefined,
    );
    fakeGrafana(prometheusFails({ status: 500, body: { message: 'connection refused' } }), devices);
    await renderApp('fleet');
    expect(await screen.findByText('Prometheus does not answer')).toBeVisible();
    expect(await screen.findByText('It was said: connection refused')).toBeVisible();
    expect(await screen.findByText('pressure 969 hPa')).toBeVisible();
    expect(await screen.findByRole('heading', { name: /1 device needs you/ })).toBeVisible();
  });

  it('tells both faults when neither answers', async () => {
    fakeGrafana(prometheusFails({ status: 500, body: {} }), exporterFails(BAD_GATEWAY));
    await renderApp('fleet');
    expect(await screen.findByText('Prometheus does not answer')).toBeVisible();
    expect(await screen.findByText('The exporter does not answer')).toBeVisible();
  });

  it('says that the user may not', async () => {
    fakeGrafana(prometheusFails(FORBIDDEN), exporterFails(FORBIDDEN));
    await renderApp('fleet');
    expect(await screen.findByText('You may not query the Prometheus data source')).toBeVisible();
    expect(await screen.findByText('You may not read from the exporter')).toBeVisible();
  });

  it('keeps the last picture of the day, greyed, with its age, when the exporter is down', async () => {
    const now = Date.now() / 1000;
    fakeGrafana(
      prometheusRoute({ instant: fleetAnswers(FLEET, undefined, now - 720) }),
      exporterFails(BAD_GATEWAY),
    );
    await renderApp('fleet');
    expect(await screen.findByText('The exporter does not answer')).toBeVisible();
    expect(await screen.findByText(/last known picture, 12 min old/)).toBeVisible();
    expect(await screen.findByRole('heading', { name: /2 devices need you/ })).toBeVisible();
  });

  it('says that the token is refused', async () => {
    const now = Date.now() / 1000;
    fakeGrafana(
      prometheusRoute({ instant: fleetAnswers(FLEET, undefined, now - 720) }),
      exporterFails(WRONG_TOKEN),
    );
    await renderApp('fleet', { role: 'Admin' });
    expect(await screen.findByText('The exporter refuses the token')).toBeVisible();
    expect(await screen.findByRole('link', { name: 'Open the configuration' })).toBeVisible();
  });

  it('names the sources that fail', async () => {
    const now = Date.now() / 1000;
    const failing = collectors(exporterCollector('postgres', 'paused', { words: 'paused after 5 failures' }));
    fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET, undefined, now - 300) }), failing);
    await renderApp('fleet');
    expect(await screen.findByText('The exporter cannot collect from the platform')).toBeVisible();
    expect(await screen.findByText('It was said: postgres: paused after 5 failures')).toBeVisible();
  });

  it('says that Prometheus scrapes nothing, and shows the exporter’s list', async () => {
    const exporter = exporterRoute((path) =>
      path === '/api/v1/collectors'
        ? ok({ items: [exporterCollector('api', 'ok')] })
        : ok({ items: [exporterDevice('X', 'online')], nextCursor: null }),
    );
    fakeGrafana(prometheusRoute({ instant: () => [] }), exporter);
    await renderApp('fleet');
    expect(await screen.findByText('Prometheus has nothing from the exporter')).toBeVisible();
    expect(await screen.findByText('1 of 1 devices')).toBeVisible();
  });

  it('says where devices would come from when there are none', async () => {
    const exporter = exporterRoute((path) =>
      path === '/api/v1/collectors' ? ok({ items: [] }) : ok({ items: [], nextCursor: null }),
    );
    fakeGrafana(prometheusRoute({ instant: () => [] }), exporter);
    await renderApp('fleet');
    expect(await screen.findByText('The platform has no active devices')).toBeVisible();
  });

  it('knows nothing of a time long ago', async () => {
    fakeGrafana(prometheusRoute({ instant: () => [] }), working);
    await renderApp('fleet?from=1000000000000&to=1000003600000');
    expect(await screen.findByText('Nothing is known of that time')).toBeVisible();
  });

  it('keeps what is on the screen when a refresh fails', async () => {
    const grafana = fakeGrafana(prometheusRoute({ instant: fleetAnswers(FLEET) }));
    await renderApp('fleet?refresh=off');
    await screen.findByRole('heading', { name: '2 devices need you' });
    grafana.routes = [prometheusFails({ status: 500, body: {} }), exporterFails(BAD_GATEWAY)];
    await userEvent.click(screen.getByTestId('data-testid RefreshPicker run button'));
    const [notice] = await screen.findAllByText('Prometheus does not answer');
    expect(notice).toBeVisible();
    expect(await screen.findByText(/last known picture/)).toBeVisible();
    expect(await screen.findByRole('heading', { name: /2 devices need you/ })).toBeVisible();
  });
});
