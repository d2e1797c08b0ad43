import { EventBusSrv, LoadingState, type PanelData, type PanelProps } from '@grafana/data';
import { config } from '@grafana/runtime';
import { screen, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { forgetAlertClients } from '../../api/clients';
import { readTimeRange } from '../../kit/time/timeRange';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../test-support/alertRoutes';
import { ok, type Route } from '../../test-support/fakeGrafana';
import { CONFIGURED, speak } from '../../test-support/renderApp';
import { AlertsPanel } from './AlertsPanel';
import { forgetSettings } from './data/loadSettings';
import { type AlertsOptions, defaultOptions } from './options/options';
import { standStill } from '../../test-support/standStill';

/** When the tests of the panel began, milliseconds since the epoch. */
export const NOW = Date.now();
standStill(NOW);
export const MINUTE = 60_000;
export const timeRange = readTimeRange(null, null);
export const NO_DATA: PanelData = { state: LoadingState.Done, series: [], timeRange };
export const settings: Route = ({ url }) =>
  url === '/api/plugins/valtronics-monitoring-app/settings'
    ? ok({ enabled: true, jsonData: CONFIGURED })
    : undefined;
export const store = (...alerts: object[]): Route => storeRoute({ current: alerts });
export const quiet = [alertmanagerRoute([], []), rulesRoute([])] as const;
export const fired = (name: string, severity: string, more: Record<string, string> = {}) =>
  storedAlert(name, NOW - 12 * MINUTE, { severity, labels: { alertname: name, severity, ...more } });

/** The panel with the options, as a dashboard draws it. */
export function panel(options: Partial<AlertsOptions> = {}, data: PanelData = NO_DATA) {
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
    replaceVariables: (text) =>
      text
        .replace('$device', 'A')
        .replace('${__from}', String(NOW - 60 * MINUTE))
        .replace('${__to}', String(NOW)),
    onChangeTimeRange: () => undefined,
  };
  return (
    <MemoryRouter>
      <AlertsPanel {...props} />
    </MemoryRouter>
  );
}

export const lines = async (): Promise<HTMLElement[]> =>
  within(await screen.findByRole('region', { name: 'Alerts' })).findAllByRole('listitem');

/** A window that was just loaded by a Viewer. */
export async function loadWindow(): Promise<void> {
  forgetSettings();
  forgetAlertClients();
  await speak('en-US');
  Object.assign(config.bootData.user, { orgRole: 'Viewer', isGrafanaAdmin: false, login: 'ana' });
}
