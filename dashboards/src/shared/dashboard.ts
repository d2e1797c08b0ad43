import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type Dashboard as Classic,
  DashboardBuilder as ClassicBuilder,
  DashboardCursorSync,
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  RowBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { acknowledgementMarks, alertMarks, deploymentMarks, type Marks } from './annotations.ts';
import { datasourceVariable } from './datasource.ts';

/** Panels below a heading; the first group of a dashboard has none. */
export interface Group {
  readonly id?: number;
  readonly heading?: string;
  readonly panels: readonly Builder<Panel>[];
}

export interface DashboardText {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
}

/** What a dashboard has beyond panels. */
export interface DashboardOptions {
  /** The page of the app that the bar links to; the fleet's by default. */
  readonly page?: { readonly title: string; readonly url: string };
  /** Variables after the data source, from `variables.ts`. */
  readonly variables?: readonly VariableModel[];
  /** Further tags of the acknowledgements that are marked; all of them by default. */
  readonly acknowledged?: readonly string[];
}

/** The fleet page of the app plugin, below Grafana's own address. */
export const FLEET_PAGE = '/a/valtronics-monitoring-app/fleet';
/** The page of the log lines, likewise. */
export const LOGS_PAGE = '/a/valtronics-monitoring-app/logs';
/** The page of the traces, likewise. */
export const TRACES_PAGE = '/a/valtronics-monitoring-app/traces';
/** The page of the alerts, likewise. */
export const ALERTS_PAGE = '/a/valtronics-monitoring-app/alerts';
/** The page of the platform's parts and the collectors, likewise. */
export const SYSTEM_PAGE = '/a/valtronics-monitoring-app/system';

/** In the bar above the dashboard: the SDK's default is a menu, where nobody looks and lists of dashboards are missing. */
function inSight(builder: DashboardLinkBuilder): Builder<DashboardLink> {
  const link = { ...builder.build() };
  delete link.placement;
  return { build: () => link };
}

/* eslint-disable @typescript-eslint/no-deprecated -- The classic model is the one that file provisioning and
   every Grafana from 12.3 on read; the SDK would have us use the newer one. */

/** A dashboard of Grafana's Classic JSON model. */
export type ClassicDashboard = Classic;

/**
 * A dashboard of Grafana's Classic JSON model with what all of ours share: last hour, 30 s, links, data source, alerts
 * and deployments. It links to one page of the app.
 */
export function dashboard(
  text: DashboardText,
  marks: readonly Marks[],
  groups: readonly Group[],
  { page = { title: 'Fleet', url: FLEET_PAGE }, variables = [], acknowledged }: DashboardOptions = {},
): ClassicDashboard {
  const builder = new ClassicBuilder(text.title)
    .id(null)
    .uid(text.uid)
    .description(text.description)
    .tags([...text.tags])
    .timezone('browser')
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable({ build: datasourceVariable })
    .annotations([...alertMarks(marks), deploymentMarks(), acknowledgementMarks(acknowledged)])
    .link(
      inSight(
        new DashboardLinkBuilder('Valtronics dashboards')
          .type(DashboardLinkType.Dashboards)
          .tags(['valtronics'])
          .asDropdown(true)
          .keepTime(true)
          .includeVars(true),
      ),
    )
    .link(
      inSight(new DashboardLinkBuilder(page.title).type(DashboardLinkType.Link).url(page.url).keepTime(true)),
    );
  for (const variable of variables) builder.withVariable({ build: () => variable });
  for (const { id, heading, panels } of groups) {
    if (id !== undefined && heading !== undefined) builder.withRow(new RowBuilder(heading).id(id));
    for (const panel of panels) builder.withPanel(panel);
  }
  return builder.build();
}
