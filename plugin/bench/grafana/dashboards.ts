/** What is measured: a dashboard without any panel, and with one that asks for the same series. */
export const KINDS = ['none', 'canvas', 'ours', 'stat'] as const;
export type Kind = (typeof KINDS)[number];

export const SOURCE = { type: 'grafana-testdata-datasource', uid: 'valtronics-bench' };

/** Panel type, options, and what says that it has drawn: some element of it. */
const PANELS: Readonly<
  Record<Exclude<Kind, 'none'>, readonly [type: string, options: object, drawn: string]>
> = {
  // An empty canvas draws nothing: what it costs is Grafana's own work on the answer.
  canvas: [
    'canvas',
    { inlineEditing: false, root: { type: 'frame', name: 'root', elements: [] } },
    '[data-testid="data-testid panel content"] > *',
  ],
  ours: ['valtronics-devicestatus-panel', { linkToDevice: false }, '[data-testid="device-grid"] canvas'],
  stat: [
    'stat',
    {},
    '[data-testid="data-testid panel content"] canvas, [data-testid="data-testid panel content"] span',
  ],
};

export const uidOf = (kind: Kind): string => `valtronics-bench-${kind}`;

/** CSS selector of something that is there once the dashboard has drawn. */
export function drawnBy(kind: Kind): string {
  return kind === 'none' ? 'main button' : PANELS[kind][2];
}

/** The dashboard as Grafana's HTTP API takes it; five points a series. */
export function dashboardOf(kind: Kind, series: number): object {
  const panels = kind === 'none' ? [] : [panelOf(kind, series)];
  return {
    uid: uidOf(kind),
    title: `Valtronics benchmark: ${kind}`,
    time: { from: 'now-5m', to: 'now' },
    schemaVersion: 41,
    panels,
  };
}

function panelOf(kind: Exclude<Kind, 'none'>, seriesCount: number): object {
  const [type, options] = PANELS[kind];
  return {
    id: 1,
    type,
    title: kind,
    options,
    gridPos: { x: 0, y: 0, w: 24, h: 20 },
    datasource: SOURCE,
    maxDataPoints: 5,
    targets: [{ refId: 'A', datasource: SOURCE, scenarioId: 'random_walk', seriesCount }],
  };
}
