import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readRules } from '../../scripts/generate/prometheus-rules.ts';
import { ROOT } from '../../scripts/root.ts';
import { generateDashboards } from './generate.ts';
import { PROMETHEUS } from './shared/datasource.ts';
import { type PanelJson, parseDashboard, queriesOf, visualisations } from '../test/support/dashboard-json.ts';

const files = generateDashboards();
const dashboards = files.map(({ path, content }) => ({ path, ...parseDashboard(content) }));
const panels = dashboards.flatMap((dashboard) =>
  visualisations(dashboard).map((panel) => ({ ...panel, name: `${dashboard.uid}: ${panel.title}` })),
);

const ALERTS = new Set(readRules().alerts.map(({ alert }) => alert));

const overlap = (a: PanelJson['gridPos'], b: PanelJson['gridPos']): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

it('is the committed folder, file by file', () => {
  const names = files.map(({ path }) => path.replace('dashboards/generated/', ''));
  expect(readdirSync(join(ROOT, 'dashboards', 'generated')).sort()).toEqual([...names].sort());
  for (const { path, content } of files) expect(readFileSync(join(ROOT, path), 'utf8')).toBe(content);
});

it('comes with the app, every dashboard under its title', () => {
  const included = z
    .object({ includes: z.array(z.object({ type: z.string(), name: z.string(), path: z.string() })) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'plugin', 'src', 'plugin.json'), 'utf8')))
    .includes.filter(({ type }) => type === 'dashboard')
    .map(({ name, path }) => `${path}: ${name}`);
  expect(included.sort()).toEqual(
    dashboards.map(({ uid, title }) => `dashboards/${uid}.json: ${title}`).sort(),
  );
});

/** The alerts that a description names before it says what to do. */
const alertsNamedIn = (description: string): readonly string[] => {
  const [about = ''] = description.split('What to do:');
  return [...new Set(about.match(/\b[A-Z]\w+/g))].filter((word) => ALERTS.has(word));
};

