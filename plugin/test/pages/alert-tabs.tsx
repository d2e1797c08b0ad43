import { createTheme, dateTime, ThemeContext } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router-dom';
import { alertRow, alertRule, labelsOf } from '../../src/domain/alerts/alertRow.fixture';
import type { AlertPicture } from '../../src/features/alerts/data/alertLoader';
import { AppContext } from '../../src/kit/app/appContext';
import { createAppContext } from '../../src/kit/app/createAppContext';
import { readSettings } from '../../src/api/settings';
import { useAnswer } from '../../src/kit/answer';
import type { PageTime } from '../../src/kit/time/usePageTime';
import { useUrlQuery } from '../../src/kit/useUrlQuery';
import { ActiveTab } from '../../src/pages/alerts/active/ActiveTab';
import HistoryTab from '../../src/pages/alerts/history/HistoryTab';
import RulesTab from '../../src/pages/alerts/rules/RulesTab';
import SilencesTab from '../../src/pages/alerts/silences/SilencesTab';
import { storedAlert, storeRoute } from '../../src/test-support/alertRoutes';
import { fakeGrafana } from '../../src/test-support/fakeGrafana';

/** What the page is asked to show; the test calls it from outside the browser. */
export interface ShowTab {
  readonly tab: 'active' | 'history' | 'rules' | 'silences';
  readonly mode: 'dark' | 'light';
}

const HOUR = 3_600_000;
const container = document.createElement('div');
document.body.append(container);
const root = createRoot(container);
void initPluginTranslations('valtronics-monitoring-app');
Object.assign(config, { bootData: { user: { orgRole: 'Editor', login: 'ana', isGrafanaAdmin: false } } });
fakeGrafana(
  storeRoute({
    history: () =>
      Array.from({ length: 8 }, (_, index) =>
        storedAlert('TelemetryFreshnessBudgetBurn', Date.now() - (index + 1) * 60_000, {
          labels: { alertname: 'TelemetryFreshnessBudgetBurn', device_id: `MOCK-${1000 + index}` },
        }),
      ),
  }),
);

const alerts = Array.from({ length: 30 }, (_, index) =>
  alertRow({
    labels: labelsOf(index % 2 === 0 ? 'DeviceStale' : 'TelemetryFreshnessBudgetBurn', {
      severity: index % 3 === 0 ? 'critical' : 'warning',
      device_id: `MOCK-${1000 + index}`,
    }),
    summary: 'The device has not been heard of for longer than it ever was before',
    startsAt: Date.now() - index * HOUR,
    value: '5987.123',
    acknowledgement: index === 1 ? { by: 'bo', at: Date.now(), comment: 'power cut, ETA 15:00' } : null,
    state: index === 1 ? 'acknowledged' : 'active',
    receivers: ['web.hook', 'pagerduty'],
  }),
);
const picture: AlertPicture = {
  alerts,
  rules: ['HighCPUUsage', 'TelemetryFreshnessBudgetBurn', 'ApiLatencyBudgetBurn'].map((name) =>
    alertRule({
      name,
      expression: '(a > 14.4 and b > 14.4) or (c > 6 and d > 6)',
      state: 'inactive',
      instances: [],
    }),
  ),
  silences: [
    {
      ...{ id: 's', alertmanager: 'own', state: 'active', startsAt: Date.now(), endsAt: Date.now() + HOUR },
      matchers: [{ name: 'device_id', value: 'MOCK-1000', isRegex: false, isEqual: true }],
      ...{ createdBy: 'ana', comment: 'known' },
    },
  ],
  problems: [],
  complete: true,
  at: Date.now(),
};
const raw = { from: dateTime(Date.now() - HOUR), to: dateTime(Date.now()) };
const time: PageTime = {
  ...{ range: { ...raw, raw }, tick: 0, refresh: '', refreshNow: () => undefined },
  ...{ setRange: () => undefined, setRefresh: () => undefined },
};
const loadPicture = () => Promise.resolve(picture);
const context = createAppContext(readSettings({ exporterUrl: 'http://exporter' }));

function Tab({ tab }: Pick<ShowTab, 'tab'>) {
  const url = useUrlQuery();
  const props = { url, time, alerts: useAnswer(loadPicture, 0) };
  if (tab === 'history') return <HistoryTab url={url} time={time} />;
  if (tab === 'active') return <ActiveTab {...props} />;
  return tab === 'rules' ? <RulesTab {...props} /> : <SilencesTab {...props} />;
}

function show({ tab, mode }: ShowTab): void {
  const theme = createTheme({ colors: { mode } });
  document.body.style.background = theme.colors.background.primary;
  document.body.style.color = theme.colors.text.primary;
  flushSync(() => {
    root.render(
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        <MemoryRouter>
          <AppContext.Provider value={context}>
            <main style={{ padding: 16 }}>
              <Tab tab={tab} />
            </main>
          </AppContext.Provider>
        </MemoryRouter>
        <PortalContainer />
      </ThemeContext.Provider>,
    );
  });
}

declare global {
  interface Window {
    showTab: typeof show;
  }
}

window.showTab = show;
