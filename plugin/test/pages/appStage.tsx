import { createTheme, PluginContextProvider, ThemeContext } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { MemoryRouter, Route, Routes } from 'react-router-dom';
import { APP_ROOT, PLUGIN_ID } from '../../src/api/pluginId';
import Pages from '../../src/pages/Pages';
import { pluginMeta } from '../../src/test-support/pluginMeta';

/** What a stage shows. */
export interface Scene {
  /** Below the app's root. */
  readonly path: string;
  readonly mode: 'dark' | 'light';
  /** The app begins anew where it differs from that of the scene before. */
  readonly key: string;
}

/** The whole app in the document, as a Viewer sees it in Grafana's theme; returns what shows a scene on it. */
export function createAppStage(): (scene: Scene) => void {
  const container = document.createElement('div');
  document.body.append(container);
  const root = createRoot(container);
  void initPluginTranslations(PLUGIN_ID);
  Object.assign(config, { bootData: { user: { orgRole: 'Viewer', login: '', isGrafanaAdmin: false } } });
  const meta = pluginMeta({ exporterUrl: 'http://exporter:8001', prometheusUid: 'valtronics-prometheus' });

  return ({ path, mode, key }) => {
    const theme = createTheme({ colors: { mode } });
    document.body.style.background = theme.colors.background.primary;
    document.body.style.color = theme.colors.text.primary;
    flushSync(() => {
      root.render(
        <ThemeContext.Provider value={theme}>
          <GlobalStyles />
          <MemoryRouter key={key} initialEntries={[`${APP_ROOT}/${path}`]}>
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
    });
  };
}