describe.each(dashboards)('$uid', (dashboard) => {
  it('leads to the runbook of each alert that a description names', () => {
    const missing = visualisations(dashboard).flatMap(({ title, description = '' }) =>
      alertsNamedIn(description)
        .filter((alert) => !description.includes(`/runbooks/${alert}.md`))
        .map((alert) => `${title}: ${alert}`),
    );
    expect(missing).toEqual([]);
  });

  it('can be provisioned and starts on the last hour, every 30 seconds', () => {
    expect(dashboard).toMatchObject({
      path: `dashboards/generated/${dashboard.uid}.json`,
      id: null,
      refresh: '30s',
      time: { from: 'now-1h', to: 'now' },
    });
    expect(dashboard.tags).toContain('valtronics');
    expect(dashboard.title).not.toBe('');
  });

  it('begins with the variable of the data source, which is ours until somebody chooses another', () => {
    expect(dashboard.templating.list[0]).toMatchObject({
      name: 'datasource',
      type: 'datasource',
      query: 'prometheus',
      current: { value: 'valtronics-prometheus' },
    });
  });

  it('has variables of labels that follow the time range, and take one value, or several or all', () => {
    for (const variable of dashboard.templating.list.slice(1)) {
      expect(variable).toMatchObject({ type: 'query', datasource: PROMETHEUS, refresh: 2 });
      expect(variable).toMatchObject(
        variable['multi'] === true
          ? { includeAll: true, allValue: '.*' }
          : { multi: false, includeAll: false },
      );
    }
  });

  it('asks for several values by a pattern, for which Grafana escapes them, and for one value by no pattern', () => {
    const definitions = dashboard.templating.list.map(({ definition }) => String(definition));
    const asked = [...definitions, ...queriesOf([dashboard]).map(({ expr }) => expr)].join(' ');
    for (const { name, multi } of dashboard.templating.list.slice(1)) {
      const [right, wrong] = multi === true ? ['=~', '='] : ['=', '=~'];
      expect(asked).toContain(`${right}"$${String(name)}"`);
      expect(asked).not.toContain(`${wrong}"$${String(name)}"`);
    }
  });

  it('links to the other dashboards, and keeps time and variables', () => {
    expect(dashboard.links[0]).toMatchObject({
      type: 'dashboards',
      tags: ['valtronics'],
      keepTime: true,
      includeVars: true,
    });
  });

  it('marks on every chart where another version of the exporter begins, and no restart', () => {
    const [marks] = dashboard.annotations.list.filter(({ filter }) => filter === undefined);
    expect(marks?.name).toBe('Deployments');
    expect(marks?.target.expr).toMatch(
      /^max by \(version, revision\) \((\w+)\) unless .*max_over_time\(\1\[1h\] offset \$__interval\)/,
    );
  });

  it('marks where somebody took alerts on, by the tags that the app writes', () => {
    const [marks] = dashboard.annotations.list.filter(({ name }) => name === 'Acknowledgements');
    expect(marks?.datasource).toEqual({ type: 'grafana', uid: '-- Grafana --' });
    expect(marks?.target).toMatchObject({ type: 'tags', matchAny: false });
    const app = readFileSync(join(ROOT, 'plugin', 'src', 'api', 'annotationsClient.ts'), 'utf8');
    const written = /ACKNOWLEDGED_TAGS = \[(.*)\]/.exec(app)?.[1]?.replaceAll("'", '').split(', ');
    expect(marks?.target.tags).toEqual(
      dashboard.uid === 'valtronics-device' ? [...(written ?? []), 'device_id:$device_id'] : written,
    );
  });

  it('marks where alerts begin, each on charts that are there, and never every chart', () => {
    const list = dashboard.annotations.list.filter(({ filter }) => filter !== undefined);
    const charts = visualisations(dashboard).filter(({ type }) => type === 'timeseries');
    expect(list.length).toBeGreaterThan(1);
    for (const { target, datasource, titleFormat, iconColor, filter } of list) {
      // A thin mark: the beginning alone, not the time for which it lasts.
      expect(target.expr).toMatch(/^max by .* unless max by .* offset \$__interval\)$/);
      expect([target.datasource, datasource]).toEqual(Array(2).fill(PROMETHEUS));
      expect(titleFormat).toBe('{{alertname}}');
      expect(['red', 'orange']).toContain(iconColor);
      expect(filter?.exclude ?? false).toBe(false);
      expect(filter?.ids.length).toBeLessThan(5);
      expect(filter?.ids.filter((id) => !charts.some((chart) => chart.id === id))).toEqual([]);
    }
  });

  it('marks alerts that there are', () => {
    const rules = join(ROOT, 'provisioning', 'prometheus', 'rules');
    const known = readdirSync(rules).flatMap((name) =>
      [...readFileSync(join(rules, name), 'utf8').matchAll(/alert: (\w+)/g)].map(([, alert]) => alert),
    );
    const marked = dashboard.annotations.list.flatMap(
      ({ target }) => /alertname=~"([^"]+)"/.exec(target.expr ?? '')?.[1]?.split('|') ?? [],
    );
    expect(marked.filter((alert) => !known.includes(alert))).toEqual([]);
  });

  it('has a different id for each panel and row', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no two panels at the same place and none outside the grid', () => {
    const [...rest] = dashboard.panels;
    for (const panel of dashboard.panels) {
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
      rest.shift();
      const over = rest.filter((other) => overlap(panel.gridPos, other.gridPos));
      expect(over.map(({ title }) => `${panel.title} and ${title}`)).toEqual([]);
    }
  });
});

/** Asks the app's sources itself: it needs no query, draws no numbers, and has words of its own for nothing. */
const ALERTS_PANEL = 'valtronics-alerts-panel';

describe.each(panels.filter(({ type }) => type !== ALERTS_PANEL))('$name', (panel) => {
  it('says what it shows, and what to do when there is nothing', () => {
    expect(panel.description?.length).toBeGreaterThan(20);
    expect(panel.fieldConfig?.defaults.noValue).toMatch(/\S/);
  });

  it('has a unit', () => {
    expect(panel.fieldConfig?.defaults.unit).toMatch(/\S/);
  });

  it('asks the data source of the variable', () => {
    expect(panel.datasource).toEqual(PROMETHEUS);
    expect(panel.targets?.length).toBeGreaterThan(0);
    for (const target of panel.targets ?? []) expect(target.datasource).toEqual(PROMETHEUS);
  });

  it('names each of its queries differently, and each series in its legend', () => {
    const targets = panel.targets ?? [];
    expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    for (const { format, legendFormat } of targets)
      if (format !== 'table') expect(legendFormat).toMatch(/\S/);
  });
});

