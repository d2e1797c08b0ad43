import {
  createTheme,
  EventBusSrv,
  dateTime,
  FieldType,
  LoadingState,
  type PanelData,
  ThemeContext,
  toDataFrame,
} from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { AlertsPanel } from '../../src/panels/alerts/AlertsPanel';
import { type AlertsOptions, defaultOptions } from '../../src/panels/alerts/options/options';

/** What the page is asked to show; the test calls it from outside the browser. */
export interface ShowAlerts {
  readonly count: number;
  readonly mode: 'dark' | 'light';
  readonly width: number;
  readonly height: number;
  readonly name?: string;
  readonly options?: Partial<AlertsOptions>;
}

const HOUR = 3_600_000;
const SEVERITIES = ['critical', 'warning', 'info', 'page'];
const container = document.createElement('div');
document.body.append(container);
const root = createRoot(container);
const raw = { from: 'now-1h', to: 'now' };
void initPluginTranslations('valtronics-alerts-panel');
// Grafana's server tells its pages who looks at them.
Object.assign(config, { bootData: { user: { orgRole: 'Viewer', login: '', isGrafanaAdmin: false } } });

/** A table of alerts, the last of them named as asked. */
function dataOf({ count, name = 'DeviceStale' }: ShowAlerts): PanelData {
  const now = Date.now();
  const rows = Array.from({ length: count }, (_, index) => index);
  const timeRange = { from: dateTime(now - HOUR), to: dateTime(now), raw };
  const frame = toDataFrame({
    fields: [
      {
        name: 'alertname',
        type: FieldType.string,
        values: rows.map((row) => (row === 0 ? name : `Alert${row}`)),
      },
      {
        name: 'severity',
        type: FieldType.string,
        values: rows.map((row) => SEVERITIES[row % SEVERITIES.length]),
      },
      { name: 'device_id', type: FieldType.string, values: rows.map((row) => `MOCK-${row}`) },
      { name: 'summary', type: FieldType.string, values: rows.map(() => 'The device has not been heard of') },
      { name: 'since', type: FieldType.time, values: rows.map((row) => now - row * 1000) },
    ],
  });
  return { state: LoadingState.Done, series: [frame], timeRange };
}

function show(wanted: ShowAlerts): void {
  const theme = createTheme({ colors: { mode: wanted.mode } });
  const data = dataOf(wanted);
  document.body.style.background = theme.colors.background.primary;
  flushSync(() => {
    root.render(
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        <main style={{ padding: 16 }}>
          <AlertsPanel
            id={1}
            data={data}
            timeRange={data.timeRange}
            timeZone="utc"
            options={{ ...defaultOptions, source: 'query', ...wanted.options }}
            transparent={false}
            width={wanted.width}
            height={wanted.height}
            fieldConfig={{ defaults: {}, overrides: [] }}
            renderCounter={0}
            title="Alerts"
            eventBus={new EventBusSrv()}
            onOptionsChange={() => undefined}
            onFieldConfigChange={() => undefined}
            replaceVariables={(text) => text}
            onChangeTimeRange={() => undefined}
          />
        </main>
        <PortalContainer />
      </ThemeContext.Provider>,
    );
  });
}

declare global {
  interface Window {
    showAlerts: typeof show;
  }
}

window.showAlerts = show;
