import './grafanaMocks';
import '@testing-library/jest-dom/jest-globals';
import { PluginContextProvider } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router-dom';
import { forgetAlertClients } from '../api/clients';
import { APP_ROOT, PLUGIN_ID } from '../api/pluginId';
import german from '../locales/de-DE/valtronics-monitoring-app.json';
import english from '../locales/en-US/valtronics-monitoring-app.json';
import Pages from '../pages/Pages';
import { pluginMeta } from './pluginMeta';

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

/** The address that the browser would show. */
export const address = (): string => screen.getByTestId('address').textContent;

/** The words of the language, as Grafana would have loaded them. */
export async function speak(language: 'en-US' | 'de-DE'): Promise<void> {
  await initPluginTranslations(PLUGIN_ID);
  i18next.addResourceBundle('en-US', PLUGIN_ID, english);
  i18next.addResourceBundle('de-DE', PLUGIN_ID, german);
  await i18next.changeLanguage(language);
  Object.assign(config, { language });
}

export interface RenderOptions {
  readonly role?: 'Viewer' | 'Editor' | 'Admin';
  readonly login?: string;
  readonly jsonData?: object;
  readonly language?: 'en-US' | 'de-DE';
}

/** The settings of a configured app. */
export const CONFIGURED = { exporterUrl: 'http://exporter:8001', prometheusUid: 'valtronics-prometheus' };

/** Signs somebody with the role in. */
export function signIn(role: 'Viewer' | 'Editor' | 'Admin', login = ''): void {
  Object.assign(config.bootData.user, { orgRole: role, login, isGrafanaAdmin: false });
}

/** Shows the app at a path below its root, e.g. `fleet?q=x`. */
export async function renderApp(
  path: string,
  { role = 'Viewer', login, jsonData = CONFIGURED, language = 'en-US' }: RenderOptions = {},
) {
  forgetAlertClients();
  await speak(language);
  signIn(role, login);
  const meta = pluginMeta(jsonData);
  return render(
    <MemoryRouter initialEntries={[`${APP_ROOT}/${path}`]}>
      <Address />
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
    </MemoryRouter>,
  );
}