describe('valtronics-overview', () => {
  const overview = visualisations(dashboards.find(({ uid }) => uid === 'valtronics-overview'));

  it('begins with the eight panels of the guide, in its order, on its grid', () => {
    expect(
      overview.slice(0, 8).map(({ title, type, gridPos }) => [title, type, gridPos.x, gridPos.y]),
    ).toEqual([
      ['System Health', 'stat', 0, 0],
      ['Device Status', 'piechart', 12, 0],
      ['CPU Usage', 'timeseries', 0, 8],
      ['Memory Usage', 'timeseries', 12, 8],
      ['API Request Rate', 'timeseries', 0, 16],
      ['API Response Time', 'timeseries', 12, 16],
      ['Telemetry Data Rate', 'timeseries', 0, 24],
      ['Alert Rate', 'timeseries', 12, 24],
    ]);
  });

  it('keeps the guide’s units, where they are not packets', () => {
    const units = overview.slice(0, 8).map(({ fieldConfig }) => fieldConfig?.defaults.unit);
    // The health score says of what.
    expect(units.slice(0, 6)).toEqual(['suffix: of 100', 'short', 'percent', 'percent', 'reqps', 's']);
    expect(units[6]).toBe('suffix:points/s');
    expect(panels.map(({ fieldConfig }) => fieldConfig?.defaults.unit)).not.toContain('pps');
  });

  it('turns the health score yellow at 50 and green at 80', () => {
    expect(overview[0]?.fieldConfig?.defaults.thresholds?.steps).toEqual([
      { color: 'red', value: 0 },
      { color: 'yellow', value: 50 },
      { color: 'green', value: 80 },
    ]);
  });
});

it('paints severities in the colours of the app', () => {
  for (const name of ['valtronics-overview: Alert Rate', 'valtronics-fleet: Active Alerts']) {
    const overrides = panels.find((panel) => panel.name === name)?.fieldConfig?.overrides ?? [];
    const colours = overrides.map(({ matcher, properties }) => [
      matcher.options,
      properties.find(({ id }) => id === 'color')?.value,
    ]);
    expect(colours).toEqual([
      ['/.*/', { mode: 'fixed', fixedColor: 'text' }],
      ['/^(?:critical)$/i', { mode: 'fixed', fixedColor: 'red' }],
      ['/^(?:warning)$/i', { mode: 'fixed', fixedColor: 'orange' }],
      ['/^(?:info)$/i', { mode: 'fixed', fixedColor: 'blue' }],
    ]);
  }
});

it('no panel is of a kind that Grafana removed', () => {
  expect(panels.map(({ type }) => type)).not.toContain('graph');
});

it('shows what fires on the dashboards of fleet, device and alerts, without a query', () => {
  const alerts = panels.filter(({ type }) => type === ALERTS_PANEL);
  expect(alerts.map(({ name, targets }) => [name, targets])).toEqual([
    ['valtronics-fleet: Alerts', undefined],
    ['valtronics-device: Alerts of the Device', undefined],
    ['valtronics-alerts: Firing Now', undefined],
  ]);
  for (const { description } of alerts) expect(description?.length).toBeGreaterThan(20);
});

it('feeds the status panel table frames, not a series a device', () => {
  const status = panels.filter(({ type }) => type === 'valtronics-devicestatus-panel');
  expect(status).toHaveLength(1);
  expect(status[0]?.targets?.map(({ refId, format, instant }) => [refId, format, instant])).toEqual([
    ['status', 'table', true],
    ['since', 'table', true],
    ['last_seen', 'table', true],
  ]);
});

describe('valtronics-device', () => {
  const device = dashboards.find(({ uid }) => uid === 'valtronics-device');

  it('is of one device, which is never taken for a pattern, and leads to its page, whatever its id', () => {
    expect(device?.templating.list.map(({ name, multi }) => [name, multi])).toEqual([
      ['datasource', false],
      ['device_type', true],
      ['location', true],
      ['device_id', false],
      ['metric_name', true],
    ]);
    expect(device?.links[1]?.['url']).toBe(
      '/a/valtronics-monitoring-app/fleet/~?id=${device_id:percentencode}',
    );
  });

  it('has a chart for each metric, as units differ', () => {
    const repeated = visualisations(device).filter(({ repeat }) => repeat !== undefined);
    expect(repeated.map(({ repeat, title }) => [repeat, title])).toEqual([['metric_name', '$metric_name']]);
  });
});
