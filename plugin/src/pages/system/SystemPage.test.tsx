import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exporterCollector } from '../../test-support/exporterAnswers';
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
import { row } from '../../test-support/fleetAnswers';
import { renderApp } from '../../test-support/renderApp';
import { standStill } from '../../test-support/standStill';
import { traceRoute } from '../../test-support/traceAnswers';
import { SERVICES_QUERY } from './services';
import { SCORES_BEFORE_QUERY } from './trend';

const NOW = Date.now();
standStill(NOW);

const HEALTH = {
  overall: 87,
  components: [
    { component: 'overall', score: 87, explanation: 'mean of what is measured' },
    { component: 'mqtt', score: 55, explanation: '−45: 2 reconnects' },
    { component: 'redis', score: null, explanation: 'not measured' },
  ],
};

const COLLECTORS = [
  exporterCollector('api', 'ok'),
  exporterCollector('postgres', 'paused', {
    failures: 5,
    lastError: 'connection refused 127.0.0.1:5432',
    nextTry: new Date(NOW + 20.5 * 60_000).toISOString(),
  }),
  exporterCollector('redis', 'not_configured', { setting: 'VALTRONICS_REDIS_URL' }),
  exporterCollector('mqtt', 'waiting'),
  exporterCollector('broker', 'failing', { lastError: '<b>boom</b>' }),
];

const exporter = exporterRoute((path) => {
  if (path === '/api/v1/health') return ok(HEALTH);
  return path === '/api/v1/collectors' ? ok({ items: COLLECTORS }) : undefined;
});

const prometheus = prometheusRoute({
  instant: (query) => {
    if (query === SCORES_BEFORE_QUERY)
      return [row({ component: 'overall' }, 96), row({ component: 'mqtt' }, 100)];
    if (query !== SERVICES_QUERY) return [];
    return [
      row({ __name__: 'valtronics_mqtt_connected' }, 1),
      row({ __name__: 'valtronics_database_connections', state: 'used' }, 8),
      row({ __name__: 'valtronics_redis_up' }, 0),
    ];
  },
});

/** What an exporter says that has no traces. */
const OLD = { status: 404, body: { error: { code: 'not_found', message: 'no such route' } } };

afterEach(cleanup);

it('leads to the dashboards that draw the same over time, whatever can be read now', async () => {
  fakeGrafana(exporterFails(BAD_GATEWAY), prometheusFails(BAD_GATEWAY));
  await renderApp('system');
  for (const [name, uid] of [
    ['Infrastructure dashboard', 'valtronics-infrastructure'],
    ['API dashboard', 'valtronics-api'],
    ['Exporter dashboard', 'valtronics-exporter'],
  ] as const)
    expect(await screen.findByRole('link', { name })).toHaveAttribute(
      'href',
      expect.stringContaining(`/d/${uid}?var-datasource=valtronics-prometheus`),
    );
});

