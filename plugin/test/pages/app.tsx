import { createTheme, ThemeContext } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { MemoryRouter, Route, Routes } from 'react-router-dom';
import { forgetAlertClients } from '../../src/api/clients';
import { APP_ROOT, PLUGIN_ID } from '../../src/api/pluginId';
import Pages from '../../src/pages/Pages';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../src/test-support/alertRoutes';
import { fakeGrafana, prometheusRoute } from '../../src/test-support/fakeGrafana';
import { fleetAnswers, type TestDevice } from '../../src/test-support/fleetAnswers';
import { pluginMeta } from '../../src/test-support/pluginMeta';

/** What the page is asked to show; the test calls it from outside the browser. */
export interface ShowApp {
  /** Below the app's root. */
  readonly path: string;
  readonly mode: 'dark' | 'light';
  readonly devices: number;
  /** How many of them are in error. */
  readonly broken: number;
  /** Critical alerts that nobody has taken on. */
  readonly alerts: number;
}

const container = document.createElement('div');
document.body.append(container);
const root = createRoot(container);
void initPluginTranslations(PLUGIN_ID);
Object.assign(config, { bootData: { user: { orgRole: 'Viewer', login: '', isGrafanaAdmin: false } } });
function devicesOf({ devices, broken }: ShowApp): TestDevice[] {
  return Array.from({ length: devices }, (_, index) => ({
    id: `MOCK-${1000 + index}`,
    status: index < broken ? 'error' : 'online',
    name: `Pressure sensor number ${index} of the north hall`,
    type: index % 3 === 0 ? 'gateway' : 'sensor',
  }));
}

function show(wanted: ShowApp): void {
  forgetAlertClients();
  const theme = createTheme({ colors: { mode: wanted.mode } });
  const current = Array.from({ length: wanted.alerts }, (_, index) =>
    storedAlert(`DiskAlmostFull${index}`, Date.now() - index * 60_000, {
      severity: 'critical',
      labels: {
        alertname: `DiskAlmostFull${index}`,
        severity: 'critical',
        device_id: `MOCK-${1000 + index}`,
      },
      message:
        'The disk of this device will be full within the next two hours if nobody does anything about it',
    }),
  );
  fakeGrafana(
    prometheusRoute({ instant: fleetAnswers(devicesOf(wanted)) }),
    storeRoute({ current }),
    alertmanagerRoute([], []),
    rulesRoute([]),
  );
  document.body.style.background = theme.colors.background.primary;
  const meta = pluginMeta({ exporterUrl: 'http://exporter:8001', prometheusUid: 'valtronics-prometheus' });
  flushSync(() => {
    root.render(
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        <MemoryRouter key={JSON.stringify(wanted)} initialEntries={[`${APP_ROOT}/${wanted.path}`]}>
          <Routes>
            <Route path={`${APP_ROOT}/*`} element={<Pages meta={meta} />} />
          </Routes>
        </MemoryRouter>
        <PortalContainer />
      </ThemeContext.Provider>,
    );
  });
}

declare global {
  interface Window {
    showApp: typeof show;
  }
}

window.showApp = show;
