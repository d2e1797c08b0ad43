import { createTheme, PluginContextProvider, ThemeContext } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { MemoryRouter, Route, Routes } from 'react-router-dom';
import { APP_ROOT, PLUGIN_ID } from '../../src/api/pluginId';
import Pages from '../../src/pages/Pages';
import { alertmanagerRoute, rulesRoute } from '../../src/test-support/alertRoutes';
import { exporterRoute, fakeGrafana, ok, type Answer } from '../../src/test-support/fakeGrafana';
import { pluginMeta } from '../../src/test-support/pluginMeta';
import { alertAnswers, type AlertAnswers, type AlertWorld } from './answers';

let answers: AlertAnswers = alertAnswers({ count: 0, replaced: 0, looks: 0 });

/** Grafana parses what it hands to a plugin. */
const parsed = (text: string | undefined): Answer => ok(JSON.parse(text ?? '{"items":[],"nextCursor":null}'));

const ALERTMANAGER = '/api/alertmanager/valtronics-alertmanager/api/v2/alerts';
const RULES = '/api/prometheus/valtronics-prometheus/api/v1/rules';

function mount(): void {
  void initPluginTranslations(PLUGIN_ID);
  Object.assign(config, { bootData: { user: { orgRole: 'Editor', login: 'ana', isGrafanaAdmin: false } } });
  fakeGrafana(
    exporterRoute((path, query) => {
      if (path !== '/api/v1/alerts') return undefined;
      return parsed(
        query.get('state') === 'active' ? answers.stored[Number(query.get('cursor') ?? 0)] : undefined,
      );
    }),
    ({ url }) => {
      if (url === ALERTMANAGER) return parsed(answers.routed);
      return url === RULES ? parsed(answers.rules) : undefined;
    },
    alertmanagerRoute([], []),
    rulesRoute([]),
    exporterRoute((path) => (path === '/api/v1/alerts/rules' ? ok({ enabled: true, items: [] }) : undefined)),
  );
  const theme = createTheme();
  const meta = pluginMeta({ exporterUrl: 'http://exporter:8001', prometheusUid: 'valtronics-prometheus' });
  const container = document.createElement('div');
  document.body.append(container);
  createRoot(container).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <MemoryRouter initialEntries={[`${APP_ROOT}/alerts?refresh=off`]}>
        <Routes>
          <Route
            path={`${APP_ROOT}/*`}
            element={
              <PluginContextProvider meta={meta}>
                <Pages meta={meta} />
              </PluginContextProvider>
            }
          />
        </Routes>
      </MemoryRouter>
      <PortalContainer />
    </ThemeContext.Provider>,
  );
}

/** What the benchmark calls from outside the browser. */
const alertsPage = {
  mount,
  /** From now on the sources answer so. */
  answer: (world: AlertWorld): void => {
    answers = alertAnswers(world);
  },
  /** Presses the button of the page. */
  refresh: (): void => {
    const buttons = [...document.querySelectorAll('button')];
    const button = buttons.find((one) => one.textContent === 'Refresh' || one.ariaLabel === 'Refresh');
    if (button === undefined) throw new Error('the page has no button to refresh');
    button.click();
  },
};

declare global {
  interface Window {
    alertsPage: typeof alertsPage;
  }
}

window.alertsPage = alertsPage;
