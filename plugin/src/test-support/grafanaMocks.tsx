import type { DataFrame } from '@grafana/data';
import type { DataSourcePickerProps, PanelRendererProps, PluginPageProps } from '@grafana/runtime';
import { jest } from '@jest/globals';

/**
 * What Grafana itself puts into place when it starts; everything else is the real package. Import this before
 * anything that draws.
 */

/** Stands for Grafana's page around a plugin's. */
function PluginPage({ pageNav, actions, subTitle, children }: PluginPageProps) {
  return (
    <main>
      <h1>{pageNav?.text}</h1>
      {subTitle}
      {actions}
      {children}
    </main>
  );
}

const rowsOf = (frames: readonly DataFrame[] | undefined): number =>
  (frames ?? []).reduce((sum, { length }) => sum + length, 0);

/** Stands for Grafana's loading of a panel plugin: says which, and with how many rows. */
function PanelRenderer({ pluginId, title, data }: PanelRendererProps) {
  return <div data-testid={`panel ${pluginId}`}>{`${title}: ${rowsOf(data?.series)} rows`}</div>;
}

/** Stands for Grafana's choice of a data source. */
function DataSourcePicker({ current, inputId }: DataSourcePickerProps) {
  return <input id={inputId} readOnly value={typeof current === 'string' ? current : ''} />;
}

/** Types of the data sources that are found by their uid. */
const installed = new Map<string, string>();

/** What data sources by uid this Grafana has from now on, each with its type. */
export function installDataSources(types: Readonly<Record<string, string>>): void {
  installed.clear();
  for (const [uid, type] of Object.entries(types)) installed.set(uid, type);
}

/** Types of which every Grafana of a test has two data sources. */
const LISTED = ['prometheus', 'alertmanager'];

/** Stands for Grafana's list of data sources. */
const getDataSourceSrv = () => ({
  getInstanceSettings: (uid: string) => (installed.has(uid) ? { uid, type: installed.get(uid) } : undefined),
  getList: ({ type }: { readonly type: string }) =>
    LISTED.includes(type)
      ? [
          { uid: `valtronics-${type}`, name: `Valtronics ${type}` },
          { uid: `other-${type}`, name: `Other ${type}` },
        ]
      : [
          ...[...installed].flatMap(([uid, its]) => (its === type ? [{ uid, name: uid, type }] : [])),
          // As Grafana does, whatever the type.
          { uid: 'grafana', name: '-- Grafana --', type: 'datasource' },
        ],
});

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual<object>('@grafana/runtime'),
  PluginPage,
  PanelRenderer,
  DataSourcePicker,
  getDataSourceSrv,
}));

// Grafana gives plugins its own router, react-router-dom-v5-compat; on disk it lies beside the package that uses it.
jest.mock('react-router-dom', () => {
  const paths = [require.resolve('@grafana/ui')];
  return jest.requireActual<object>(require.resolve('react-router-dom-v5-compat', { paths }));
});

// Grafana's comboboxes measure their texts, and panels their box.
Object.assign(HTMLCanvasElement.prototype, {
  getContext: () => ({ measureText: ({ length }: string) => ({ width: length * 8 }) }),
});

const ORIGIN = { x: 0, y: 0, top: 0, left: 0, right: 800, bottom: 400, toJSON: () => '' };

class BoxObserver {
  readonly #report: ResizeObserverCallback;
  constructor(report: ResizeObserverCallback) {
    this.#report = report;
  }
  observe(target: Element) {
    const contentRect = { ...ORIGIN, width: 800, height: 400 };
    this.#report(
      [{ target, contentRect, borderBoxSize: [], contentBoxSize: [], devicePixelContentBoxSize: [] }],
      this,
    );
  }
  unobserve() {}
  disconnect() {}
}

Object.assign(globalThis, { ResizeObserver: BoxObserver });