describe('the service map of the system page', () => {
  const node = (id: string, type: string) => ({ id, title: id, type, rate: 1, errorRate: 0, p95Ms: null });
  const map = {
    nodes: [node('client', 'client'), node('gateway', 'gateway')],
    edges: [
      {
        ...{ client: 'client', server: 'gateway', rate: 12.4, errorRate: 0.01, p95Ms: 240 },
        ...{ requests: 1000, failed: 10 },
      },
    ],
    ...{ windowSeconds: 3600, source: 'buffer' },
  };

  it('is drawn in small, and leads to the traces', async () => {
    fakeGrafana(exporter, prometheus, traceRoute({ items: [], map }));
    await renderApp('system');
    const list = await screen.findByRole('list', { name: 'Service map' });
    expect(within(list).getByText(/from client: 12.4\/s, 1% fail/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Traces' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/traces$/),
    );
  });

  it.each([
    ['are switched off', traceRoute({ items: [], source: 'off' })],
    ['show no call', traceRoute({ items: [] })],
    ['are not known to the exporter', exporterRoute((path) => (path.includes('/traces/') ? OLD : undefined))],
  ])('is not there where traces %s', async (_, traces) => {
    fakeGrafana(exporter, prometheus, traces);
    await renderApp('system');
    await screen.findByRole('list', { name: 'Components' });
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Service map' })).toBeNull());
  });
});

describe('the system page', () => {
  it('shows the overall score, where it fell from, and because of what', async () => {
    fakeGrafana(exporter, prometheus);
    await renderApp('system');
    expect(
      await screen.findByRole('heading', { name: /overall.*87.*▼ from 96 an hour ago: MQTT/ }),
    ).toBeVisible();
  });

  it('explains each component; what is not measured is no 0', async () => {
    fakeGrafana(exporter, prometheus);
    await renderApp('system');
    const [mqtt, redis] = within(await screen.findByRole('list', { name: 'Components' })).getAllByRole(
      'listitem',
    );
    expect(mqtt).toHaveTextContent(/MQTT.*55.*2 reconnects/);
    expect(redis).toHaveTextContent(/Redis–not measured/);
    expect(redis).not.toHaveTextContent('0');
  });

  it.each([
    ['api', /ok/],
    ['postgres', /paused after 5 failures, next try in 20 min: connection refused 127.0.0.1:5432/],
    ['redis', /not configured: set VALTRONICS_REDIS_URL to turn it on/],
    ['mqtt', /waiting for its first attempt/],
    ['broker', /failing: <b>boom<\/b>/],
  ])('puts the state of %s into words', async (name, words) => {
    fakeGrafana(exporter, prometheus);
    await renderApp('system');
    expect(await screen.findByRole('row', { name: new RegExp(`^${name} `) })).toHaveTextContent(words);
  });

  it('shows broker, database and Redis, with a reason for what is missing', async () => {
    fakeGrafana(exporter, prometheus);
    await renderApp('system');
    expect(await screen.findByRole('heading', { name: 'Database' })).toBeVisible();
    expect(await screen.findByText('8')).toBeVisible();
    expect(await screen.findByText('up')).toBeVisible();
    expect(await screen.findByText('down')).toBeVisible();
    expect(screen.getAllByTitle(/^Not measured/).length).toBeGreaterThan(0);
  });

  it('keeps the services when the exporter is down', async () => {
    fakeGrafana(exporterFails(BAD_GATEWAY), prometheus);
    await renderApp('system');
    expect(await screen.findByText('The exporter does not answer')).toBeVisible();
    expect(await screen.findByRole('heading', { name: 'Broker' })).toBeVisible();
  });

  it('keeps health and collectors when Prometheus is down', async () => {
    fakeGrafana(exporter, prometheusFails({ status: 500, body: {} }));
    await renderApp('system');
    expect(await screen.findByText('Prometheus does not answer')).toBeVisible();
    expect(await screen.findByRole('heading', { name: /overall.*87/ })).toBeVisible();
  });

  it('keeps the last picture with its age when a refresh fails', async () => {
    const grafana = fakeGrafana(exporter, prometheus);
    await renderApp('system?refresh=off');
    await screen.findByRole('heading', { name: /overall.*87/ });
    grafana.routes = [exporterFails(BAD_GATEWAY), prometheus];
    await userEvent.click(screen.getByTestId('data-testid RefreshPicker run button'));
    // The page is drawn anew while the parts fail one after another.
    await waitFor(() => expect(screen.getByText('The exporter does not answer')).toBeVisible());
    await waitFor(() => expect(screen.getByText(/last known picture/)).toBeVisible());
    expect(await screen.findByRole('heading', { name: /overall.*87/ })).toBeVisible();
  });

  it('says that Prometheus is down also after it answered, with the age of what is shown', async () => {
    const grafana = fakeGrafana(exporter, prometheus);
    await renderApp('system?refresh=off');
    expect(await screen.findByText('8')).toBeVisible();
    grafana.routes = [exporter, prometheusFails({ status: 500, body: {} })];
    await userEvent.click(screen.getByTestId('data-testid RefreshPicker run button'));
    expect(await screen.findByText('Prometheus does not answer')).toBeVisible();
    expect(await screen.findByText(/last known picture/)).toBeVisible();
    expect(screen.getByText('8')).toBeVisible();
  });

  it('has no green beside a component in error without a word', async () => {
    const broken = {
      overall: 88,
      components: [
        { component: 'overall', score: 88, explanation: 'mean of what is measured' },
        { component: 'mqtt', score: 20, explanation: 'no connection' },
      ],
    };
    const route = exporterRoute((path) => (path === '/api/v1/health' ? ok(broken) : ok({ items: [] })));
    fakeGrafana(route, prometheus);
    await renderApp('system');
    const heading = await screen.findByRole('heading', { name: /overall.*in trouble: MQTT/ });
    expect(heading).toHaveTextContent(/▲88 of 100 ✕in trouble: MQTT/);
  });

  it('says in one sentence what is not measured at all', async () => {
    const nothing = prometheusRoute({
      instant: (query) => (query === SERVICES_QUERY ? [row({ __name__: 'valtronics_redis_up' }, 1)] : []),
    });
    fakeGrafana(exporter, nothing);
    await renderApp('system');
    const database = (await screen.findByRole('heading', { name: 'Database' })).parentElement;
    expect(database).toHaveTextContent(/^DatabaseNot measured: [^–]*$/);
  });

  it('shows which device sends what cannot be used', async () => {
    const at = new Date(Date.now() - 60_500).toISOString();
    const message = {
      reason: 'value',
      words: 'a value that is no number',
      topic: 'valtronics/MOCK-7/telemetry',
      deviceId: 'MOCK-7',
      metric: 'pressure',
      sample: '{"pressure":"<b>high</b>"}',
      size: 26,
      count: 1234,
      firstAt: at,
      lastAt: at,
    };
    const unusable = exporterRoute((path) =>
      path === '/api/v1/mqtt/unusable' ? ok({ since: at, items: [message] }) : undefined,
    );
    fakeGrafana(unusable, exporter, prometheus);
    await renderApp('system');
    const line = await screen.findByRole('row', { name: /MOCK-7/ });
    expect(line).toHaveTextContent(
      /MOCK-7pressure: a value that is no number\{"pressure":"<b>high<\/b>"\}1,2341 min/,
    );
    expect(within(line).getByRole('link', { name: 'MOCK-7' })).toBeVisible();
  });

  it('says what to do when nothing is configured', async () => {
    fakeGrafana(prometheus);
    await renderApp('system', { jsonData: {} });
    expect(await screen.findByText('Nothing is configured yet')).toBeVisible();
  });

  it('says that the user may not', async () => {
    fakeGrafana(exporterFails(FORBIDDEN), prometheus);
    await renderApp('system');
    expect(await screen.findByText('You may not read from the exporter')).toBeVisible();
  });

  it.each(['Viewer', 'Editor'] as const)(
    'sends a %s to an administrator when the token is refused',
    async (role) => {
      fakeGrafana(exporterFails(WRONG_TOKEN), prometheus);
      await renderApp('system', { role });
      expect(await screen.findByText('The exporter refuses the token')).toBeVisible();
      expect(await screen.findByText(/This needs an administrator/)).toBeVisible();
    },
  );

  it('says that an answer cannot be used', async () => {
    fakeGrafana(
      exporterRoute(() => ok({ items: 'none' })),
      prometheus,
    );
    await renderApp('system');
    expect(await screen.findByText('The exporter gave an answer that cannot be used')).toBeVisible();
  });
});
